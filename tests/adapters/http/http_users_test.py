# SPDX-License-Identifier: Apache-2.0
"""Several users on one machine. Needs root, to become them."""
import os
import pwd
import subprocess

import support

OWNER = 61001
READER = 61002
PERSONAL = 61003
STRANGER = 65534


def as_user(uid, *command, **more):
    return subprocess.run(["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", *command],
                          capture_output=True, text=True, timeout=20, **more)


def as_user_in_background(uid, *command):
    return subprocess.Popen(["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", *command],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@support.unittest.skipUnless(os.geteuid() == 0, "needs root to become other users")
class Users(support.Case):
    """The daemon's rules are those of OWNER; nothing in them depends on which uid the process itself has."""
    settings = {"owner": OWNER, "allow": READER, "personal": PERSONAL, "request_ms": 3000}

    def curl(self, uid, target, *options):
        done = as_user(uid, "curl", "-sS", "-w", "\n%{http_code}", *options,
                       f"http://{self.server.address}{target}")
        body, _, status = done.stdout.rpartition("\n")
        return int(status or 0), body

    def stop(self):
        self.server.__exit__()

    def test_the_owner_gets_everything(self):
        status, page = self.curl(OWNER, "/metrics")
        self.assertEqual(status, 200)
        self.assertIn("nape_presence", page)
        self.assertEqual(self.curl(OWNER, "/echo", "-d", "x")[0], 200)

    def test_a_reader_and_root_get_the_team_profile_and_nothing_else(self):
        for uid in (READER, 0):
            status, page = self.curl(uid, "/metrics")
            self.assertEqual(status, 200)
            self.assertIn("nape_daily_sitting_seconds", page)
            for word in ("presence", "current_stretch", "input_events", "category", "skipped"):
                self.assertNotIn(word, page)
            self.assertEqual(self.curl(uid, "/metrics", "-I")[0], 200)
            for target, *options in (("/echo",), ("/",), ("/metrics", "-d", "x"), ("/metrics/..",), ("/state",),
                                     ("/nothing",), ("/metrics", "-X", "DELETE")):
                self.assertEqual(self.curl(uid, target, *options)[0], 403, (uid, target, options))

    def test_who_is_named_for_it_reads_the_personal_profile_and_nothing_else(self):
        status, page = self.curl(PERSONAL, "/metrics")
        self.assertEqual(status, 200)
        self.assertIn("nape_presence", page)
        self.assertEqual(self.curl(PERSONAL, "/echo")[0], 403)

    def test_others_get_403_with_their_uid_and_the_line_to_add(self):
        for target in ("/metrics", "/", "/echo", "/nothing"):
            status, text = self.curl(STRANGER, target)
            self.assertEqual(status, 403)
            self.assertIn(str(STRANGER), text)
            self.assertIn(f'allow = ["prometheus", {STRANGER}]', text)
            self.assertIn("/home/somebody/.config/nape/nape.toml", text)
            self.assertNotIn("nape_", text.replace("nape_test", ""))

    def test_a_lie_about_who_asks_changes_nothing(self):
        self.assertEqual(self.curl(STRANGER, "/metrics", "-H", "X-Forwarded-For: 127.0.0.1", "-H",
                                   "Authorization: Basic cm9vdDpyb290")[0], 403)

    def test_a_body_of_a_stranger_is_not_read(self):
        status, _ = self.curl(STRANGER, "/echo", "--data-binary", "x" * 100000)
        self.assertEqual(status, 403)

    def test_a_stranger_cannot_take_the_places_of_the_owner(self):
        hold = ("import socket, sys\n"
                "held = []\n"
                f"for _ in range(200):\n"
                f"    one = socket.create_connection(('127.0.0.1', {self.server.port}))\n"
                "    one.sendall(b'GET /metrics HTT')\n"
                "    held.append(one)\n"
                "print('held', flush=True)\n"
                "sys.stdin.read()\n")
        flood = as_user_in_background(STRANGER, "/usr/bin/python3", "-c", hold)
        self.assertEqual(flood.stdout.readline(), "held\n")
        self.assertEqual(self.curl(OWNER, "/echo")[0], 200)
        self.assertEqual(self.curl(READER, "/metrics")[0], 200)
        flood.communicate("")

    def test_a_socket_handed_down_belongs_to_who_opened_it(self):
        """The kernel names the opener; a stranger's child that becomes nobody else gains nothing."""
        code = (f"import os, socket\ns = socket.create_connection(('127.0.0.1', {self.server.port}))\n"
                f"os.setuid({OWNER})\n"
                f"s.sendall(b'GET /echo HTTP/1.1\\r\\nHost: localhost:{self.server.port}\\r\\n\\r\\n')\n"
                "print(s.recv(100).decode().split()[1])")
        done = subprocess.run(["/usr/bin/python3", "-c", code], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.stdout.strip(), "403", done.stderr)


@support.unittest.skipUnless(os.geteuid() == 0, "needs root to become other users")
class RealPrometheusUser(support.Case):
    settings = {"owner": OWNER}

    def test_the_user_of_debians_prometheus_is_allowed_by_default(self):
        try:
            uid = pwd.getpwnam("prometheus").pw_uid
        except KeyError:
            self.skipTest("there is no user prometheus here")
        done = as_user(uid, "curl", "-sS", f"http://{self.server.address}/metrics")
        self.assertIn("nape_daily_sitting_seconds", done.stdout)


if __name__ == "__main__":
    support.main()
