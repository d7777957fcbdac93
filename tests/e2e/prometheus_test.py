# SPDX-License-Identifier: Apache-2.0
"""Three minutes of a real Prometheus while somebody works: no scrape fails, and it says what the command says."""

import random
import subprocess
import time
import unittest

from prometheus_client.openmetrics import parser

from engine import Prometheus
from session import Daemon, Desktop, wait_for

SECONDS = 180


class Scraped(unittest.TestCase):
    def test_three_minutes_of_scraping_agree_with_the_command(self):
        with Desktop() as desktop, Daemon(desktop.home) as daemon, Prometheus(desktop.home, daemon.port) as prometheus:
            daemon.wait_for_plugin("x11")
            window = desktop.open_xterm("Work")
            desktop.focus(window)
            pick = random.Random(1)
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                desktop.xdotool("type", "--delay", 15, "abcdefgh"[: pick.randint(1, 8)])
                desktop.xdotool("mousemove_relative", "--", pick.randint(-9, 9), pick.randint(1, 9))
                desktop.xdotool("click", pick.choice([1, 3, 4, 5]))
                time.sleep(pick.uniform(0.1, 1.2))
            time.sleep(4)

            self.assertEqual(prometheus.number('sum(count_over_time(up[4m])) - sum(sum_over_time(up[4m]))'), 0,
                             "a scrape failed")
            self.assertGreater(prometheus.number("sum(count_over_time(up[4m]))"), SECONDS * 0.95)
            [target] = prometheus.targets()
            self.assertEqual(target["lastError"], "")

            # The two are asked a moment apart; the engine's counters move only with input, of which there is none now.
            today = daemon.nape_json("today")
            told = {labels["device"]: value for labels, value in prometheus.query("nape_input_events_total")}
            counts = today["counts"]
            self.assertEqual(told, {"keyboard": counts["keys"], "pointer_button": counts["clicks"], "scroll": counts["scroll"],
                                    "pointer_motion": counts["motion"], "touch": counts["touch"]})
            self.assertGreater(counts["keys"], 100)
            self.assertAlmostEqual(prometheus.number('nape_use_seconds_total{pause="under_30"}'),
                                   today["use_30_seconds"], delta=0.01)
            self.assertAlmostEqual(prometheus.number("sum(nape_sitting_seconds_total)"), today["sitting_seconds"], delta=0.01)
            self.assertGreater(today["sitting_seconds"], SECONDS * 0.9)
            # What a board shows of a range: increase() extrapolates by at most a scrape interval at each end.
            self.assertAlmostEqual(prometheus.number('sum(increase(nape_input_events_total{device="keyboard"}[4m]))'),
                                   counts["keys"], delta=counts["keys"] * 0.05 + 5)
            status = daemon.nape_json("status")
            self.assertEqual(prometheus.number(f'nape_presence{{state="{status["presence"]["state"]}"}}'), 1)
            self.assertEqual(prometheus.number("sum(nape_presence)"), 1)

    def test_promtool_finds_nothing_and_an_openmetrics_parser_reads_the_other_format(self):
        with Desktop() as desktop, Daemon(desktop.home) as daemon:
            daemon.wait_for_plugin("x11")
            desktop.xdotool("key", "a")
            wait_for("the key", lambda: daemon.events().get("keyboard"), 5)
            answer, text = daemon.http()
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            lint = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, timeout=30)
            self.assertEqual((lint.returncode, lint.stdout, lint.stderr), (0, b"", b""))
            series = [line for line in text.splitlines() if line and not line.startswith(b"#")]
            self.assertLessEqual(len(series), 120)

            answer, text = daemon.http(headers={"Accept": "application/openmetrics-text; version=1.0.0"})
            self.assertIn("application/openmetrics-text; version=1.0.0", answer.headers["Content-Type"])
            families = {family.name for family in parser.text_string_to_metric_families(text.decode())}
            self.assertIn("nape_input_events", families)


if __name__ == "__main__":
    unittest.main()
