# SPDX-License-Identifier: Apache-2.0
"""A real Prometheus that scrapes one naped."""

import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from session import free_port, stop_process, wait_for


class Prometheus:
    """Use it in a `with`."""

    def __init__(self, home, target_port, interval="1s"):
        self.port = free_port()
        self._directory = home.path / "prometheus"
        self._target = target_port
        self._interval = interval
        self._home = home

    def __enter__(self):
        if not shutil.which("prometheus"):
            raise AssertionError("no prometheus in PATH: packaging/test brings it")
        self._directory.mkdir()
        settings = self._directory / "prometheus.yml"
        settings.write_text(f"global: {{scrape_interval: {self._interval}, scrape_timeout: 1s}}\n"
                            "scrape_configs:\n- job_name: nape\n  static_configs:\n"
                            f"  - targets: ['127.0.0.1:{self._target}']\n")
        with open(self._directory / "log", "wb") as log:
            self._process = subprocess.Popen(
                ["prometheus", f"--config.file={settings}", f"--storage.tsdb.path={self._directory}/data",
                 f"--web.listen-address=127.0.0.1:{self.port}"],
                env=self._home.env, start_new_session=True, stdout=log, stderr=log)
        try:
            wait_for("prometheus to scrape", lambda: self._ready() and self.query("up == 1"), 60, 0.3)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        stop_process(self._process)

    def _ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _ask(self, path, **parameters):
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=15) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{parameters}: {error.read().decode()}") from error

    def query(self, expression):
        """[(labels, number)]"""
        return [(series["metric"], float(series["value"][1])) for series in self._ask("query", query=expression)["result"]]

    def number(self, expression):
        result = self.query(expression)
        assert len(result) == 1, f"{expression}: {result}"
        return result[0][1]

    def targets(self):
        return self._ask("targets")["activeTargets"]
