# SPDX-License-Identifier: Apache-2.0
"""What HTTP/1.1 asks of a server, seen from the wire and from curl."""
import subprocess

import support


class Wire(support.Case):
    def ask(self, method, target, body=None, **headers):
        with self.server.client() as client:
            return client.ask(method, target, self.server.port, body, **headers)

    def test_curl_reads_both_formats(self):
        url = f"http://{self.server.address}/metrics"
        text = subprocess.run(["curl", "-fsS", "-i", url], capture_output=True, text=True, timeout=10)
        self.assertEqual(text.returncode, 0, text.stderr)
        self.assertIn("Content-Type: text/plain; version=0.0.4; charset=utf-8", text.stdout)
        self.assertIn('nape_presence{state="active"} 1', text.stdout)
        openmetrics = subprocess.run(
            ["curl", "-fsS", "-i", "-H", "Accept: application/openmetrics-text", url],
            capture_output=True, text=True, timeout=10)
        self.assertIn("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8",
                      openmetrics.stdout)
        self.assertTrue(openmetrics.stdout.endswith("# EOF\n"))

    def test_promtool_has_nothing_to_say_of_the_real_page(self):
        page = self.server.get("/metrics").body
        lint = subprocess.run(["promtool", "check", "metrics"], input=page, capture_output=True,
                              text=True, timeout=20)
        self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))

    def test_answers_keep_pages_and_caches_away(self):
        for target in ("/metrics", "/nothing", "/echo"):
            answer = self.server.get(target)
            self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")
            self.assertEqual(answer.header("X-Frame-Options"), "DENY")
            self.assertEqual(answer.header("Cache-Control"), "no-store")
            self.assertIn("default-src 'none'", answer.header("Content-Security-Policy"))
            self.assertRegex(answer.header("Date"), r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
            self.assertNotIn("access-control-allow-origin", answer.headers)
        self.assertEqual(self.server.get("/page").header("Content-Security-Policy"),
                         "default-src 'self'")

    def test_head_has_the_length_and_no_body(self):
        with self.server.client() as client:
            head = client.ask("HEAD", "/metrics", self.server.port)
            self.assertEqual(head.status, 200)
            self.assertGreater(int(head.header("Content-Length")), 1000)
            # The next answer follows at once: nothing of a body was sent.
            self.assertEqual(client.ask("GET", "/echo", self.server.port).body[:5], "GET 0")

    def test_an_unknown_path_is_404(self):
        for target in ("/", "/metricsx", "/metrics/", "/below", "/%6detrics", "//metrics"):
            self.assertEqual(self.server.get(target).status, 404, target)

    def test_a_prefix_serves_what_is_below_it(self):
        self.assertEqual(self.server.get("/below/").status, 200)
        self.assertEqual(self.server.get("/below/deep/er?x=1").status, 200)

    def test_a_wrong_method_is_405_with_what_is_allowed(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"):
            answer = self.ask(method, "/metrics")
            self.assertEqual(answer.status, 405, method)
            self.assertEqual(answer.header("Allow"), "GET, HEAD")
        self.assertEqual(self.ask("GET", "/release").header("Allow"), "POST")

    def test_other_versions_are_505(self):
        for version in (b"HTTP/2.0", b"HTTP/0.9", b"HTTP/3.1"):
            self.assertEqual(self.raw(b"GET /echo " + version + b"\r\n\r\n").status, 505, version)
        self.assertEqual(self.raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status, 505)

    def test_what_is_no_request_is_400(self):
        host = b"Host: localhost:%d\r\n" % self.server.port
        for request in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"GET\r\n\r\n",
                        b"GET  /echo HTTP/1.1\r\n\r\n", b"GET /ec\x00ho HTTP/1.1\r\n" + host + b"\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"no colon\r\n\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"X : y\r\n\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"Content-Length: 1e3\r\n\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"Content-Length: 99999999999999999999\r\n\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                        b"GET echo HTTP/1.1\r\n" + host + b"\r\n",
                        b"OPTIONS * HTTP/1.1\r\n" + host + b"\r\n",
                        b"CONNECT localhost:443 HTTP/1.1\r\n" + host + b"\r\n",
                        b"\n\n\n\n", b"\xff\xfe\xfd\r\n\r\n"):
            answer = self.raw(request)
            self.assertIsNotNone(answer, request)
            self.assertEqual(answer.status, 400, request)
            self.assertEqual(answer.header("Connection") or "close", "close")
        self.expect_alive()

    def test_no_byte_of_a_bad_request_comes_back(self):
        host = b"Host: localhost:%d\r\n" % self.server.port
        for request in (b"GET /\xff\xfe\xc0\xaf HTTP/1.1\r\n" + host + b"\r\n",
                        b"GET /echo HTTP/1.1\r\n" + host + b"Origin: \xff\xc0zzz\r\n\r\n",
                        b"\xffzzz /echo HTTP/1.1\r\n" + host + b"\r\n",
                        b"zzz /metrics HTTP/1.1\r\n" + host + b"\r\n"):
            with self.server.client() as client:
                client.send(request)
                answer = client.read()
                self.assertIn(answer.status, (400, 403, 404, 405))
                self.assertNotIn("zzz", answer.body)
                answer.body.encode("ascii")

    def test_bodies_by_length_and_in_chunks_arrive_whole(self):
        self.assertEqual(self.ask("POST", "/echo", b"x" * 70000).body.split()[:2], ["POST", "70000"])
        with self.server.client() as client:
            client.send(b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nTransfer-Encoding: chunked\r\n\r\n"
                        b"5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nTrailer: x\r\n\r\n" % self.server.port)
            self.assertEqual(client.read().body.split()[:2], ["POST", "11"])
            self.assertEqual(client.ask("GET", "/echo", self.server.port).status, 200)

    def test_a_body_whose_end_is_doubtful_is_refused(self):
        for headers, status in (("Transfer-Encoding: chunked\r\nContent-Length: 5", 400),
                                ("Content-Length: 5\r\nTransfer-Encoding: chunked", 400),
                                ("Transfer-Encoding: gzip, chunked", 501),
                                ("Transfer-Encoding: identity", 501),
                                ("Transfer-Encoding: chunked, chunked", 501),
                                ("Transfer-Encoding: xchunked", 501),
                                ("Expect: 200-ok\r\nContent-Length: 1", 417)):
            with self.server.client() as client:
                client.send(f"POST /echo HTTP/1.1\r\nHost: localhost:{self.server.port}\r\n{headers}\r\n\r\n"
                            "0\r\n\r\nGET /state HTTP/1.1\r\n\r\n".encode())
                answer = client.read()
                self.assertIn(answer.status, (status, 400), headers)
                self.assertTrue(client.is_closed(), "what follows was taken for a request: " + headers)

    def test_curl_is_told_to_continue(self):
        done = subprocess.run(["curl", "-sS", "-i", "-H", "Expect: 100-continue", "--data-binary", "@-",
                               f"http://{self.server.address}/echo"], input=b"y" * 5000,
                              capture_output=True, timeout=10)
        self.assertIn(b"100 Continue", done.stdout)
        self.assertIn(b"POST 5000", done.stdout)

    def test_a_refused_body_is_not_invited(self):
        with self.server.client() as client:
            client.send(b"POST /nothing HTTP/1.1\r\nHost: localhost:%d\r\nExpect: 100-continue\r\n"
                        b"Content-Length: 10\r\n\r\n" % self.server.port)
            self.assertEqual(client.read().status, 404)

    def test_requests_sent_together_are_answered_in_order(self):
        with self.server.client() as client:
            one = "GET /echo?%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
            many = "".join(one % ("q" * i, self.server.port) for i in range(1, 300))
            client.send(many.encode())
            for i in range(1, 300):
                self.assertEqual(client.read().body.split()[3], str(i))

    def test_a_request_in_single_bytes_is_read(self):
        with self.server.client() as client:
            for byte in b"GET /echo HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port:
                client.send(bytes([byte]))
            self.assertEqual(client.read().status, 200)

    def test_http_1_0_closes_and_close_is_obeyed(self):
        for request in (b"GET /echo HTTP/1.0\r\nHost: localhost:%d\r\n\r\n",
                        b"GET /echo HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"):
            with self.server.client() as client:
                client.send(request % self.server.port)
                answer = client.read()
                self.assertEqual((answer.status, answer.header("Connection")), (200, "close"))
                self.assertTrue(client.is_closed())

    def test_a_handlers_bug_is_500_and_the_server_goes_on(self):
        with self.server.client() as client:
            for target in ("/throw", "/drop", "/throw"):
                answer = client.ask("GET", target, self.server.port)
                self.assertEqual(answer.status, 500)
                self.assertNotIn("bug", answer.body)
            self.assertEqual(client.ask("GET", "/empty", self.server.port).status, 204)
        self.assertEqual(self.server.state()["faults"], 2)

    def test_a_large_answer_arrives_whole(self):
        with self.server.client() as client:
            self.assertEqual(len(client.ask("GET", "/large", self.server.port).body), 16 * 1024 * 1024)


class LongPoll(support.Case):
    def test_an_answer_may_come_later(self):
        with self.server.client() as waiting:
            waiting.send(b"GET /later HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port)
            self.assertEqual(self.server.until_state("waiting", 1), 1)
            with self.server.client() as other:
                other.ask("POST", "/release", self.server.port)
            self.assertEqual(waiting.read().body, "released\n")
            self.assertEqual(waiting.ask("GET", "/echo", self.server.port).status, 200)

    def test_who_leaves_is_noticed_and_the_late_answer_goes_nowhere(self):
        for how in ("close", "half", "reset"):
            gone = self.server.state()["gone"]
            client = self.server.client()
            client.send(b"GET /later HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port)
            self.assertEqual(self.server.until_state("waiting", 1), 1)
            if how == "half":
                client.socket.shutdown(support.socket.SHUT_WR)
            elif how == "reset":
                client.socket.setsockopt(support.socket.SOL_SOCKET, support.socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                client.socket.close()
            else:
                client.socket.close()
            self.assertEqual(self.server.until_state("gone", gone + 1), gone + 1, how)
            with self.server.client() as other:
                self.assertEqual(other.ask("POST", "/release", self.server.port).body, "1\n")
            client.socket.close()

    def test_a_request_sent_behind_a_waiting_one_keeps_its_turn(self):
        with self.server.client() as client:
            request = b"GET %s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
            client.send(request % (b"/later", self.server.port))
            self.assertEqual(self.server.until_state("waiting", 1), 1)
            client.send(request % (b"/echo", self.server.port))
            before = self.server.cpu_seconds()
            support.select.select([], [], [], 0.5)
            self.assertLess(self.server.cpu_seconds() - before, 0.2, "the waiting request spins")
            with self.server.client() as other:
                other.ask("POST", "/release", self.server.port)
            self.assertEqual(client.read().body, "released\n")
            self.assertEqual(client.read().body[:5], "GET 0")

    def test_a_server_that_stops_while_somebody_waits_ends_well(self):
        with self.server.client() as client:
            client.send(b"GET /later HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port)
            self.assertEqual(self.server.until_state("waiting", 1), 1)
            self.server.process.stdin.close()
            self.assertEqual(self.server.process.wait(10), 0)
            self.assertTrue(client.is_closed())


if __name__ == "__main__":
    support.main()
