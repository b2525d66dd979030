#!/usr/bin/env python3
"""Every fault as a client meets it on the wire, and the ledger's truth about it.

    wire_faults_test.py APOLLO_SANDBOX

The client is a bare TLS socket: nothing between the test and the bytes mends anything.
"""

import json
import pathlib
import socket
import ssl
import sys
import time
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from apollo_sandbox import WELCOME, Sandbox, contact

PROGRAM = "apollo-sandbox"  # set from the command line


class Heard:
    """All that came until the connection ended, and how it ended: closed, cut, reset, open."""

    def __init__(self, data, ending):
        self.data = data
        self.ending = ending
        self.head, _, self.body = data.partition(b"\r\n\r\n")
        self.status = int(data[9:12]) if len(data) > 12 else None

    def field(self, name):
        for line in self.head.decode().split("\r\n")[1:]:
            key, _, value = line.partition(": ")
            if key == name:
                return value
        return None


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox(PROGRAM, "--limits", "unlimited", "--plain-port", "0")
        cls.addClassCleanup(cls.sandbox.end_well)

    def setUp(self):
        self.sandbox.set_faults([])
        self.sandbox.reset()

    def hear(self, fault, *, until=None, seconds=20, contacts=3, plain=False):
        """Adds contacts under a fault on a connection of its own, and listens to its end."""
        self.sandbox.set_faults([{"route": "add_contact_ids", **fault}])
        target = Sandbox.add_target(WELCOME, [contact(number) for number in range(contacts)])
        if plain:
            connection = socket.create_connection(("127.0.0.1", self.sandbox.plain_port), seconds)
        else:
            connection = self.sandbox.connect(seconds)
        connection.sendall(
            f"POST {target} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {self.sandbox.key}\r\n"
            "Content-Length: 0\r\n\r\n".encode()
        )
        data, ending = b"", "open"
        try:
            while until is None or not until(data):
                portion = connection.recv(65536)
                if not portion:
                    ending = "closed"  # with TLS's goodbye
                    break
                data += portion
        except ssl.SSLError as error:
            # Some versions of Python have an exception of its own for it, SSLEOFError.
            self.assertIn("EOF", str(error))
            ending = "cut"
        except ConnectionResetError:
            ending = "reset"
        except (TimeoutError, socket.timeout):
            pass
        connection.close()
        return Heard(data, ending)

    def added(self):
        return self.sandbox.ledger("?contacts=false")["totals"]["added"]

    def record(self):
        return self.sandbox.requests()[-1]

    def test_drop_after_the_work(self):
        heard = self.hear({"kind": "drop"})
        self.assertEqual((heard.data, heard.ending), (b"", "cut"))
        self.assertEqual(self.added(), 3)
        self.assertIsNone(self.record()["status"])
        self.assertEqual(self.record()["added"], 3)

    def test_drop_before_the_work(self):
        heard = self.hear({"kind": "drop", "when": "before", "close_notify": True})
        self.assertEqual((heard.data, heard.ending), (b"", "closed"))
        self.assertEqual(self.added(), 0)

    def test_reset(self):
        # Without TLS: Python's ssl does not tell a reset from a missing goodbye.
        heard = self.hear({"kind": "reset"}, plain=True)
        self.assertEqual((heard.data, heard.ending), (b"", "reset"))
        self.assertEqual(self.added(), 3)
        self.hear({"kind": "reset", "when": "before"})
        self.assertEqual(self.added(), 3)

    def test_hang(self):
        heard = self.hear({"kind": "hang"}, seconds=1)
        self.assertEqual((heard.data, heard.ending), (b"", "open"))
        self.assertEqual(self.added(), 3)

    def test_half_header_and_half_body(self):
        heard = self.hear({"kind": "half_header"})
        self.assertTrue(heard.data.startswith(b"HTTP/1.1 200 OK\r\n"))
        self.assertNotIn(b"\r\n\r\n", heard.data)
        self.assertEqual(heard.ending, "cut")
        self.sandbox.reset()
        heard = self.hear({"kind": "half_body"})
        self.assertEqual(len(heard.body), int(heard.field("content-length")) // 2)
        self.assertEqual(heard.ending, "cut")
        self.assertEqual(self.added(), 3)
        self.assertFalse(self.record()["whole"])

    def test_half_an_answer_and_a_reset(self):
        for kind in ("half_header", "half_body"):
            heard = self.hear({"kind": kind, "reset": True}, plain=True)
            self.assertEqual(heard.ending, "reset")
            self.assertTrue(b"HTTP/1.1 200 OK".startswith(heard.data[:15]))

    def test_wrong_length(self):
        heard = self.hear({"kind": "wrong_length", "by": 7})
        self.assertEqual(int(heard.field("content-length")), len(heard.body) + 7)
        self.assertEqual(heard.ending, "closed")

    def test_bad_chunks(self):
        heard = self.hear({"kind": "bad_chunks"})
        self.assertEqual(heard.field("transfer-encoding"), "chunked")
        size, _, rest = heard.body.partition(b"\r\n")
        self.assertTrue(rest[int(size, 16) :].startswith(b"\r\nzz\r\n"))

    def test_slow_body(self):
        began = time.monotonic()
        heard = self.hear(
            {"kind": "slow_body", "bytes": 1000, "ms": 30}, until=lambda data: data.endswith(b"}")
            and b"signals_hash" in data
        )
        self.assertGreater(time.monotonic() - began, 0.3)  # at least ten pauses
        self.assertEqual(len(json.loads(heard.body)["contacts"]), 3)

    def until_whole(self, data):
        head, _, body = data.partition(b"\r\n\r\n")
        length = [line for line in head.split(b"\r\n") if line.startswith(b"content-length: ")]
        return bool(length) and len(body) == int(length[0].split()[1])

    def test_broken_bodies_in_good_http(self):
        for kind in ("broken_json", "html", "deep_json"):
            with self.subTest(kind):
                self.sandbox.reset()
                heard = self.hear({"kind": kind, "bytes": 5000}, until=self.until_whole)
                self.assertEqual((heard.status, heard.ending), (200, "open"))
                self.assertEqual(self.added(), 3)
                if kind == "deep_json":
                    self.assertIn(b"[" * 5000 + b"]" * 5000, heard.body)
                else:
                    with self.assertRaises(ValueError):
                        json.loads(heard.body)

    def test_endless_body(self):
        heard = self.hear({"kind": "endless_body"}, until=lambda data: len(data) > 5_000_000)
        self.assertGreater(len(heard.data), 5_000_000)
        self.assertEqual(heard.ending, "open")

    def test_gzip_bomb(self):
        size = 64 << 20
        heard = self.hear(
            {"kind": "gzip_bomb", "bytes": size}, until=lambda data: data.endswith(b"\r\n0\r\n\r\n")
        )
        self.assertEqual(heard.field("content-encoding"), "gzip")
        packed, rest = b"", heard.body
        while True:
            length, _, rest = rest.partition(b"\r\n")
            if int(length, 16) == 0:
                break
            packed += rest[: int(length, 16)]
            rest = rest[int(length, 16) + 2 :]
        self.assertLess(len(packed), size // 100)
        unpacker = zlib.decompressobj(31)
        self.assertEqual(len(unpacker.decompress(packed)), size)
        self.assertTrue(unpacker.eof)

    def test_statuses_before_and_after_the_work(self):
        heard = self.hear({"kind": "status", "status": 503}, until=self.until_whole)
        self.assertEqual(heard.status, 503)
        self.assertIn(b"<h1>503 Service Unavailable</h1>", heard.body)
        self.assertIsNone(heard.field("x-minute-usage"))
        self.assertEqual(self.added(), 0)
        heard = self.hear(
            {"kind": "status", "status": 500, "body": "json", "when": "after"},
            until=self.until_whole,
        )
        self.assertEqual(json.loads(heard.body), {"error": "Internal Server Error"})
        self.assertEqual(self.added(), 3)

    def test_a_batch_that_is_refused_for_its_size_or_for_one_contact(self):
        for status in (400, 413, 414, 422):
            fault = {"kind": "status", "status": status, "body": "empty", "over": 2}
            self.assertEqual(self.hear(fault, until=self.until_whole).status, status)
            fault = {"kind": "status", "status": status, "contact": contact(2)}
            self.assertEqual(self.hear(fault, until=self.until_whole).status, status)
        self.assertEqual(self.added(), 0)
        self.assertEqual(self.hear(fault, until=self.until_whole, contacts=2).status, 200)
        self.assertEqual(self.added(), 2)

    def test_rate_limit_and_redirect(self):
        heard = self.hear({"kind": "rate_limit", "retry_after": 11}, until=self.until_whole)
        self.assertEqual((heard.status, heard.field("retry-after")), (429, "11"))
        heard = self.hear({"kind": "rate_limit"}, until=self.until_whole)
        self.assertEqual((heard.status, heard.field("retry-after")), (429, None))
        heard = self.hear(
            {"kind": "redirect", "location": "https://localhost:1/x"}, until=self.until_whole
        )
        self.assertEqual((heard.status, heard.field("location")), (302, "https://localhost:1/x"))
        self.assertEqual(self.added(), 0)

    def test_ways_to_close(self):
        heard = self.hear({"kind": "close"})
        self.assertEqual((heard.field("connection"), heard.ending), ("close", "closed"))
        heard = self.hear({"kind": "close_silently"})
        self.assertEqual((heard.field("connection"), heard.ending), (None, "cut"))
        heard = self.hear({"kind": "close_silently", "close_notify": True})
        self.assertEqual((heard.field("connection"), heard.ending), (None, "closed"))

    def test_a_session_that_is_forgotten_is_not_resumed(self):
        def answered(fault, session):
            """Whether the session was resumed, and the one to resume next."""
            self.sandbox.set_faults([fault])
            target = Sandbox.add_target(WELCOME, [contact(1)])
            raw = socket.create_connection((self.sandbox.address, self.sandbox.port), 20)
            with self.sandbox.tls.wrap_socket(
                raw, server_hostname="localhost", session=session
            ) as connection:
                connection.sendall(
                    f"POST {target} HTTP/1.1\r\nHost: localhost\r\n"
                    f"x-api-key: {self.sandbox.key}\r\nContent-Length: 0\r\n\r\n".encode()
                )
                while connection.recv(65536):
                    pass
                return connection.session_reused, connection.session

        _, session = answered({"kind": "close"}, None)
        resumed, session = answered({"kind": "close"}, session)
        self.assertTrue(resumed)
        resumed, session = answered({"kind": "forget_session"}, session)
        self.assertTrue(resumed)
        resumed, session = answered({"kind": "close"}, session)
        self.assertFalse(resumed)
        resumed, _ = answered({"kind": "close"}, session)
        self.assertTrue(resumed)

    def test_new_keys_before_the_answer(self):
        heard = self.hear({"kind": "renew_keys"}, until=self.until_whole)
        self.assertEqual((heard.status, heard.ending), (200, "open"))
        self.assertEqual(self.added(), 3)

    def test_100_continue_before_the_answer(self):
        heard = self.hear(
            {"kind": "continue_first"}, until=lambda data: data.endswith(b'"signals_hash":null}')
        )
        self.assertTrue(heard.data.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))

    def test_shapes(self):
        heard = self.hear(
            {"kind": "shape", "shape": {"contacts": "ids", "unnamed": 1}}, until=self.until_whole
        )
        self.assertEqual(json.loads(heard.body)["contacts"], [contact(1), contact(2)])
        self.assertEqual(self.added(), 3)

    def test_the_same_seed_strikes_the_same_requests(self):
        patterns = []
        faults = [{"kind": "status", "status": 500, "probability": 0.4}]
        for seed in (7, 7, 8):
            with Sandbox(PROGRAM, "--seed", seed, "--plan", "organization", faults=faults) as own:
                patterns.append([own.add(WELCOME, [contact(n)]).status for n in range(40)])
        self.assertEqual(patterns[0], patterns[1])
        self.assertNotEqual(patterns[0], patterns[2])
        self.assertEqual(set(patterns[0]), {200, 500})


if __name__ == "__main__":
    if len(sys.argv) > 1:
        PROGRAM = sys.argv.pop(1)
    unittest.main()
