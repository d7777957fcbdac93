# SPDX-License-Identifier: Apache-2.0
"""kill -9 and power cuts under a fast replay: the database stays whole, little is lost, nothing is told twice."""

import collections
import datetime
import os
import random
import shutil
import signal
import sqlite3
import time
import unittest

from session import SOURCE, Daemon, Home, wait_for

DEMO = str(SOURCE / "packaging/demo/day.scenario")
SPEED = 600
END = datetime.datetime.fromisoformat("2026-03-02T17:43:00+01:00").timestamp()
KILLS = 50
KEYS_A_SECOND = 6  # at most, in that day
# Counts are committed once a minute; between the question and the kill this much more of the day passes at that speed.
LOST_SECONDS = 60 + 0.1 * SPEED


def rows(path, question):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(question).fetchall()
    finally:
        database.close()


def copy_of(state, into):
    """The database as a power cut would leave it: the file and its log, not the shared memory."""
    into.mkdir(parents=True)
    for name in ("nape-demo.db", "nape-demo.db-wal"):
        if (state / name).exists():
            shutil.copy(state / name, into / name)
    return into / "nape-demo.db"


class Crash(unittest.TestCase):
    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.remove)
        self.random = random.Random(int(os.environ.get("NAPE_SEED", "20261122")))

    def daemon(self):
        daemon = Daemon(self.home, arguments=["--replay", DEMO, "--speed", str(SPEED)])
        self.addCleanup(daemon.__exit__)
        return daemon

    def check_whole(self, copy):
        self.assertEqual(rows(copy, "PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(rows(copy, "PRAGMA foreign_key_check"), [])

    def test_fifty_kills_lose_at_most_a_minute_and_tell_nothing_twice(self):
        daemon = self.daemon()
        daemon.start()
        keys = 0
        for kill in range(KILLS):
            time.sleep(self.random.uniform(0.2, 0.9))
            before, told = daemon.rpc("Status"), daemon.rpc("Today")["counts"]["keys"]
            daemon.kill()
            copy = copy_of(daemon.state, self.home.path / f"kill-{kill}")
            self.check_whole(copy)
            saved = rows(copy, "SELECT wall_unix_ms / 1000.0 FROM engine_state")
            kept = self.keys(copy)
            self.assertLessEqual(told - kept, LOST_SECONDS * KEYS_A_SECOND, f"kill {kill}")
            self.assertGreaterEqual(kept, keys, "what was committed stays")
            keys = kept
            daemon.start()
            if saved:  # otherwise it was killed before anything was saved, and begins anew
                self.goes_on(before, wait_for("the resumed state", lambda: self.resumed(daemon, saved[0][0]), 10, 0.01))
        # What was lost of the day was played again: nothing is missing, nothing doubled.
        interrupted = self.play_to_the_end(daemon)
        self.told_once(daemon.state / "nape-demo.db")
        shutil.rmtree(daemon.state)
        self.assertEqual(interrupted, self.play_to_the_end(daemon))

    def goes_on(self, before, after):
        """The running stretch, and everything owed, resume."""
        self.assertEqual(after["troubles"], [])
        was, now = before.get("stretch"), after.get("stretch")
        if "input" == before["presence"]["reason"] == after["presence"]["reason"] and was["begin_unix_seconds"] < after["at_unix_seconds"]:
            self.assertEqual(now["begin_unix_seconds"], was["begin_unix_seconds"])
        # Only what was not yet saved may be missing. During a rest the two are not comparable: it goes on paying.
        if after["at_unix_seconds"] <= before["at_unix_seconds"]:
            for was, now in zip(before["kinds"], after["kinds"]):
                if was["verdict"] not in ("resting", "begun"):
                    self.assertGreaterEqual(now["owed_seconds"], was["owed_seconds"] - LOST_SECONDS, f"{was}\n{now}")

    @staticmethod
    def keys(path):
        return rows(path, "SELECT sum(keys) FROM input_span")[0][0] or 0

    @staticmethod
    def resumed(daemon, saved_at):
        status = daemon.rpc("Status")
        return status if status["at_unix_seconds"] >= saved_at - 1 else None

    def play_to_the_end(self, daemon):
        """The sums of the day, after the last line of the recording."""
        if daemon.process.poll() is not None:
            daemon.start()
        wait_for("the end of the day", lambda: daemon.rpc("Status")["at_unix_seconds"] >= END, 120, 0.2)
        daemon.stop()
        path = daemon.state / "nape-demo.db"
        self.check_whole(path)
        return rows(path, "SELECT keys, clicks, scroll, motion FROM day ORDER BY day")

    def told_once(self, path):
        """No break and no step is there twice, and what is due falls due no second time."""
        breaks = rows(path, "SELECT kind, outcome, begin_unix_ms, at_unix_ms FROM break")
        stages = rows(path, "SELECT kind, detail, at_unix_ms FROM event WHERE event = 'break.stage'")
        self.assertTrue(breaks and stages)
        for row, times in (collections.Counter(breaks) + collections.Counter(stages)).items():
            self.assertEqual(times, 1, row)
        due = {}
        for event, kind, detail in rows(path, "SELECT event, kind, detail FROM event WHERE event LIKE 'break.%' ORDER BY id"):
            if event == "break.due":
                self.assertFalse(due.get(kind), f"{kind} fell due twice")
                due[kind] = True
            elif event == "break.ended" and detail in ("taken", "natural"):
                due[kind] = False

    def test_a_power_cut_at_any_moment_leaves_a_database_that_the_daemon_takes_up(self):
        daemon = self.daemon()
        daemon.start()
        for cut in range(20):
            time.sleep(self.random.uniform(0.1, 0.6))
            os.kill(daemon.pid, signal.SIGSTOP)
            place = self.home.path / f"cut-{cut}"
            copy = copy_of(daemon.state, place)
            os.kill(daemon.pid, signal.SIGCONT)
            self.check_whole(copy)
        daemon.stop()
        # The last copy, as the machine would find it after the cut.
        shutil.rmtree(daemon.state)
        shutil.copytree(place, daemon.state)
        daemon.start()
        self.assertFalse(any("corrupt" in trouble for trouble in daemon.rpc("Status")["troubles"]))
        self.assertTrue(daemon.rpc("Why", last=10)["rows"])


if __name__ == "__main__":
    unittest.main()
