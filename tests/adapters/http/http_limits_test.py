# SPDX-License-Identifier: Apache-2.0
"""Sizes and times: what is too much is told, and holds nobody else up."""
import time

import support


class Sizes(support.Case):
    def head(self, extra):
        return f"GET /echo HTTP/1.1\r\nHost: localhost:{self.server.port}\r\n{extra}\r\n\r\n".encode()

    def test_a_head_of_8_kib_passes_and_a_longer_one_is_431(self):
        empty = len(self.head("X: "))
        self.assertEqual(self.raw(self.head("X: " + "a" * (8192 - empty))).status, 200)
        self.assertEqual(self.raw(self.head("X: " + "a" * (8192 + 64 - empty))).status, 431)
        self.assertEqual(self.raw(self.head("X: " + "a" * 200000)).status, 431)
        self.assertEqual(self.raw(b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\n\r\n").status, 431)
        self.assertEqual(self.raw(self.head("\r\n".join(f"X{i}: y" for i in range(2000)))).status, 431)
        self.expect_alive()

    def test_a_head_without_end_is_431(self):
        with self.server.client() as client:
            client.send(b"GET /echo HTTP/1.1\r\n" + b"X: y\r\n" * 3000)
            self.assertEqual(client.read().status, 431)

    def test_a_body_of_1_mib_passes_and_a_longer_one_is_413(self):
        with self.server.client() as client:
            self.assertEqual(client.ask("POST", "/echo", self.server.port, b"x" * 1048576).body.split()[1],
                             "1048576")
        with self.server.client() as client:
            self.assertEqual(client.ask("POST", "/echo", self.server.port, b"x" * 1048577).status, 413)
            self.assertTrue(client.is_closed())

    def test_a_length_that_promises_too_much_is_413_before_a_byte_of_it(self):
        answer = self.raw(b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 900000000000\r\n\r\n"
                          % self.server.port)
        self.assertEqual(answer.status, 413)

    def test_chunks_that_add_up_to_too_much_are_413(self):
        with self.server.client() as client:
            client.send(b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nTransfer-Encoding: chunked\r\n\r\n"
                        % self.server.port)
            chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
            try:
                for _ in range(40):
                    client.send(chunk)
            except ConnectionError:
                pass
            self.assertEqual(client.read().status, 413)

    def test_one_chunk_that_claims_too_much_is_refused(self):
        for size in (b"FFFFFFFF", b"7FFFFFFFFFFFFFFF", b"FFFFFFFFFFFFFFFFFF"):
            with self.server.client() as client:
                client.send(b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nTransfer-Encoding: chunked\r\n\r\n"
                            % self.server.port + size + b"\r\n")
                self.assertIn(client.read().status, (400, 413), size)

    def test_a_length_that_promises_too_little_makes_no_second_request_of_the_rest(self):
        with self.server.client() as client:
            client.send(b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 2\r\n\r\nxx\xff\xffgarbage\r\n\r\n"
                        % self.server.port)
            self.assertEqual(client.read().body.split()[1], "2")
            self.assertEqual(client.read().status, 400)
            self.assertTrue(client.is_closed())


class Times(support.Case):
    settings = {"request_ms": 600, "idle_ms": 900, "send_ms": 600}

    def seconds_until_closed(self, client):
        start = time.monotonic()
        client.is_closed()
        return time.monotonic() - start

    def test_who_says_nothing_is_left_without_a_word(self):
        with self.server.client() as client:
            start = time.monotonic()
            self.assertIsNone(client.read())
            self.assertLess(abs(time.monotonic() - start - 0.6), 0.4)

    def test_a_slow_head_is_408(self):
        """Each byte comes in time, the whole does not: the limit is on the request."""
        with self.server.client() as client:
            start = time.monotonic()
            try:
                for byte in b"GET /echo HTTP/1.1\r\nX-Slow: " + b"z" * 200:
                    client.send(bytes([byte]))
                    if support.select.select([client.socket], [], [], 0.05)[0]:
                        break
            except ConnectionError:
                pass
            self.assertEqual(client.read().status, 408)
            self.assertLess(time.monotonic() - start, 2)

    def test_a_body_that_does_not_come_is_408(self):
        with self.server.client() as client:
            client.send(b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 10\r\n\r\nabc"
                        % self.server.port)
            self.assertEqual(client.read().status, 408)
            self.assertTrue(client.is_closed())

    def test_a_later_request_has_its_own_time(self):
        with self.server.client() as client:
            self.assertEqual(client.ask("GET", "/echo", self.server.port).status, 200)
            support.select.select([], [], [], 0.7)
            client.send(b"GET /echo HT")
            support.select.select([], [], [], 0.3)
            client.send(b"TP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port)
            self.assertEqual(client.read().status, 200)

    def test_an_idle_connection_is_closed_in_the_end(self):
        with self.server.client() as client:
            self.assertEqual(client.ask("GET", "/echo", self.server.port).status, 200)
            self.assertLess(abs(self.seconds_until_closed(client) - 0.9), 0.4)

    def test_waiting_for_a_late_answer_takes_as_long_as_it_takes(self):
        with self.server.client() as client:
            client.send(b"GET /later HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port)
            support.select.select([], [], [], 1.5)
            with self.server.client() as other:
                other.ask("POST", "/release", self.server.port)
            self.assertEqual(client.read().body, "released\n")

    def test_who_does_not_read_is_dropped(self):
        with self.server.client() as client:
            client.send(b"GET /large HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % self.server.port)
            support.select.select([], [], [], 1.5)
            got = 0
            try:
                while data := client.socket.recv(1 << 20):
                    got += len(data)
            except ConnectionError:
                pass
            self.assertLess(got, 16 * 1024 * 1024)
        self.expect_alive()


class DefaultTimes(support.Case):
    def test_five_seconds_are_given_to_a_request(self):
        with self.server.client(timeout=20) as client:
            start = time.monotonic()
            client.send(b"GET /echo HTTP/1.1\r\n")
            self.assertEqual(client.read().status, 408)
            self.assertLess(abs(time.monotonic() - start - 5), 1)


if __name__ == "__main__":
    support.main()
