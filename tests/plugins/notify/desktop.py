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
import tempfile
import time

from nape.v1 import directive_pb2
from plugin_process import PluginProcess

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
    dmenu = {menu}
"""

# dunst asks a menu program which of several actions is meant; this one takes the line that the test names.
MENU = """#!/bin/sh
grep --max-count=1 --fixed-strings "$(cat {choice})"
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
        self._choice = self._write("choice", "")
        menu = self._write("menu", MENU.format(choice=self._choice))
        os.chmod(menu, 0o700)
        self._dunst_config = self._write("dunstrc", DUNST_CONFIG.format(menu=menu))
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
        with self.bus.stdout as address:
            address.readline()
        # Without the guid that it prints: the next bus in this place has another one.
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self._bus_path}"

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

    def press(self, label):
        """Takes the action with this label of the notification on top."""
        self._write("choice", label)
        self.dunstctl("action", "0")

    def history(self):
        """What dunst has shown and no longer shows, the latest first."""
        return json.loads(self.dunstctl("history"))["data"][0]

    def picture(self, name):
        """The screen once something is drawn on it; kept for people where NAPE_PICTURES names a folder."""
        path = os.path.join(os.environ.get("NAPE_PICTURES", self.directory), name + ".png")

        def is_drawn():
            self.run("import", "-window", "root", path)
            return int(self.run("identify", "-format", "%k", path).stdout) > 1

        until(is_drawn, "a notification is drawn")


class Notify(PluginProcess):
    """nape-plugin-notify, spoken to as the daemon does. Answers are taken one after the other."""

    def __init__(self, program, desktop):
        super().__init__([program], env=desktop.environment)
        self._taken = 1
        assert self.wait_for(lambda frame: frame.HasField("hello"), LIMIT_S), "no hello"

    def answer(self):
        """The next answer; other frames are passed over."""
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            while self._taken < len(self.frames):
                self._taken += 1
                if self.frames[self._taken - 1].HasField("answer"):
                    return self.frames[self._taken - 1].answer
            self.read(end - time.monotonic())
        raise AssertionError("no answer came")

    def expect(self, answer_id, what):
        answer = self.answer()
        assert (answer.id, answer.WhichOneof("what")) == (answer_id, what), str(answer)
        return getattr(answer, what)

    def untold(self):
        """The answers not yet taken once a ping sent now is answered: what was to be told has been told by then."""
        directive = directive_pb2.Directive()
        directive.ping.id = len(self.frames)
        self.send(directive)
        pong = self.wait_for(lambda frame: frame.HasField("pong") and frame.pong.id == directive.ping.id, LIMIT_S)
        assert pong, "no pong"
        return [frame.answer for frame in self.frames[self._taken:] if frame.HasField("answer")]

    def show(self, show_id, subject="rest", title="52 min at the computer.", body="Up for 5?", actions=(), **fields):
        directive = directive_pb2.Directive()
        fields.setdefault("stage", directive_pb2.Show.STAGE_NUDGE)
        directive.show.CopyFrom(directive_pb2.Show(id=show_id, subject=subject, title=title, body=body, **fields))
        for key, label in actions:
            directive.show.actions.add(key=key, label=label)
        self.send(directive)

    def withdraw(self, subject="rest"):
        directive = directive_pb2.Directive()
        directive.withdraw.subject = subject
        self.send(directive)

    def wakeups_asleep(self):
        """The count once it sleeps: on its way there it is about to grow by one."""
        def sleeps():
            with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
                return stat.read().rsplit(")", 1)[1].split()[0] == "S"

        until(sleeps, "the plugin sleeps")
        return self.wakeups()

    def finish(self):
        self.process.stdin.close()
        return self.wait_end(LIMIT_S)

    def pss_kib(self):
        with open(f"/proc/{self.process.pid}/smaps_rollup", encoding="ascii") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
