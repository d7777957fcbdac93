# SPDX-License-Identifier: Apache-2.0
"""Requests broken at random, with fixed seeds: every answer is a whole one, and the server lives on."""
import random

import support

SEEDS = (
    b"GET /metrics HTTP/1.1\r\nHost: localhost:%d\r\nAccept: application/openmetrics-text;q=0.5\r\n\r\n",
    b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 12\r\n\r\nhello, world",
    b"POST /echo HTTP/1.1\r\nHost: localhost:%d\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HEAD /echo?a=b HTTP/1.0\r\nHost: localhost:%d\r\nConnection: keep-alive\r\n\r\n",
)
SPLICES = (b"\r\n", b"\n", b"\0", b"\xff\xfe", b":", b" ", b"\t", b"\r\n\r\n", b"%00", b"/../", b"HTTP/9.9",
           b"Content-Length: 1\r\n", b"Transfer-Encoding: chunked\r\n", b"Expect: 100-continue\r\n",
           b"Accept: " + b"a/b;q=1," * 100 + b"\r\n", b"x" * 9000)


def broken(request, dice):
    data = bytearray(request)
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(data) + 1)
        what = dice.randrange(4)
        if what == 0:
            data[at:at] = dice.choice(SPLICES)
        elif what == 1:
            del data[at:at + dice.randint(1, 20)]
        elif what == 2 and at < len(data):
            data[at] = dice.randrange(256)
        else:
            data[at:at] = data[dice.randrange(len(data) + 1):][:40]
    return bytes(data)


class Fuzz(support.Case):
    settings = {"request_ms": 30}

    def test_broken_requests_get_whole_answers(self):
        dice = random.Random(20261122)
        statuses = {}
        for _ in range(800):
            request = broken(dice.choice(SEEDS) % self.server.port, dice)
            with self.server.client() as client:
                try:
                    client.send(request)
                    answer = client.read("HEAD" if request.startswith(b"HEAD") else "GET")
                except ConnectionError:
                    answer = None
                status = answer.status if answer else None
                statuses[status] = statuses.get(status, 0) + 1
        self.assertLessEqual(set(statuses), {None, 200, 400, 403, 404, 405, 408, 413, 417, 431, 501, 505})
        self.assertGreater(statuses.get(400, 0), 100, statuses)
        self.expect_alive()

    def test_noise_is_survived(self):
        dice = random.Random(7)
        for _ in range(300):
            with self.server.client() as client:
                try:
                    client.send(dice.randbytes(dice.randint(1, 20000)))
                    client.read()
                except (ConnectionError, ValueError):
                    pass
        self.expect_alive()


if __name__ == "__main__":
    support.main()
