# SPDX-License-Identifier: Apache-2.0
"""The test server as a child process, and a client that sends exactly the bytes it is told to."""
import json
import os
import select
import socket
import subprocess
import sys
import time
import unittest

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 and os.path.exists(sys.argv[1]) else None


def is_sanitized():
    with open(PROGRAM, "rb") as program:
        return b"__asan_init" in program.read()


class Server:
    def __init__(self, **settings):
        self.settings = settings
        arguments = [f"{key}={value}" for key, value in settings.items()]
        self.process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.last_words = ""
        self.error = "" if line else self.process.stderr.read().strip()
        self.address = line.split()[1] if len(line.split()) > 1 else ""
        self.port = int(self.address.rpartition(":")[2]) if self.address else None

    def __enter__(self):
        assert self.process.poll() is None or self.error, "the server did not start"
        return self

    def __exit__(self, *_):
        if self.process.stdout.closed:
            return
        self.process.stdin.close()
        try:
            self.status = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.status = "killed"
        self.last_words = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()

    def client(self, timeout=10):
        return Client(socket.create_connection(("127.0.0.1", self.port), timeout))

    def unix_client(self, timeout=10):
        made = socket.socket(socket.AF_UNIX)
        made.settimeout(timeout)
        made.connect(self.settings["socket"])
        return Client(made)

    def get(self, target, **headers):
        with self.client() as client:
            return client.ask("GET", target, self.port, **headers)

    def state(self):
        return json.loads(self.get("/state").body)

    def until_state(self, key, value):
        """A connection's end reaches the server a moment after it was made."""
        deadline = time.monotonic() + 5
        while (found := self.state()[key]) != value and time.monotonic() < deadline:
            select.select([], [], [], 0.02)
        return found

    def switches(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return sum(int(line.split()[1]) for line in status if "voluntary_ctxt" in line)

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return self.headers.get(name.lower(), "")


class Client:
    def __init__(self, connected):
        self.socket = connected
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def ask(self, method, target, port, body=None, **headers):
        lines = [f"{method} {target} HTTP/1.1", f"Host: localhost:{port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b""))
        return self.read(method)

    def more(self):
        data = self.socket.recv(65536)
        self.rest += data
        return bool(data)

    def read(self, method="GET"):
        """The next answer; None if the connection ends before one."""
        while b"\r\n\r\n" not in self.rest:
            if not self.more():
                return None
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in
                   (line.partition(":") for line in lines[1:])}
        status = int(lines[0].split()[1])
        length = 0 if method == "HEAD" or status < 200 else int(headers.get("content-length", 0))
        while len(self.rest) < length:
            if not self.more():
                return None
        body, self.rest = self.rest[:length], self.rest[length:]
        return Answer(status, headers, body.decode())

    def is_closed(self):
        """True once the server has ended the connection and said nothing more."""
        try:
            while self.more():
                pass
        except ConnectionResetError:
            pass
        return self.rest == b""


class Case(unittest.TestCase):
    """One server for each test, with the settings of its class."""
    settings = {}

    def setUp(self):
        self.server = Server(**self.settings)
        self.server.__enter__()
        self.addCleanup(self.stop)

    def stop(self):
        self.server.__exit__()
        self.assertEqual(self.server.status, 0, "the server did not end well: " + self.server.last_words)

    def raw(self, data, method="GET"):
        with self.server.client() as client:
            client.send(data)
            return client.read(method)

    def expect_alive(self):
        self.assertEqual(self.server.get("/below/x").status, 200)


def main():
    unittest.main(verbosity=2)
