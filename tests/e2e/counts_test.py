# SPDX-License-Identifier: Apache-2.0
"""Every typed key, click, scroll step and motion is counted, once."""

import unittest

from session import Daemon, Desktop, wait_for


class Counts(unittest.TestCase):
    def test_typed_keys_clicks_scroll_steps_and_motions_are_counted_exactly(self):
        with Desktop() as desktop, Daemon(desktop.home) as daemon:
            daemon.wait_for_plugin("x11")
            window = desktop.open_xterm("Typing")
            desktop.focus(window)
            self.settle(daemon)
            before = daemon.events()

            desktop.xdotool("type", "--delay", 20, "abcdefghijklmnopqrst" * 5)  # lower case: no shift presses beside
            desktop.xdotool("click", "--repeat", 7, "--delay", 30, 1)
            desktop.xdotool("click", "--repeat", 3, "--delay", 30, 3)
            desktop.xdotool("click", "--repeat", 11, "--delay", 30, 4)
            desktop.xdotool("click", "--repeat", 6, "--delay", 30, 5)
            for step in range(40):
                desktop.xdotool("mousemove_relative", "--", 3 if step % 2 else -3, 1)

            wanted = {"keyboard": 100, "pointer_button": 10, "scroll": 17, "pointer_motion": 40, "touch": 0}
            try:
                wait_for("the counts", lambda: self.grown(before, daemon) == wanted, 5)
            except AssertionError:
                self.assertEqual(self.grown(before, daemon), wanted)
            self.settle(daemon)
            self.assertEqual(self.grown(before, daemon), wanted, "still exact when everything has arrived")

    def test_a_held_key_counts_once(self):
        with Desktop() as desktop, Daemon(desktop.home) as daemon:
            daemon.wait_for_plugin("x11")
            window = desktop.open_xterm("Typing")
            desktop.focus(window)
            self.settle(daemon)
            before = daemon.events()
            desktop.xdotool("keydown", "a", "sleep", "2", "keyup", "a")
            wait_for("the key", lambda: self.grown(before, daemon)["keyboard"] >= 1, 5)
            self.settle(daemon)
            self.assertEqual(self.grown(before, daemon)["keyboard"], 1)

    @staticmethod
    def grown(before, daemon):
        return {device: count - before.get(device, 0) for device, count in daemon.events().items()}

    @staticmethod
    def settle(daemon):
        """Until the counters have stood still for longer than a tally takes."""
        seen, same = None, 0
        def quiet():
            nonlocal seen, same
            now = daemon.events()
            same = same + 1 if now == seen else 0
            seen = now
            return same >= 15
        wait_for("quiet counters", quiet, 20, 0.1)


if __name__ == "__main__":
    unittest.main()
