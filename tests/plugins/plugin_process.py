# SPDX-License-Identifier: Apache-2.0
"""A plugin as the daemon sees it: a process, directives in, frames out. Every wait has an end; nothing sleeps."""
import os
import select
import subprocess
import time

from nape.v1 import directive_pb2, observation_pb2

MAX_FRAME = 64 * 1024


class Broken(Exception):
    """What the plugin wrote is no stream of frames."""


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out) + bytes([number])


def frame_of(message):
    data = message.SerializeToString()
    return varint(len(data)) + data


def ping(number):
    directive = directive_pb2.Directive()
    directive.ping.id = number
    return directive


def boot_ms():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


class PluginProcess:
    def __init__(self, command, env=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, bufsize=0)
        self.bytes = b""
        self.frames = []
        self.ended = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def send(self, message):
        self.send_bytes(frame_of(message))

    def send_bytes(self, data):
        self.process.stdin.write(data)

    def read(self, timeout):
        """Frames that arrive until one has, the stream ends, or the time is over."""
        ready, _, _ = select.select([self.process.stdout], [], [], max(timeout, 0))
        if not ready:
            return []
        data = os.read(self.process.stdout.fileno(), 65536)
        self.ended = not data
        self.bytes += data
        fresh = list(self._decode())
        if self.ended and self.bytes:
            raise Broken("the stream ends within a frame")
        self.frames += fresh
        return fresh

    def _decode(self):
        while self.bytes:
            length = used = 0
            for used, byte in enumerate(self.bytes[:3], 1):
                length |= (byte & 0x7F) << 7 * (used - 1)
                if byte < 0x80:
                    break
            else:
                if used == 3:
                    raise Broken("a length of more than 3 bytes")
                return
            if length > MAX_FRAME:
                raise Broken(f"a frame of {length} bytes")
            if len(self.bytes) < used + length:
                return
            frame = observation_pb2.Observation()
            frame.ParseFromString(self.bytes[used:used + length])
            self.bytes = self.bytes[used + length:]
            yield frame

    def wait_for(self, predicate, timeout=5.0):
        """The first frame, of those seen and those to come, that fits; None when none comes in time."""
        for frame in self.frames:
            if predicate(frame):
                return frame
        deadline = time.monotonic() + timeout
        while not self.ended and time.monotonic() < deadline:
            for frame in self.read(deadline - time.monotonic()):
                if predicate(frame):
                    return frame
        return None

    def wait_quiet(self, seconds):
        """Until no frame has come for so long."""
        while not self.ended and self.read(seconds):
            pass

    def forget(self):
        self.frames = []

    def all(self, what):
        return [getattr(frame, what) for frame in self.frames if frame.WhichOneof("what") == what]

    def wait_end(self, timeout):
        """The exit code; drains what is still to come, so that a full pipe keeps nobody alive."""
        deadline = time.monotonic() + timeout
        while not self.ended and time.monotonic() < deadline:
            self.read(deadline - time.monotonic())
        return self.process.wait(max(deadline - time.monotonic(), 0.01))

    def stderr(self):
        return self.process.stderr.read().decode()

    def wakeups(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("voluntary_ctxt_switches"):
                    return int(line.split()[1])
        raise RuntimeError("no such process")

    def cpu_ms(self):
        with open(f"/proc/{self.process.pid}/schedstat") as stat:
            return int(stat.read().split()[0]) / 1e6
