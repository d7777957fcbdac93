# SPDX-License-Identifier: Apache-2.0
"""A desktop of one's own, and the real daemon on it, started as a person would start it.

Desktop is Xvfb, a session bus, openbox and dunst; Daemon is naped with a home of its own. Both end everything that
they started, by its process id, and remove their files. NAPE_BIN names the directory of the binaries under test.
"""

import http.client
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time

BIN = pathlib.Path(os.environ.get("NAPE_BIN", pathlib.Path(__file__).parents[2] / "build/dev/bin")).resolve()
SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Failed(Exception):
    """Something of the surroundings, not of Nape, does not work."""


def wait_for(what, condition, seconds=10.0, every=0.05):
    """The first true value of `condition`; an AssertionError that says `what` was awaited otherwise."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(every)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop_process(process, with_signal=signal.SIGTERM, seconds=10):
    """Ends a process of ours and everything in its group; returns its exit code."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, with_signal)
        except ProcessLookupError:
            pass
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
    return process.returncode


class Home:
    """A directory with the variables that keep a program inside it."""

    def __init__(self, environment=None):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="nape-e2e-"))
        self.runtime = self.path / "run"
        self.runtime.mkdir(mode=0o700)
        self.env = {
            "HOME": str(self.path),
            "USER": os.environ.get("USER", "nobody"),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "Europe/Berlin",
            "XDG_RUNTIME_DIR": str(self.runtime),
            "XDG_CONFIG_HOME": str(self.path / "config"),
            "XDG_STATE_HOME": str(self.path / "state"),
        }
        self.env.update(environment or {})

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Desktop:
    """Xvfb, session bus, openbox, dunst. Use it in a `with`."""

    def __init__(self, notifications=True, size="1280x800x24"):
        self.home = Home()
        self.children = []
        self._notifications = notifications
        self._size = size

    @property
    def env(self):
        return self.home.env

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            stop_process(child, seconds=3)
        self.home.remove()

    def _start(self):
        self.env["DISPLAY"] = f":{self._start_xvfb()}"
        self.env["XDG_SESSION_TYPE"] = "x11"
        bus = self.home.path / "bus"
        self.start("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}")
        wait_for("the session bus", bus.exists)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus}"
        self.start("openbox")
        wait_for("openbox",
                 lambda: "_NET_SUPPORTING_WM_CHECK" in (self.try_run("xprop", "-root") or ""))
        if self._notifications:
            self.start("dunst", "-conf", self._dunst_settings())
            wait_for("dunst", lambda: self.try_run("dunstctl", "count") is not None)

    def _start_xvfb(self):
        """The display number: Xvfb itself takes the first free one."""
        read_end, write_end = os.pipe()
        self.children.append(subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", self._size, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write_end], start_new_session=True, env=self.env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        os.close(write_end)
        # Up to the newline: it writes that by itself, and dies if nobody is there to read it.
        number = b""
        while not number.endswith(b"\n") and select.select([read_end], [], [], 20)[0]:
            part = os.read(read_end, 16)
            if not part:
                break
            number += part
        os.close(read_end)
        if not number:
            raise Failed("Xvfb did not start")
        return int(number)

    def _dunst_settings(self):
        """Small and without a timer of its own; its context menu is answered from a file (choose_action)."""
        path = self.home.path / "dunstrc"
        menu = self.home.path / "menu"
        menu.write_text(f'#!/bin/sh\ngrep -m1 -F -- ",$(cat {self.home.path}/choice)]"\n')
        menu.chmod(0o755)
        path.write_text(f"[global]\ndmenu = {menu}\nfont = DejaVu Sans 11\nwidth = 420\nheight = 300\norigin = top-right\n"
                        "offset = 20x20\nidle_threshold = 0\nhistory_length = 50\n")
        return str(path)

    def start(self, *command, **more):
        """A program in the background, ended with the desktop."""
        child = subprocess.Popen(command, env=self.env | more.pop("env", {}), start_new_session=True,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
        self.children.append(child)
        return child

    def run(self, *command, seconds=20):
        return subprocess.run(command, env=self.env, timeout=seconds, check=True, capture_output=True, text=True).stdout

    def try_run(self, *command):
        done = subprocess.run(command, env=self.env, timeout=20, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    def xdotool(self, *words):
        self.run("xdotool", *map(str, words))

    def focus(self, window):
        """Gives the keys to a window; one that is not mapped yet refuses."""
        wait_for("the focus", lambda: self.try_run("xdotool", "windowfocus", "--sync", str(window)) is not None, 20)

    def screenshot(self, path):
        self.run("import", "-window", "root", str(path))

    def choose_action(self, key):
        """Chooses the action `key` of the notification shown, through dunst's own menu."""
        (self.home.path / "choice").write_text(key)
        self.run("dunstctl", "context")

    def notifications(self):
        """How many dunst shows now."""
        return int(self.run("dunstctl", "count", "displayed"))

    def open_xterm(self, name):
        """A window of class `name` on the screen; returns its X id."""
        self.start("xterm", "-class", name, "-T", name, "-e", "sleep", "3600")
        return wait_for(f"a window of {name}", lambda: (self.try_run("xdotool", "search", "--onlyvisible", "--class", name) or "").split(),
                        20)[0]


class Daemon:
    """naped on a desktop, or, without one, replaying. Use it in a `with`."""

    def __init__(self, home, settings="", arguments=(), wrapper=()):
        self.home = home
        self.process = None
        self.started_in = None  # seconds from exec to the first accepted connection
        self.port = free_port()
        self.state = home.path / "nape-state"
        self.runtime = home.path / "nape-run"
        self.config = home.path / "nape.toml"
        self.log = home.path / "naped.log"
        self.config.write_text(settings)
        self.arguments = list(arguments)
        self.wrapper = list(wrapper)
        self.env = {
            "NAPE_CONFIG": str(self.config),
            "NAPE_STATE_DIR": str(self.state),
            "NAPE_RUNTIME_DIR": str(self.runtime),
            "NAPE_SYSTEM_DIR": str(home.path / "system"),
            "NAPE_HTTP": f"127.0.0.1:{self.port}",
        }

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            stop_process(self.process)

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        """Starts it and waits until it serves."""
        began = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, str(BIN / "naped"), *self.arguments], env=self.home.env | self.env,
                start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for("naped to serve", self._serves_or_ended, 20, 0.002)
        if self.process.poll() is not None:
            raise AssertionError(f"naped ended with {self.process.returncode}: {self.log_text()}")
        self.started_in = time.monotonic() - began

    def _serves_or_ended(self):
        if self.process.poll() is not None:
            return True
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def stop(self):
        """As `kill` and Ctrl-C do; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)

    def kill(self):
        """As a crash: the daemon only, its plugins must notice by themselves."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(5)

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    # ---- asking ---------------------------------------------------------------------------------------------------

    def nape(self, *words, code=0):
        """What the command prints; it must exit with `code`."""
        done = subprocess.run([str(BIN / "nape"), *words], env=self.home.env | self.env, timeout=30,
                              capture_output=True, text=True)
        if done.returncode != code:
            raise AssertionError(f"nape {' '.join(words)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def nape_json(self, *words):
        return json.loads(self.nape(*words, "--json"))

    def rpc(self, method, **request):
        """The control API as any client speaks it: JSON over the Unix socket."""
        connection = http.client.HTTPConnection("localhost", timeout=15)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(15)
        connection.sock.connect(str(self.runtime / "control.sock"))
        connection.request("POST", f"/nape.v1.Control/{method}", json.dumps(request), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        connection.close()
        if answer.status != 200:
            raise AssertionError(f"{method}: {answer.status} {body}")
        return body

    def kind(self, name):
        return next(kind for kind in self.rpc("Status")["kinds"] if kind["name"] == name)

    def http(self, path="/metrics", method="GET", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def metrics(self):
        """{'name{label="value"}': number}, labels in the order that the daemon gives."""
        answer, body = self.http()
        assert answer.status == 200, f"/metrics: {answer.status} {body[:200]!r}"
        lines = (line for line in body.decode().splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def events(self):
        """Input events by device."""
        prefix = 'nape_input_events_total{device="'
        return {name[len(prefix):-2]: int(value) for name, value in self.metrics().items() if name.startswith(prefix)}

    def plugin_pid(self, name):
        for plugin in self.rpc("Plugins")["plugins"]:
            if plugin["name"] == name and plugin["pid"]:
                return plugin["pid"]
        return None

    def wait_for_plugin(self, name):
        """Until it does its work: a sensor sees input from then on."""
        return wait_for(f"plugin {name}", lambda: self._at_work(name) and self.plugin_pid(name), 15)

    def _at_work(self, name):
        for plugin in self.rpc("Plugins")["plugins"]:
            if plugin["name"] == name and plugin["state"] == "running":
                sees = {sight["kind"]: sight["state"] for sight in plugin["sees"]}
                return "input" not in plugin["capabilities"] or sees.get("input") == "good"
        return False


def process_status(pid, key):
    """A number of /proc/PID/status or of smaps_rollup."""
    for name in ("status", "smaps_rollup"):
        for line in pathlib.Path(f"/proc/{pid}/{name}").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1])
    raise KeyError(key)
