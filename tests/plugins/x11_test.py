#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""nape-plugin-x11 on a real X server, with a real window manager and input from xdotool."""
import os
import subprocess
import sys
import time
import unittest

from plugin_process import PluginProcess, boot_ms
from nape.v1 import observation_pb2

PROGRAM = ""
Setup, Health = observation_pb2.Setup, observation_pb2.Health
KINDS = ("keys", "clicks", "scroll", "motion", "touch")


class Desktop:
    """An X server, a window manager, and what is started there; ends with the test."""

    def __init__(self, test, *server_options):
        self.test = test
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp", *server_options],
            pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as display:
            number = display.readline().strip()
        test.addCleanup(self.end, self.server)
        self.env = {**os.environ, "DISPLAY": ":" + number}

    @staticmethod
    def end(process):
        process.kill()
        process.wait()

    def start(self, *command):
        process = subprocess.Popen(
            command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.test.addCleanup(self.end, process)
        return process

    def run(self, *command):
        return subprocess.run(command, env=self.env, check=True, timeout=60, capture_output=True, text=True).stdout

    def xdotool(self, *words):
        return self.run("xdotool", *map(str, words))

    def plugin(self, *arguments):
        plugin = PluginProcess([PROGRAM, *arguments], env=self.env)
        self.test.addCleanup(plugin.__exit__)
        self.test.assertIsNotNone(plugin.wait_for(lambda frame: frame.HasField("setup") or frame.HasField("health")))
        return plugin


class X11(unittest.TestCase):
    def tally(self, plugin, quiet=2.2):
        plugin.wait_quiet(quiet)
        inputs = plugin.all("input")
        return {kind: sum(getattr(each, kind) for each in inputs) for kind in KINDS}

    def wait_window(self, plugin, application, fullscreen=False):
        frame = plugin.wait_for(
            lambda f: f.HasField("window") and f.window.application == application and f.window.fullscreen == fullscreen)
        self.assertIsNotNone(frame, f"{application} never came to the front: {plugin.frames}")
        return frame

    def managed(self, desktop):
        """The plugin, beside a window manager that is ready: it leaves windows from before its time alone."""
        plugin = desktop.plugin()
        desktop.start("openbox")
        self.wait_window(plugin, "")
        return plugin

    def xterm(self, desktop, plugin, name, *command):
        desktop.start("xterm", "-class", name, "-T", "secret title", *command)
        self.wait_window(plugin, name)

    def test_counts_are_exact(self):
        desktop = Desktop(self)
        plugin = desktop.plugin()
        plugin.wait_quiet(0.5)
        plugin.forget()
        desktop.xdotool("type", "--delay", 5, "the quick brown fox, and over IT jumps!!")
        desktop.xdotool("click", "--repeat", 7, "--delay", 5, 1, "click", 2, "click", "--repeat", 3, "--delay", 5, 3)
        desktop.xdotool("click", "--repeat", 6, "--delay", 5, 5, "click", 4, "click", 6, "click", 7)
        desktop.xdotool(*["mousemove_relative", 3, 2] * 25)
        # Four of the forty characters need Shift, which is a key like any other.
        self.assertEqual(self.tally(plugin), {"keys": 40 + 4, "clicks": 11, "scroll": 9, "motion": 25, "touch": 0})

    def test_a_held_key_is_one_key(self):
        desktop = Desktop(self)
        desktop.run("xset", "r", "rate", "100", "50")
        plugin = desktop.plugin()
        plugin.forget()
        desktop.xdotool("keydown", "a", "sleep", 1.5, "keyup", "a")
        self.assertEqual(self.tally(plugin)["keys"], 1)

    def test_tallies_come_at_once_and_then_at_most_once_a_second(self):
        desktop = Desktop(self)
        plugin = desktop.plugin()
        plugin.wait_quiet(1.5)
        plugin.forget()
        before = boot_ms()
        desktop.xdotool("key", "a")
        first = plugin.wait_for(lambda frame: frame.HasField("input"))
        self.assertLess(first.boot_ms - before, 500)
        desktop.xdotool(*["key", "a", "sleep", 0.05] * 60)
        self.tally(plugin)
        frames = [frame for frame in plugin.frames if frame.HasField("input")]
        times = [frame.boot_ms for frame in frames]
        self.assertGreaterEqual(len(times), 3)
        for earlier, later in zip(times, times[1:]):
            self.assertGreaterEqual(later - earlier, 995)
        for frame in frames:
            self.assertTrue(before <= frame.input.last_boot_ms <= frame.boot_ms)
            self.assertLess(frame.boot_ms - frame.input.last_boot_ms, 1100)

    def test_the_last_input_is_dated_when_it_happened_not_when_it_was_told(self):
        desktop = Desktop(self)
        plugin = desktop.plugin()
        plugin.wait_quiet(1.5)
        plugin.forget()
        desktop.xdotool("key", "a", "sleep", 0.2, "key", "b")
        after = boot_ms()
        self.tally(plugin)
        self.assertLess(abs(plugin.all("input")[-1].last_boot_ms - after), 100)

    def test_three_windows_are_seen_when_they_come_to_the_front(self):
        desktop = Desktop(self)
        plugin = self.managed(desktop)
        names = ("TermA", "TermB", "TermC")
        for name in names:
            self.xterm(desktop, plugin, name)
        ids = {name: desktop.xdotool("search", "--sync", "--onlyvisible", "--class", name).split()[-1] for name in names}
        plugin.wait_quiet(1.2)
        plugin.forget()
        for name in ("TermA", "TermC", "TermB", "TermA"):
            plugin.forget()
            asked = boot_ms()
            desktop.xdotool("windowactivate", "--sync", ids[name])
            frame = self.wait_window(plugin, name)
            self.assertLess(abs(frame.boot_ms - asked), 500)
            self.assertEqual([w.application for w in plugin.all("window")], [name], "nothing in between")

    def test_no_window_and_no_title_is_told(self):
        desktop = Desktop(self)
        plugin = self.managed(desktop)
        self.xterm(desktop, plugin, "TermA")
        desktop.xdotool("search", "--class", "TermA", "windowkill")
        self.wait_window(plugin, "")
        for frame in plugin.frames:
            self.assertNotIn(b"secret", frame.SerializeToString())

    def test_full_screen_is_seen_to_come_and_go(self):
        desktop = Desktop(self)
        plugin = self.managed(desktop)
        self.xterm(desktop, plugin, "TermA")
        desktop.xdotool("key", "alt+Return")
        self.wait_window(plugin, "TermA", fullscreen=True)
        plugin.forget()
        desktop.xdotool("key", "alt+Return")
        self.wait_window(plugin, "TermA", fullscreen=False)

    def test_a_window_manager_is_missed_and_found(self):
        desktop = Desktop(self)
        plugin = desktop.plugin()
        lost = lambda f: f.HasField("health") and (f.health.kind, f.health.state) == (Health.KIND_WINDOW, Health.STATE_LOST)
        good = lambda f: f.HasField("health") and (f.health.kind, f.health.state) == (Health.KIND_WINDOW, Health.STATE_GOOD)
        self.assertIn("window manager", plugin.wait_for(lost).health.reason)
        manager = desktop.start("openbox")
        self.assertIsNotNone(plugin.wait_for(good))
        plugin.forget()
        manager.kill()
        self.assertIsNotNone(plugin.wait_for(lost))

    def test_displays_are_told_apart(self):
        desktop = Desktop(self)
        plugin = desktop.plugin()

        def wait_display(display):
            self.assertIsNotNone(plugin.wait_for(lambda f: f.setup.display == display), Setup.Display.Name(display))

        wait_display(Setup.DISPLAY_EXTERNAL)
        desktop.run("xrandr", "--setmonitor", "eDP-1", "640/300x800/200+0+0", "screen")
        wait_display(Setup.DISPLAY_LAPTOP)
        desktop.run("xrandr", "--setmonitor", "HDMI-1", "640/300x800/200+640+0", "none")
        wait_display(Setup.DISPLAY_BOTH)
        plugin.forget()
        desktop.run("xrandr", "--delmonitor", "eDP-1")
        wait_display(Setup.DISPLAY_EXTERNAL)

    def test_without_randr_the_displays_are_unknown(self):
        plugin = Desktop(self, "-extension", "RANDR").plugin()
        self.assertIsNotNone(plugin.wait_for(lambda f: f.health.kind == Health.KIND_SETUP))
        self.assertEqual(plugin.all("setup"), [])

    def test_idle_times_alone_tell_of_input_and_count_nothing(self):
        desktop = Desktop(self)
        plugin = desktop.plugin("--idle-only")
        self.assertNotIn("input.counts", plugin.frames[0].hello.capabilities)
        plugin.wait_quiet(2.5)
        plugin.forget()
        begin = boot_ms()
        desktop.xdotool(*["key", "a", "sleep", 0.2] * 15)
        end = boot_ms()
        self.assertEqual(set(self.tally(plugin).values()), {0})
        frames = [frame for frame in plugin.frames if frame.HasField("input")]
        self.assertTrue(all(frame.input.counts_unknown for frame in frames))
        self.assertTrue(4 <= len(frames) <= 7, len(frames))
        self.assertLess(frames[0].boot_ms - begin, 500)
        self.assertLess(abs(frames[-1].input.last_boot_ms - (end - 200)), 200)
        # And it falls asleep again.
        before = plugin.wakeups()
        plugin.wait_quiet(3)
        self.assertEqual(plugin.wakeups(), before)

    def test_idling_costs_no_wakeup(self):
        desktop = Desktop(self)
        plugin = self.managed(desktop)
        self.xterm(desktop, plugin, "TermA")
        desktop.xdotool("type", "x")
        plugin.wait_quiet(3)
        before = plugin.wakeups()
        plugin.wait_quiet(20)
        self.assertEqual(plugin.wakeups(), before)

    def test_a_busy_hour_costs_one_wakeup_a_second(self):
        desktop = Desktop(self)
        plugin = self.managed(desktop)
        self.xterm(desktop, plugin, "TermA")
        plugin.wait_quiet(2)
        plugin.forget()
        wakeups, cpu, begin = plugin.wakeups(), plugin.cpu_ms(), time.monotonic()
        motions = ["mousemove_relative", "--", 1, 0, "sleep", 0.008, "mousemove_relative", "--", -1, 0, "sleep", 0.008]
        for _ in range(10):
            desktop.xdotool(*(motions * 5 + ["key", "a"]) * 6)
        seconds = time.monotonic() - begin
        wakeups, cpu = plugin.wakeups() - wakeups, plugin.cpu_ms() - cpu
        print(f"x11 busy: {wakeups / seconds:.2f} wakeups/s, {cpu * 60 / seconds:.1f} ms CPU per 60 s", file=sys.stderr)
        self.assertLessEqual(wakeups / seconds, 1.2)
        self.assertEqual(self.tally(plugin), {"keys": 60, "clicks": 0, "scroll": 0, "motion": 600, "touch": 0})

    def test_a_title_that_keeps_changing_wakes_nobody(self):
        desktop = Desktop(self)
        plugin = self.managed(desktop)
        self.xterm(desktop, plugin, "TermA", "-e", "sh", "-c",
                   r"i=0; while :; do i=$((i+1)); printf '\033]0;%s\007' $i; sleep 0.05; done")
        plugin.wait_quiet(4)
        before = plugin.wakeups()
        plugin.wait_quiet(4)
        self.assertLessEqual(plugin.wakeups() - before, 1)
        # Still awake for what matters.
        desktop.xdotool("key", "alt+Return")
        self.wait_window(plugin, "TermA", fullscreen=True)

    def test_a_server_that_dies_is_a_loss_and_not_a_refusal(self):
        desktop = Desktop(self)
        plugin = desktop.plugin()
        plugin.wait_quiet(0.5)
        plugin.forget()
        desktop.server.kill()
        self.assertEqual(plugin.wait_end(5), 1)
        self.assertEqual({health.kind for health in plugin.all("health") if health.state == Health.STATE_LOST},
                         {Health.KIND_INPUT, Health.KIND_WINDOW, Health.KIND_SETUP})

    def test_it_does_not_outlive_a_daemon_that_is_killed(self):
        desktop = Desktop(self)
        # Its standard input stays open, in our hands: only the death of its parent can end it.
        with PluginProcess(["sh", "-c", '"$0" <&0 & wait', PROGRAM], env=desktop.env) as daemon:
            self.assertIsNotNone(daemon.wait_for(lambda frame: frame.HasField("setup")))
            daemon.process.kill()
            daemon.process.wait()
            daemon.wait_quiet(3)
            self.assertTrue(daemon.ended)

    def test_without_a_server_it_says_so_and_exits_with_69(self):
        for display in (None, ":9999"):
            env = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
            if display:
                env["DISPLAY"] = display
            with PluginProcess([PROGRAM], env=env) as plugin:
                self.assertEqual(plugin.wait_end(5), 69)
                self.assertTrue(plugin.frames[0].HasField("hello"))
                self.assertIn("DISPLAY", plugin.all("health")[-1].reason)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
