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
            after = wait_for("the resumed state", lambda: self.resumed(daemon, saved), 10, 0.01)
            for was, now in zip(before["kinds"], after["kinds"]):
                self.assertEqual(was["name"], now["name"])
                self.assertGreaterEqual(now["skips_left"] - was["skips_left"], 0)
            self.assertFalse(any("corrupt" in trouble or "set aside" in trouble for trouble in after["troubles"]), after["troubles"])
        # What was lost of the day was played again, so the end is that of a day without a kill.
        interrupted = self.play_to_the_end(daemon)
        self.told_once(daemon.state / "nape-demo.db")
        shutil.rmtree(daemon.state)
        self.assertEqual(interrupted, self.play_to_the_end(daemon))

    @staticmethod
    def keys(path):
        return rows(path, "SELECT sum(keys) FROM input_span")[0][0] or 0

    def resumed(self, daemon, saved):
        status = daemon.rpc("Status")
        return status if not saved or status["at_unix_seconds"] >= saved[0][0] - 1 else None

    def play_to_the_end(self, daemon):
        """The sums of the day, after the last line of the recording."""
        if daemon.process.poll() is not None:
            daemon.start()
        wait_for("the end of the day", lambda: daemon.rpc("Status")["at_unix_seconds"] >= END, 120, 0.2)
        daemon.stop()
        path = daemon.state / "nape-demo.db"
        self.check_whole(path)
        return {"day": rows(path, "SELECT keys, clicks, scroll, motion, stretches FROM day ORDER BY day"),
                "breaks": rows(path, "SELECT kind, outcome, begin_unix_ms FROM break ORDER BY begin_unix_ms, kind")}

    def told_once(self, path):
        """Each time a kind falls due once, and no break is there twice."""
        due = rows(path, "SELECT kind, at_unix_ms / 1000 FROM event WHERE event = 'break.due'")
        self.assertTrue(due)
        breaks = rows(path, "SELECT kind, outcome, begin_unix_ms, at_unix_ms FROM break")
        self.assertTrue(breaks)
        for row, times in (collections.Counter(due) + collections.Counter(breaks)).items():
            self.assertEqual(times, 1, row)

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
