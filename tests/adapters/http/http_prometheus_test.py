# SPDX-License-Identifier: Apache-2.0
"""A real Prometheus scrapes the real page for half a minute, and its answers are those of the page."""
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

import support


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@support.unittest.skipUnless(shutil.which("prometheus"), "prometheus is not installed")
class Scrapes(support.Case):
    def setUp(self):
        super().setUp()
        directory = tempfile.TemporaryDirectory(prefix="nape-prometheus-")
        self.addCleanup(directory.cleanup)
        with open(directory.name + "/prometheus.yml", "w", encoding="utf-8") as file:
            file.write("global: {scrape_interval: 1s}\nscrape_configs:\n- job_name: nape\n  static_configs:\n"
                       f"  - targets: ['{self.server.address}']\n")
        self.api = f"127.0.0.1:{free_port()}"
        self.log = open(directory.name + "/log", "w+", encoding="utf-8")
        self.prometheus = subprocess.Popen(
            ["prometheus", f"--config.file={directory.name}/prometheus.yml",
             f"--storage.tsdb.path={directory.name}/data", f"--web.listen-address={self.api}"],
            stdout=self.log, stderr=self.log)
        self.addCleanup(self.stop_prometheus)

    def stop_prometheus(self):
        self.prometheus.terminate()
        self.prometheus.wait(20)
        self.log.close()

    def query(self, expression):
        url = f"http://{self.api}/api/v1/query?query={urllib.parse.quote(expression)}"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)["data"]["result"]

    def value(self, expression):
        result = self.query(expression)
        self.assertEqual(len(result), 1, expression)
        return float(result[0]["value"][1])

    def wait_for_scrapes(self, count, patience):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                if self.query(f"count_over_time(up[5m]) >= {count}"):
                    return
            except OSError:
                pass
            support.select.select([], [], [], 0.2)
        self.fail("Prometheus did not scrape")

    def test_no_scrape_fails_and_queries_tell_what_the_page_tells(self):
        self.wait_for_scrapes(25, 90)
        self.assertEqual(self.value("min_over_time(up[5m])"), 1)
        self.assertEqual(self.query("count_over_time(up[5m]) - sum_over_time(up[5m]) > 0"), [])
        self.assertEqual(self.value('nape_sitting_seconds_total{evidence="input"}'), 6000.001)
        self.assertEqual(self.value("sum(nape_presence)"), 1)
        self.assertEqual(self.value('nape_stretch_duration_seconds_bucket{le="+Inf"}'), 5)
        self.assertEqual(self.value('resets(nape_input_events_total{device="keyboard"}[5m])'), 0)
        # Each scrape adds 10 keys in the test server.
        keys = self.value('nape_input_events_total{device="keyboard"} - 5213')
        self.assertEqual(keys % 10, 0)
        self.assertGreaterEqual(keys, 250)
        page = self.server.get("/metrics").body
        told = {line.rpartition(" ")[0] for line in page.splitlines() if not line.startswith("#")}
        stored = self.query('count({__name__=~"nape_.+"})')
        self.assertEqual(int(stored[0]["value"][1]), len(told))
        # One connection for all scrapes: keep-alive outlasts the interval.
        self.assertLess(self.server.state()["connections"], 6)


if __name__ == "__main__":
    support.main()
