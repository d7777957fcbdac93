# SPDX-License-Identifier: Apache-2.0
"""`nape` and curl against the real daemon, which plays the bundled day."""

import http.client
import json
import select
import signal
import socket
import subprocess
import time
import unittest

from session import BIN, SOURCE, Daemon, Home

DEMO = ["--replay", str(SOURCE / "packaging/demo/day.scenario"), "--speed", "60"]
PATH = "/nape.v1.Control/"


class OverSocket(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=10)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Cli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cls.addClassCleanup(cls.home.remove)
        cls.daemon = Daemon(cls.home, arguments=DEMO)
        cls.addClassCleanup(cls.daemon.__exit__, None, None, None)
        cls.daemon.__enter__()
        cls.env = cls.home.env | cls.daemon.env

    def nape(self, *words, code=0):
        done = subprocess.run([str(BIN / "nape"), *words], env=self.env, capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, code, f"nape {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def ask(self, method, body, verb="POST", **headers):
        connection = OverSocket(str(self.daemon.runtime / "control.sock"))
        given = {"Content-Type": "application/json"} | {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request(verb, PATH + method, body, given)
        answer = connection.getresponse()
        told = answer.status, answer.getheader("Content-Type"), answer.read()
        connection.close()
        return told

    def status(self):
        return json.loads(self.nape("status", "--json"))

    def test_status_is_a_page_and_a_json_object_and_says_that_it_is_a_demo(self):
        self.assertIn("A demo: a recorded day at 60 times the speed.", self.nape("status"))
        status = self.status()
        self.assertTrue(status["demo"])
        self.assertEqual(status["speed"], 60)
        self.assertEqual([kind["name"] for kind in status["kinds"]], ["micro", "rest"])
        self.assertIsInstance(status["kinds"][0]["owed_seconds"], (int, float))

    def test_every_looking_command_answers_in_both_forms(self):
        for words in (["today"], ["why"], ["plugins"]):
            self.assertTrue(self.nape(*words).strip(), words)
            self.assertIsInstance(json.loads(self.nape(*words, "--json")), dict)
        self.assertIn("replay", self.nape("plugins"))

    def test_the_day_that_is_running_is_told_and_one_to_come_is_refused(self):
        day = json.loads(self.nape("today", "--json"))["day"]
        self.assertEqual(day, self.status()["day"])
        self.nape("today", "--day", day)
        self.nape("today", "--day", "2199-01-01", code=1)
        self.nape("today", "--day", "soon", code=1)

    def test_a_pause_is_in_force_until_it_is_resumed(self):
        self.nape("pause", "1h")
        status = self.status()
        self.assertTrue(status["paused"])
        self.assertAlmostEqual(status["paused_until_unix_seconds"] - status["at_unix_seconds"], 3600, delta=600)
        self.nape("resume")
        self.assertFalse(self.status()["paused"])

    def test_what_cannot_be_done_is_told_with_exit_code_1(self):
        self.nape("break", "start", "lunch", code=1)
        self.nape("why", "lunch", code=1)
        self.nape("record", "--stop", code=1)

    def test_a_bar_reads_one_line_of_json(self):
        line = self.nape("status", "--format", "waybar")
        self.assertEqual(line.count("\n"), 1)
        self.assertEqual(set(json.loads(line)), {"text", "tooltip", "class", "percentage"})
        self.assertEqual(self.nape("status", "--format", "i3blocks").count("\n"), 3)

    def test_watch_tells_a_change_at_once_and_sleeps_in_between(self):
        process = subprocess.Popen([str(BIN / "nape"), "status", "--watch", "--json"], env=self.env, stdout=subprocess.PIPE,
                                   text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

        def line_with(standing):
            until = time.monotonic() + 10
            while select.select([process.stdout], [], [], max(0, until - time.monotonic()))[0]:
                if json.loads(process.stdout.readline())["standing"] == standing:
                    return True
            self.fail(f"no line with standing={standing}")

        line_with(False)
        self.nape("desk", "stand")
        line_with(True)
        self.nape("desk", "sit")
        line_with(False)

    def test_a_recording_is_written_until_ctrl_c(self):
        path = self.home.path / "copy.rec"
        process = subprocess.Popen([str(BIN / "nape"), "record", str(path)], env=self.env, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.assertIn(str(path), process.stdout.readline())
        self.assertEqual(self.status()["recording"], str(path))
        self.nape("record", str(self.home.path / "second.rec"), code=1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(10), 0)
        self.assertEqual(self.status()["recording"], "")
        self.assertTrue(path.exists())

    def test_curl_is_a_client(self):
        told = subprocess.run(["curl", "-sS", "--unix-socket", str(self.daemon.runtime / "control.sock"), "-H",
                               "Content-Type: application/json", "-d", "{}", f"http://localhost{PATH}Version"],
                              capture_output=True, text=True, timeout=20, check=True).stdout
        self.assertEqual(json.loads(told)["pid"], self.daemon.pid)

    def test_malformed_calls_are_refused_by_the_protocols_rules(self):
        deep = b'{"kind":' + b"[" * 5000 + b"]" * 5000 + b"}"
        for expected, code, arguments in (
                (400, "invalid_argument", ("Why", b"{")),
                (400, "invalid_argument", ("Why", b"")),
                (400, "invalid_argument", ("Why", b'{"kind":"\xff\xfe"}')),
                (400, "invalid_argument", ("Why", b'{"\xff\xfe":1}')),
                (400, "invalid_argument", ("Why", deep)),
                (400, "invalid_argument", ("Why", b'{"nope":1}')),
                (501, "unimplemented", ("Nope", b"{}"))):
            status, kind, body = self.ask(*arguments)
            self.assertEqual((status, kind), (expected, "application/json"), arguments)
            self.assertEqual(json.loads(body)["code"], code)
        self.assertEqual(self.ask("Status", b"{}", Content_Type="text/plain")[0], 415)
        self.assertEqual(self.ask("Status", b"{}", Content_Encoding="gzip")[0], 501)
        self.assertEqual(self.ask("Status", b"{}", Connect_Protocol_Version="2")[0], 400)
        self.assertEqual(self.ask("Status", None, "GET")[0], 405)
        self.assertEqual(self.ask("Why", b" " * (2 << 20))[0], 413)
        self.assertEqual(self.ask("Status", b"{}")[0], 200)

    def test_a_call_that_runs_out_of_time_says_so(self):
        # The recorded day may change something meanwhile, which is an answer too.
        for _ in range(50):
            revision = self.status()["revision"]
            status, _, body = self.ask("Watch", json.dumps({"since": revision}), Connect_Timeout_Ms="1")
            if status == 504:
                self.assertEqual(json.loads(body)["code"], "deadline_exceeded")
                return
        self.fail("never ran out of time")


class NotRunning(unittest.TestCase):
    def test_it_says_how_to_start_the_daemon(self):
        home = Home()
        self.addCleanup(home.remove)
        done = subprocess.run([str(BIN / "nape"), "status"], env=home.env, capture_output=True, text=True, timeout=10)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        self.assertIn("systemctl --user start naped", done.stderr)

    def test_watch_ends_with_the_daemon(self):
        home = Home()
        self.addCleanup(home.remove)
        with Daemon(home, arguments=DEMO) as daemon:
            env = home.env | daemon.env
            with subprocess.Popen([str(BIN / "nape"), "status", "--watch", "--json"], env=env, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True) as process:
                self.addCleanup(process.kill)
                process.stdout.readline()
                self.assertEqual(daemon.stop(), 0)
                process.stdout.read()
                self.assertIn(process.wait(10), (1, 3, 4))


if __name__ == "__main__":
    unittest.main()
