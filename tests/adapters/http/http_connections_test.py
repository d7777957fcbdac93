# SPDX-License-Identifier: Apache-2.0
"""Connections in numbers, the Unix socket, and what an idle server costs."""
import os
import stat
import subprocess
import tempfile

import support


class Floods(support.Case):
    def test_the_ninth_connection_is_told_and_the_eight_go_on(self):
        eight = [self.server.client() for _ in range(8)]
        for client in eight:
            self.assertEqual(client.ask("GET", "/echo", self.server.port).status, 200)
        with self.server.client() as ninth:
            answer = ninth.read()
            self.assertTrue(answer is None or answer.status == 503)
        for client in eight:
            self.assertEqual(client.ask("GET", "/echo", self.server.port).status, 200)
        eight.pop().socket.close()
        support.select.select([], [], [], 0.1)
        self.expect_alive()
        for client in eight:
            client.socket.close()

    def test_a_flood_of_short_connections_is_survived(self):
        for _ in range(500):
            with self.server.client() as client:
                client.send(b"GET / HT")
        support.select.select([], [], [], 0.2)
        self.expect_alive()
        self.assertGreaterEqual(self.server.state()["connections"], 1)


class FewFiles(support.Case):
    settings = {"files": 12}

    def test_without_descriptors_the_server_waits_instead_of_spinning(self):
        if support.is_sanitized():
            self.skipTest("UBSan looks at objects through a pipe, and takes one that it cannot open for a fault")
        clients = [self.server.client() for _ in range(20)]
        support.select.select([], [], [], 0.3)
        before = self.server.cpu_seconds()
        support.select.select([], [], [], 1.5)
        self.assertLess(self.server.cpu_seconds() - before, 0.3)
        for client in clients:
            client.socket.close()
        support.select.select([], [], [], 1.3)
        self.expect_alive()


class Idle(support.Case):
    def test_a_server_that_nobody_talks_to_is_never_woken(self):
        with self.server.client() as client:
            client.ask("GET", "/metrics", self.server.port)
        # The deadlines of that request have passed by then.
        support.select.select([], [], [], 6)
        before = self.server.switches()
        support.select.select([], [], [], 5)
        self.assertEqual(self.server.switches(), before)


class UnixSocket(support.Case):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="nape-http-")
        self.addCleanup(directory.cleanup)
        self.path = os.path.join(directory.name, "run", "control.sock")
        self.settings = {"socket": self.path, "address": ""}
        super().setUp()

    def test_it_is_private(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(self.path)).st_mode), 0o700)

    def test_any_host_or_none_is_served(self):
        for head in ("", "Host: anything\r\n", "Host: \r\n"):
            with self.server.unix_client() as client:
                client.send(f"GET /echo HTTP/1.1\r\n{head}\r\n".encode())
                answer = client.read()
                self.assertEqual((answer.status, answer.body.split()[-1]), (200, "unix"))

    def test_curl_is_a_client(self):
        done = subprocess.run(["curl", "-sS", "--unix-socket", self.path, "-d", "hello", "http://nape/echo"],
                              capture_output=True, text=True, timeout=10)
        self.assertEqual(done.stdout, f"POST 5 {os.geteuid()} 0 unix\n")

    def test_more_than_eight_may_wait_here(self):
        clients = [self.server.unix_client() for _ in range(20)]
        for client in clients:
            client.send(b"GET /later HTTP/1.1\r\n\r\n")
        with self.server.unix_client() as other:
            for _ in range(100):
                other.send(b"GET /state HTTP/1.1\r\n\r\n")
                if '"waiting":20' in other.read().body:
                    break
            other.send(b"POST /release HTTP/1.1\r\n\r\n")
            self.assertEqual(other.read().body, "20\n")
        for client in clients:
            self.assertEqual(client.read().body, "released\n")
            client.socket.close()

    def test_a_second_daemon_does_not_take_it(self):
        with support.Server(socket=self.path, address="") as second:
            self.assertIn("another daemon", second.error)
        with self.server.unix_client() as client:
            client.send(b"GET /echo HTTP/1.1\r\n\r\n")
            self.assertEqual(client.read().status, 200)

    def test_it_is_gone_after_a_stop_and_replaced_after_a_kill(self):
        self.server.process.kill()
        self.server.process.wait()
        self.server.__exit__()
        self.assertTrue(os.path.exists(self.path))
        self.server = support.Server(socket=self.path, address="")
        self.assertEqual(self.server.error, "")
        self.server.__exit__()
        self.assertFalse(os.path.exists(self.path))


class Ports(support.unittest.TestCase):
    def test_the_next_free_port_is_taken(self):
        with support.Server() as first:
            with support.Server(first_port=first.port, last_port=first.port + 9) as second:
                self.assertEqual(second.error, "")
                self.assertGreater(second.port, first.port)
                self.assertEqual(second.get("/echo").status, 200)
            with support.Server(first_port=first.port) as third:
                self.assertIn(str(first.port), third.error)

    def test_only_loopback_is_served(self):
        with support.Server(address="0.0.0.0") as server:
            self.assertIn("loopback", server.error)


if __name__ == "__main__":
    support.main()
