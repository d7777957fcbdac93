# SPDX-License-Identifier: Apache-2.0
"""Who may read what: file modes, and three users of one machine."""

import http.client
import os
import pathlib
import stat
import subprocess
import sys
import unittest

from session import BIN, SOURCE, Daemon, Home, wait_for

OWNER, STRANGER = 42421, 42422
DEMO = ["--replay", str(SOURCE / "packaging/demo/day.scenario"), "--speed", "60"]
ASK = ("import http.client,sys\n"
       "c=http.client.HTTPConnection('127.0.0.1',int(sys.argv[1]),timeout=10)\n"
       "c.request('GET','/metrics'); a=c.getresponse(); print(a.status); print(a.read().decode())")


def as_user(uid, *command, **more):
    return subprocess.run(["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--", *command],
                          capture_output=True, text=True, timeout=30, **more)


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


class Files(unittest.TestCase):
    def test_everything_written_is_for_the_owner_alone_whatever_the_umask(self):
        home = Home()
        self.addCleanup(home.remove)
        old = os.umask(0)
        self.addCleanup(os.umask, old)
        with Daemon(home, arguments=DEMO) as daemon:
            wait_for("the database", lambda: (daemon.state / "nape-demo.db").exists())
            for directory in (daemon.state, daemon.runtime):
                self.assertEqual(mode(directory), 0o700, directory)
            files = [path for top in (daemon.state, daemon.runtime) for path in top.rglob("*")]
            names = {path.name for path in files}
            self.assertLessEqual({"nape-demo.db", "control.sock", "http"}, names)
            for path in files:
                self.assertEqual(mode(path) & 0o077, 0, f"{path.name}: {mode(path):o}")
            self.assertEqual(mode(daemon.state / "nape-demo.db"), 0o600)
            self.assertEqual(mode(daemon.runtime / "control.sock"), 0o600)

    def test_only_loopback_is_listened_on(self):
        home = Home()
        self.addCleanup(home.remove)
        with Daemon(home, arguments=DEMO) as daemon:
            needle = f":{daemon.port:04X}"
            lines = [line.split() for name in ("tcp", "tcp6") for line in pathlib.Path(f"/proc/net/{name}").read_text().splitlines()]
            listening = [fields[1] for fields in lines if len(fields) > 3 and fields[3] == "0A" and fields[1].endswith(needle)]
            self.assertEqual(listening, [f"0100007F{needle}"])


@unittest.skipUnless(os.geteuid() == 0, "other users can only be had as root")
class People(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if as_user(OWNER, "test", "-x", str(BIN / "naped")).returncode:
            raise unittest.SkipTest("another user cannot reach the binaries here")

    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.remove)
        self.daemon = Daemon(self.home, arguments=DEMO, wrapper=[
            "setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups", "--"])
        for path in [self.home.path, *self.home.path.rglob("*")]:
            os.chown(path, OWNER, OWNER)
        self.daemon.__enter__()
        self.addCleanup(self.daemon.__exit__, None, None, None)

    def metrics_as(self, uid):
        done = as_user(uid, sys.executable, "-c", ASK, str(self.daemon.port))
        self.assertEqual(done.returncode, 0, done.stderr)
        status, body = done.stdout.split("\n", 1)
        return int(status), body

    def test_the_owner_reads_it_all_root_the_team_profile_and_a_stranger_nothing(self):
        status, mine = self.metrics_as(OWNER)
        self.assertEqual(status, 200)
        self.assertIn("nape_presence{", mine)
        self.assertIn("nape_input_events_total", mine)

        status, team = self.metrics_as(0)
        self.assertEqual(status, 200)
        self.assertIn("nape_build_info", team)
        for private in ("nape_presence", "nape_current_stretch", "nape_input", "nape_window", "nape_use_", "nape_sitting",
                        "nape_breaks_total", "nape_break_"):
            self.assertNotIn(private, team)
        self.assertLessEqual(sum(1 for line in team.splitlines() if line and not line.startswith("#")), 20)

        status, refusal = self.metrics_as(STRANGER)
        self.assertEqual(status, 403)
        self.assertIn(str(STRANGER), refusal)
        self.assertIn("allow", refusal)
        self.assertNotIn("nape_build_info", refusal)

    def test_root_gets_nothing_but_the_metrics(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon.port, timeout=10)
        connection.request("POST", "/nape.v1.Control/Status", "{}", {"Content-Type": "application/json"})
        self.assertEqual(connection.getresponse().status, 403)

    def test_a_stranger_cannot_open_the_control_socket_or_the_files(self):
        done = as_user(STRANGER, sys.executable, "-c", "import socket,sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])",
                       str(self.daemon.runtime / "control.sock"))
        self.assertIn("PermissionError", done.stderr)
        done = as_user(STRANGER, "cat", str(self.daemon.state / "nape-demo.db"))
        self.assertIn("Permission denied", done.stderr)


if __name__ == "__main__":
    unittest.main()
