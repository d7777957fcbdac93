# SPDX-License-Identifier: Apache-2.0
"""Seconds per application follow the window in front."""

import time
import unittest

from session import Daemon, Desktop, wait_for

PLAN = [("Alpha", 7), ("Beta", 4), ("Gamma", 9), ("Alpha", 5), ("Gamma", 3)]


class Windows(unittest.TestCase):
    def test_switching_three_windows_gives_each_its_seconds(self):
        with Desktop() as desktop, Daemon(desktop.home) as daemon:
            daemon.wait_for_plugin("x11")
            windows = {name: desktop.open_xterm(name) for name in ("Alpha", "Beta", "Gamma")}
            desktop.xdotool("windowactivate", "--sync", windows["Beta"])
            desktop.xdotool("key", "a")
            wait_for("sitting", lambda: daemon.rpc("Status").get("stretch"))
            before = self.seconds(daemon)

            # Time counts once input confirms it, so each visit ends with a key.
            wanted = dict.fromkeys(windows, 0.0)
            previous, began = "Beta", time.monotonic()
            for name, seconds in PLAN:
                desktop.xdotool("key", "a", "windowactivate", "--sync", windows[name], "key", "a")
                now = time.monotonic()
                if previous:
                    wanted[previous] += now - began
                previous, began = name, now
                time.sleep(seconds)
            desktop.xdotool("key", "a")
            wanted[previous] += time.monotonic() - began
            self.assertGreater(sum(wanted.values()), 28)

            def told():
                now = self.seconds(daemon)
                return {name: now.get(name, 0) - before.get(name, 0) for name in windows}
            wait_for("the last tally", lambda: sum(told().values()) > sum(wanted.values()) - 1.5, 10)
            for name in windows:
                self.assertAlmostEqual(told()[name], wanted[name], delta=1.0, msg=f"{name}: {told()} != {wanted}")

    @staticmethod
    def seconds(daemon):
        return {share["name"]: share["seconds"] for share in daemon.rpc("Today").get("applications", [])}


if __name__ == "__main__":
    unittest.main()
