# SPDX-License-Identifier: Apache-2.0
"""A rest break from its first second to its last, with a real notification server."""

import os
import threading
import unittest

from session import Daemon, Desktop, wait_for

SETTINGS = 'policy = "short.toml"\n'
POLICY = """
name = "short"
version = "1"

[[kind]]
name = "rest"
every = "20s"
of = "use"
length = "12s"
credit = "proportional"
settle = "3s"
ladder = [{ at = "0s", step = "nudge" }, { at = "60s", step = "nudge", stay = true }]
postpone = { times = 2, length = "5s" }
skip = { per_day = 1 }
hold = { typing = "0s" }
"""


class Typist:
    """A key a second, until told to rest."""

    def __init__(self, desktop):
        self._desktop = desktop
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._type)

    def _type(self):
        while not self._done.wait(0.8):
            self._desktop.xdotool("key", "a")

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.rest()

    def rest(self):
        self._done.set()
        self._thread.join()


class Breaks(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop()
        self.desktop.__enter__()
        self.addCleanup(self.desktop.__exit__, None, None, None)
        (self.desktop.home.path / "short.toml").write_text(POLICY)
        self.daemon = Daemon(self.desktop.home, SETTINGS)
        self.daemon.__enter__()
        self.addCleanup(self.daemon.__exit__, None, None, None)
        self.daemon.wait_for_plugin("x11")
        self.daemon.wait_for_plugin("notify")

    def until_due(self):
        wait_for("rest to fall due", lambda: self.daemon.kind("rest")["due"], 60, 0.2)
        wait_for("the notification", lambda: self.desktop.notifications() >= 1, 10)

    def outcomes(self):
        prefix = 'nape_breaks_total{kind="rest",outcome="'
        return {name[len(prefix):-2]: value for name, value in self.daemon.metrics().items() if name.startswith(prefix)}

    # ---- the tests -------------------------------------------------------------------------------------------------

    def test_due_then_nudged_then_rested_is_taken_and_why_tells_the_numbers(self):
        with Typist(self.desktop) as typist:
            self.until_due()
            shot = os.environ.get("NAPE_SHOTS")
            if shot:
                self.desktop.screenshot(f"{shot}/nudge.png")
            typist.rest()
        self.assertEqual(self.daemon.kind("rest")["owed_seconds"], 20)
        # Hands off: the break begins by itself after `settle`, backdated, and pays until nothing is owed.
        wait_for("the break to be taken", lambda: self.outcomes()["taken"] == 1, 30, 0.2)
        kind = self.daemon.kind("rest")
        self.assertEqual((kind["due"], kind["owed_seconds"]), (False, 0))
        self.assertEqual(self.outcomes(), {"taken": 1, "natural": 0, "partial": 0, "postponed": 0, "skipped": 0, "exit": 0})

        rows = self.daemon.rpc("Why", kind="rest", last=50)["rows"]
        verdicts = [row["verdict"] for row in reversed(rows)]
        self.assertIn("prompting", verdicts)
        self.assertIn("begun", verdicts)
        prompting = next(row for row in rows if row["verdict"] == "prompting")
        self.assertEqual((prompting["owed_seconds"], prompting["every_seconds"]), (20, 20))
        self.assertIn("rest", self.daemon.nape("why", "rest"))

    def test_the_action_postpone_is_silent_for_its_length_and_then_tells_again(self):
        with Typist(self.desktop):
            self.until_due()
            self.desktop.choose_action("postpone")
            wait_for("the postponement", lambda: self.outcomes()["postponed"] == 1, 15)
            kind = self.daemon.kind("rest")
            self.assertEqual((kind["verdict"], kind["postpones_left"], kind["due"]), ("postponed", 1, True))
            self.assertGreater(kind["owed_seconds"], 19, "what is owed stays")
            wait_for("the notification to go", lambda: self.desktop.notifications() == 0, 5)
            wait_for("the next nudge", lambda: self.desktop.notifications() >= 1, 15)

    def test_the_action_skip_is_counted_and_leaves_what_is_owed(self):
        with Typist(self.desktop):
            self.until_due()
            self.desktop.choose_action("skip")
            wait_for("the skip", lambda: self.outcomes()["skipped"] == 1, 5)
            kind = self.daemon.kind("rest")
            self.assertEqual(kind["skips_left"], 0)
            self.assertGreater(kind["owed_seconds"], 19)

    def test_the_action_start_begins_the_break(self):
        with Typist(self.desktop) as typist:
            self.until_due()
            typist.rest()
            self.desktop.choose_action("start")
            wait_for("the break", lambda: self.daemon.kind("rest")["verdict"] == "begun"
                     or self.outcomes()["taken"] == 1, 5)
            wait_for("the break to be taken", lambda: self.outcomes()["taken"] == 1, 30, 0.2)


if __name__ == "__main__":
    unittest.main()
