# SPDX-License-Identifier: Apache-2.0
"""No empty panel: every target of every board returns data from a real Prometheus that scrapes a real naped."""

import math
import time
import unittest

from board import boards, expanded, targets
from engine import Prometheus
from session import SOURCE, Daemon, Home, wait_for

# A day in three and a half minutes; watched until after the first call, with its breaks.
SPEED = "150"
WATCHED = 75


class BoardData(unittest.TestCase):
    def test_every_target_returns_data(self):
        home = Home()
        self.addCleanup(home.remove)
        demo = str(SOURCE / "packaging/demo/day.scenario")
        with Daemon(home, arguments=["--replay", demo, "--speed", SPEED]) as daemon:
            with Prometheus(home, daemon.port) as prometheus:
                wait_for("a stretch", lambda: prometheus.query("nape_current_stretch_seconds > 60"), 60, 0.5)
                time.sleep(WATCHED)
                for name, board in boards().items():
                    for panel, target in targets(board):
                        expression = expanded(target["expr"], job=".+", instance=".+", __range="5m", __rate_interval="1m",
                                              __interval="15s")
                        with self.subTest(board=name, panel=panel["title"]):
                            result = prometheus.query(expression)
                            self.assertTrue(result, f"no data: {expression}")
                            for labels, value in result:
                                self.assertTrue(math.isfinite(value), f"{labels}: {value}")
                                self.assertGreaterEqual(value, 0)
                self.assertEqual(prometheus.number("nape_demo"), 1)
                # Numbers and not zeros: what happened on that morning is on the board.
                for metric in ("nape_input_events_total", "nape_use_seconds_total", "nape_sitting_seconds_total",
                               "nape_window_seconds_total", "nape_breaks_total", "nape_stretch_duration_seconds_count",
                               'nape_sitting_seconds_total{evidence="passive"}'):
                    self.assertGreater(prometheus.number(f"sum(increase({metric}[5m]))"), 0, metric)


if __name__ == "__main__":
    unittest.main()
