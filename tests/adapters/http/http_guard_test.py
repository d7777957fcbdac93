# SPDX-License-Identifier: Apache-2.0
"""What a web page in the person's own browser could try."""
import support


class Pages(support.Case):
    def ask(self, *lines):
        text = "GET /metrics HTTP/1.1\r\n" + "".join(line + "\r\n" for line in lines) + "\r\n"
        return self.raw(text.encode())

    def test_a_rebound_name_is_refused(self):
        port = self.server.port
        for host in ("evil.example", f"evil.example:{port}", f"localhost:{port + 1}", "localhost",
                     f"127.0.0.1:{port}.evil.example", f"0.0.0.0:{port}", f"[::]:{port}", f"a@localhost:{port}"):
            answer = self.ask(f"Host: {host}")
            self.assertEqual(answer.status, 403, host)
            self.assertNotIn("evil", answer.body)

    def test_own_names_are_served(self):
        for host in ("localhost", "127.0.0.1", "[::1]", "LOCALHOST"):
            self.assertEqual(self.ask(f"Host: {host}:{self.server.port}").status, 200, host)

    def test_no_host_or_two_are_400(self):
        own = f"Host: localhost:{self.server.port}"
        self.assertEqual(self.ask().status, 400)
        self.assertEqual(self.ask(own, own).status, 400)
        self.assertEqual(self.ask(own, "Host: evil.example").status, 403)

    def test_requests_of_other_pages_are_refused(self):
        own = f"Host: localhost:{self.server.port}"
        for line in ("Origin: http://evil.example", "Origin: null", "Referer: https://evil.example/",
                     "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://localhost:1"):
            answer = self.ask(own, line)
            self.assertEqual(answer.status, 403, line)
            self.assertNotIn("access-control-allow-origin", answer.headers)

    def test_a_preflight_is_not_granted(self):
        with self.server.client() as client:
            answer = client.ask("OPTIONS", "/echo", self.server.port, Origin="http://evil.example",
                                Access_Control_Request_Method="POST")
            self.assertEqual(answer.status, 403)
            self.assertFalse([name for name in answer.headers if name.startswith("access-control")])

    def test_the_own_page_is_served(self):
        own = f"http://localhost:{self.server.port}"
        self.assertEqual(self.ask(f"Host: localhost:{self.server.port}", f"Origin: {own}", f"Referer: {own}/page",
                                  "Sec-Fetch-Site: same-origin").status, 200)

    def test_an_absolute_target_counts_as_a_host(self):
        own = b"Host: localhost:%d\r\n\r\n" % self.server.port
        self.assertEqual(self.raw(b"GET http://evil.example/metrics HTTP/1.1\r\n" + own).status, 400)
        self.assertEqual(self.raw(b"GET http://localhost:%d/metrics HTTP/1.1\r\n" % self.server.port + own).status,
                         200)


if __name__ == "__main__":
    support.main()
