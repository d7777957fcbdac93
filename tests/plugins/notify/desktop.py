# SPDX-License-Identifier: Apache-2.0
"""What the tests of nape-plugin-notify run against: a private bus, X server, dunst, and the plugin itself.

Everything is started here and ended here. Waiting is always for an event, with a limit; nothing sleeps.
"""
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.environ["NAPE_PYTHON_PROTO"])
from nape.v1 import directive_pb2, observation_pb2  # noqa: E402

LIMIT_S = 20

BUS_CONFIG = """<busconfig>
<type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>{servicedir}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""

DUNST_CONFIG = """[global]
    font = DejaVu Sans 12
    width = 420
    corner_radius = 6
    markup = full
    format = "<b>%s</b>\\n%b"
"""

DUNST_SERVICE = """[D-BUS Service]
Name=org.freedesktop.Notifications
Exec=/usr/bin/dunst -conf {config}
"""


def until(condition, what):
    """Asks again and again where there is no event to wait for (other programs' state)."""
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        select.select([], [], [], 0.02)
    raise AssertionError(f"never happened: {what}")


class Desktop:
    """An X server, a bus and perhaps dunst. Programs of a test run with `environment`."""

    def __init__(self, bus=True, dunst=True, dunst_on_demand=False):
        self._stack = contextlib.ExitStack()
        self.directory = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="nape-notify-"))
        self.environment = dict(os.environ, HOME=self.directory, XDG_RUNTIME_DIR=self.directory,
                                LC_ALL="C.UTF-8", GIO_USE_VFS="local")
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.environment.pop("DISPLAY", None)
        self.bus = self.dunst = None
        # The plugin, dunst and dunstctl find the bus here by default, also when it is started later.
        self._bus_path = os.path.join(self.directory, "bus")
        self._dunst_config = self._write("dunstrc", DUNST_CONFIG)
        try:
            if dunst or dunst_on_demand:
                self._start_x()
            if bus:
                self.start_bus(dunst_on_demand)
            if dunst:
                self.start_dunst()
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._stack.close()

    def _write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def start(self, *command, **options):
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        process = subprocess.Popen(command, env=self.environment, **options)
        self._stack.callback(self.stop, process)
        return process

    def stop(self, process, how=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(how)
        process.wait(LIMIT_S)

    def _start_x(self):
        reader, writer = os.pipe()
        self.start("Xvfb", "-displayfd", str(writer), "-screen", "0", "800x400x24", "-nolisten", "tcp",
                   pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as display:
            self.environment["DISPLAY"] = ":" + display.readline().strip()

    def start_bus(self, dunst_on_demand=False):
        servicedir = ""
        if dunst_on_demand:
            self._write("dunst.service", DUNST_SERVICE.format(config=self._dunst_config))
            servicedir = f"<servicedir>{self.directory}</servicedir>"
        config = self._write("bus.conf", BUS_CONFIG.format(path=self._bus_path, servicedir=servicedir))
        self.bus = self.start("dbus-daemon", f"--config-file={config}", "--nofork", "--print-address",
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        address = self.bus.stdout.readline().decode().strip()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address

    def kill_bus(self):
        self.stop(self.bus, signal.SIGKILL)

    def start_dunst(self):
        self.dunst = self.start("dunst", "-conf", self._dunst_config, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
        until(self.has_server, "dunst takes its name")

    def kill_dunst(self):
        self.stop(self.dunst, signal.SIGKILL)

    def start_server(self, *abilities):
        """Our own notification server (server.py), for what dunst does not do."""
        script = os.path.join(os.path.dirname(__file__), "server.py")
        log = os.path.join(self.directory, "server.log")
        server = self.start("/usr/bin/python3", script, log, *abilities)
        until(self.has_server, "the server takes its name")
        return server

    def server_log(self):
        with open(os.path.join(self.directory, "server.log"), encoding="utf-8") as log:
            return [json.loads(line) for line in log]

    def run(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=LIMIT_S)

    def has_server(self):
        answer = self.run("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
                          "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner",
                          "string:org.freedesktop.Notifications")
        return "boolean true" in answer.stdout

    def displayed(self):
        answer = self.run("dunstctl", "count", "displayed").stdout.strip()
        return int(answer) if answer else -1

    def dunstctl(self, *arguments):
        answer = self.run("dunstctl", *arguments)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def history(self):
        """What dunst has shown and no longer shows, the latest first."""
        return json.loads(self.dunstctl("history"))["data"][0]

    def picture(self, name):
        """For people to look at; only where NAPE_PICTURES names a folder."""
        folder = os.environ.get("NAPE_PICTURES")
        if folder:
            self.run("import", "-window", "root", os.path.join(folder, name + ".png"))


class Plugin:
    """nape-plugin-notify, spoken to as the daemon does."""

    def __init__(self, desktop):
        self._buffer = b""
        self.process = subprocess.Popen([os.environ["NAPE_PLUGIN_NOTIFY"]], env=desktop.environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.hello = self.frame().hello

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def frame(self, limit_s=LIMIT_S):
        """The next frame, or None where none comes in time."""
        end = time.monotonic() + limit_s
        while True:
            size, begin = self._size()
            if size is not None and len(self._buffer) >= begin + size:
                message = self._buffer[begin:begin + size]
                self._buffer = self._buffer[begin + size:]
                return observation_pb2.Observation.FromString(message)
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, "the plugin has ended"
            self._buffer += data

    def _size(self):
        size = 0
        for index, byte in enumerate(self._buffer):
            size |= (byte & 127) << (7 * index)
            if byte < 128:
                return size, index + 1
        return None, 0

    def answer(self, limit_s=LIMIT_S):
        frame = self.frame(limit_s)
        return frame and frame.answer

    def expect(self, answer_id, what):
        answer = self.answer()
        assert answer is not None, f"no answer; expected {what} of {answer_id}"
        assert (answer.id, answer.WhichOneof("what")) == (answer_id, what), str(answer)
        return getattr(answer, what)

    def send(self, directive):
        data = directive.SerializeToString()
        size, prefix = len(data), b""
        while size > 127:
            prefix += bytes([size & 127 | 128])
            size >>= 7
        self.process.stdin.write(prefix + bytes([size]) + data)
        self.process.stdin.flush()

    def show(self, show_id, subject="rest", title="52 min at the computer.", body="Up for 5?", actions=(),
             **fields):
        directive = directive_pb2.Directive()
        directive.show.id = show_id
        directive.show.subject = subject
        directive.show.stage = fields.pop("stage", directive_pb2.Show.STAGE_NUDGE)
        directive.show.title = title
        directive.show.body = body
        for key, label in actions:
            directive.show.actions.add(key=key, label=label)
        for name, value in fields.items():
            setattr(directive.show, name, value)
        self.send(directive)

    def withdraw(self, subject="rest"):
        directive = directive_pb2.Directive()
        directive.withdraw.subject = subject
        self.send(directive)

    def answers_before_pong(self):
        """All that was told until a ping sent now is answered: proof that nothing else came."""
        directive = directive_pb2.Directive()
        directive.ping.id = 7
        self.send(directive)
        answers = []
        while True:
            frame = self.frame()
            assert frame is not None, "no pong"
            if frame.HasField("pong"):
                return answers
            answers.append(frame.answer)

    def finish(self):
        self.process.stdin.close()
        return self.process.wait(LIMIT_S)

    def switches(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)

    def pss_kib(self):
        with open(f"/proc/{self.process.pid}/smaps_rollup", encoding="ascii") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
