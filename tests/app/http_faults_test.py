#!/usr/bin/env python3
"""Whatever a network, a proxy or a server does: the report says what the ledger says.

    http_faults_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]

Each fault strikes alone, and then all strike at once a run of 20,000 rows. FAULT_ROWS and FAULT_SEED
in the environment make it another run.
"""

import base64
import collections
import os
import pathlib
import random
import socket
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, EndToEnd, contact, sequence, small_world
from faulty_proxy import Answer, Cut, Drip, FaultyProxy, Refuse, Reset

ADDED = ("added", "")
THERE_ALREADY = ("already_in_sequence", "answer_lost")
NOT_LIMITED = ["--minute-limit=0", "--hour-limit=0", "--day-limit=0", "--quiet"]

# Whether Apollo does the work although its answer is lost: the try after it finds everyone there.
LOST_ANSWERS = [
    {"kind": "drop"}, {"kind": "drop", "close_notify": True}, {"kind": "reset"},
    {"kind": "half_header"}, {"kind": "half_header", "reset": True},
    {"kind": "half_body"}, {"kind": "half_body", "reset": True},
    {"kind": "half_body", "close_notify": True},
    {"kind": "wrong_length"}, {"kind": "wrong_length", "by": -100}, {"kind": "bad_chunks"},
    {"kind": "endless_body"}, {"kind": "gzip_bomb", "bytes": 100_000_000},
    {"kind": "html"}, {"kind": "broken_json"}, {"kind": "deep_json"},
    {"kind": "status", "status": 502, "when": "after"},
]  # fmt: skip
NOTHING_DONE = [
    {"kind": "drop", "when": "before"}, {"kind": "reset", "when": "before"},
    {"kind": "status", "status": 503}, {"kind": "status", "status": 500, "body": "json"},
    {"kind": "status", "status": 408},
]  # fmt: skip
# The answer comes, and is good.
HARMLESS = [
    {"kind": "slow_body", "bytes": 4096, "ms": 1}, {"kind": "latency", "ms": 5},
    {"kind": "continue_first"}, {"kind": "close"}, {"kind": "close_silently"},
    {"kind": "close_silently", "close_notify": True},
    {"kind": "forget_session"}, {"kind": "renew_keys"},
]  # fmt: skip
OF_THE_QUOTA = [{"kind": "rate_limit", "retry_after": 1}, {"kind": "rate_limit"}]

HANDSHAKE = 200  # bytes from either side: within its first message
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>no</html>"
RUBBISH = b"220 mail.example.com ESMTP\r\n\r\n"


class Faults(EndToEnd):
    def through(self, proxy, sandbox, credentials=""):
        url = proxy.url.replace("//", f"//{credentials}@") if credentials else proxy.url
        return self.environment(sandbox, HTTPS_PROXY=url)

    def fates(self, outcome):
        return collections.Counter((row["status"], row["reason"]) for row in outcome.rows)


class Alone(Faults):
    """Batches of five, one after another; each fault strikes another one, once."""

    BATCH = 5

    def load_struck_by(self, faults, batches=None, environment=None, options=()):
        """The n-th fault strikes the first try of the n-th batch."""
        rows = self.BATCH * (batches or len(faults))
        sandbox = self.sandbox(*UNLIMITED, "--time-scale", "600", world=small_world(rows))
        sandbox.set_faults([
            {"route": "add_contact_ids", "contact": contact(self.BATCH * n), "times": 1, **fault}
            for n, fault in enumerate(faults)
        ])  # fmt: skip
        outcome = self.load(self.contacts(rows, of=sequence(0)), *NOT_LIMITED, *options,
                            "--batch-size", self.BATCH, "--connections", "1",
                            "--give-up-after", "1d", sandbox=sandbox,
                            environment=environment and environment(sandbox))
        ledger = self.ledger(sandbox)
        self.assert_report_agrees(outcome, ledger)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(len(ledger), rows)
        return sandbox, outcome

    def assert_each(self, faults, fate, tries, options=()):
        """Every batch's rows have that fate, after so many tries each."""
        sandbox, outcome = self.load_struck_by(faults, options=options)
        asked = collections.Counter(
            request["asked"]["contact_ids"][0] for request in sandbox.requests(asked=True)
        )
        for number, fault in enumerate(faults):
            with self.subTest(**fault):
                rows = outcome.rows[self.BATCH * number : self.BATCH * (number + 1)]
                self.assertEqual({(row["status"], row["reason"]) for row in rows}, {fate})
                self.assertEqual(asked[contact(self.BATCH * number)], tries)
        return sandbox, outcome

    def test_a_lost_answer_is_asked_for_once_more_and_nobody_is_called_added(self):
        self.assert_each(LOST_ANSWERS, THERE_ALREADY, tries=2)

    def test_what_was_not_done_is_done_by_the_next_try(self):
        self.assert_each(NOTHING_DONE, ADDED, tries=2)

    def test_what_leaves_the_answer_whole_costs_no_request(self):
        _, outcome = self.assert_each(HARMLESS, ADDED, tries=1)
        self.assertEqual(outcome.summary["requests"]["retried"], 0)

    def test_a_429_is_waited_for(self):
        _, outcome = self.assert_each(OF_THE_QUOTA, ADDED, tries=2)
        self.assertEqual(outcome.summary["requests"]["rate_limited"], len(OF_THE_QUOTA))

    def test_an_answer_that_does_not_come_is_lost_when_its_time_is_over(self):
        self.assert_each([{"kind": "hang"}], THERE_ALREADY, 2, options=["--timeout", "1500ms"])

    def test_every_answer_closing_its_connection_costs_connections_and_no_request(self):
        kinds = ["close", "close_silently", "forget_session"] * 2
        sandbox, _ = self.assert_each([{"kind": kind} for kind in kinds], ADDED, tries=1)
        connections = {request["connection"] for request in sandbox.requests()}
        self.assertEqual(len(connections), len(kinds))

    def test_before_the_request_has_left_nothing_is_in_doubt(self):
        stages = [Reset("connect"), Reset("proxy"), Answer(FORBIDDEN), Answer(BAD_GATEWAY),
                  Answer(RUBBISH), Refuse(0.02)]  # fmt: skip
        stages += [Cut(side, HANDSHAKE, reset) for side in ("request", "answer")
                   for reset in (True, False)]  # fmt: skip
        with FaultyProxy(dict(enumerate(stages, 1)).get) as proxy:
            sandbox, outcome = self.load_struck_by(
                [], batches=3, environment=lambda sandbox: self.through(proxy, sandbox)
            )
            self.assertEqual(sum(proxy.struck.values()), len(stages), proxy.struck)
        self.assertEqual(self.fates(outcome), {ADDED: 3 * self.BATCH})
        self.assertEqual(len(sandbox.requests()), 3)

    def test_a_connection_cut_in_a_request_or_an_answer_leaves_nothing_twice(self):
        cuts = [Cut(side, after, reset) for reset in (True, False)
                for side, after in (("request", 900), ("request", 1500), ("answer", 2500),
                                    ("answer", 4000), ("answer", 6000))]  # fmt: skip
        with FaultyProxy(dict(enumerate(cuts, 1)).get) as proxy:
            _, outcome = self.load_struck_by(
                [], batches=12, options=["--attempts", "20"],
                environment=lambda sandbox: self.through(proxy, sandbox),
            )  # fmt: skip
            self.assertEqual(sum(proxy.struck.values()), len(cuts), proxy.struck)
        self.assertLessEqual(set(self.fates(outcome)), {ADDED, THERE_ALREADY})

    def test_bytes_that_come_singly_are_read_all_the_same(self):
        with FaultyProxy(lambda number: Drip(1, first=2000)) as proxy:
            sandbox, outcome = self.load_struck_by(
                [], batches=2, environment=lambda sandbox: self.through(proxy, sandbox)
            )
        self.assertEqual(self.fates(outcome), {ADDED: 2 * self.BATCH})
        self.assertEqual(len(sandbox.requests()), 2)

    def test_a_proxy_that_asks_for_credentials_gets_them_or_is_named(self):
        encoded = "Basic " + base64.b64encode(b"robin:secret").decode()
        with FaultyProxy(credentials=encoded) as proxy:
            sandbox, outcome = self.load_struck_by(
                [], batches=1, environment=lambda sandbox: self.through(proxy, sandbox, "robin:secret")
            )
            self.assertEqual(self.fates(outcome), {ADDED: self.BATCH})
            self.assertFalse(proxy.struck)
            sandbox.reset()
            refused = self.load(self.contacts(5, of=sequence(0)), "--give-up-after", "1m",
                                environment=self.through(proxy, sandbox, "robin:wrong"))  # fmt: skip
        self.assertEqual(refused.code, 5, refused.stderr)
        self.assertIn(b"407 Proxy Authentication Required", refused.stderr)
        self.assertNotIn(b"wrong", refused.stderr)
        self.assertEqual(self.fates(refused), {("not_attempted", ""): 5})
        self.assertEqual(sandbox.requests(), [])


class Addresses(Faults):
    """localhost is 127.0.0.1 and ::1, and each is tried in turn."""

    def load_by_name(self, sandbox, *options, host="localhost"):
        environment = self.environment(sandbox)
        environment["SEQLOAD_API_URL"] = f"https://{host}:{sandbox.port}"
        return self.load(self.contacts(5, of=sequence(0)), *options, environment=environment)

    def sandbox_at(self, host):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            try:
                probe.bind((host, 0))
            except OSError:
                self.skipTest(f"this machine has no {host}")
        return self.sandbox("--host", host, "--time-scale", "600", world=small_world(5))

    def assert_found(self, outcome, sandbox):
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(self.fates(outcome), {ADDED: 5})
        self.assertEqual(len(self.ledger(sandbox)), 5)
        self.assertEqual(len(sandbox.requests()), 1)

    def test_of_two_addresses_the_one_that_refuses_is_passed_over(self):
        for host in ("127.0.0.1", "::1"):
            with self.subTest(host):
                sandbox = self.sandbox_at(host)
                self.assert_found(self.load_by_name(sandbox), sandbox)

    def test_of_two_addresses_the_one_that_is_silent_has_but_a_part_of_the_time(self):
        sandbox = self.sandbox_at("::1")
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", sandbox.port))
            silent.listen(0)
            waiting = [socket.socket() for _ in range(4)]
            for each in waiting:  # its queue is full: Linux drops what comes then
                each.setblocking(False)
                each.connect_ex(("127.0.0.1", sandbox.port))
            self.assert_found(self.load_by_name(sandbox, "--timeout", "3s"), sandbox)
            for each in waiting:
                each.close()

    def test_when_every_address_is_dead_each_is_named_and_nothing_was_sent(self):
        authority = self.folder / "authority"  # outlives the sandbox
        sandbox = self.sandbox("--cert-dir", authority, "--time-scale", "600", world=small_world(1))
        environment = self.environment(sandbox)
        sandbox.end()
        outcome = self.load(self.contacts(5, of=sequence(0)), "--give-up-after", "30s",
                            environment=environment)
        self.assertEqual(outcome.code, 5, outcome.stderr)
        self.assertEqual(self.fates(outcome), {("not_attempted", ""): 5})
        self.assertIn(b"127.0.0.1: Connection refused", outcome.stderr)
        self.assertIn(b"::1: ", outcome.stderr)

    def test_a_name_that_nobody_knows_is_named_and_nothing_was_sent(self):
        sandbox = self.sandbox_at("127.0.0.1")
        outcome = self.load_by_name(sandbox, "--give-up-after", "1s", "--timeout", "2s",
                                    "--time-scale", "1", host="apollo.invalid")  # fmt: skip
        self.assertEqual(outcome.code, 5, outcome.stderr)
        self.assertEqual(self.fates(outcome), {("not_attempted", ""): 5})
        self.assertIn(b"apollo.invalid: looking up the name", outcome.stderr)
        self.assertEqual(sandbox.requests(), [])

    def test_a_server_that_refuses_for_a_while_is_waited_for(self):
        sandbox = self.sandbox_at("127.0.0.1")
        with FaultyProxy({1: Refuse(0.3)}.get) as proxy:
            environment = self.through(proxy, sandbox)
            outcome = self.load(self.contacts(5, of=sequence(0)), environment=environment)
            self.assertEqual(proxy.struck["refused"], 1)
        self.assert_found(outcome, sandbox)


class Mixed(Faults):
    SEED = int(os.environ.get("FAULT_SEED", 7))
    ROWS = int(os.environ.get("FAULT_ROWS", 20_000))
    SHARE = 0.4  # of the requests, and of the connections

    def server_faults(self):
        kinds = [*LOST_ANSWERS, *NOTHING_DONE, *HARMLESS, *OF_THE_QUOTA]
        share = self.SHARE / len(kinds)
        rules = [{"route": "add_contact_ids", "probability": share, **kind} for kind in kinds]
        for rule in rules:  # these cost much
            if rule["kind"] in ("endless_body", "gzip_bomb"):
                rule["probability"] = share / 4
        return rules

    def network_faults(self):
        drawn = random.Random(self.SEED)

        def draw(_):
            if drawn.random() >= self.SHARE:
                return None
            return drawn.choice([
                Reset("connect"), Reset("proxy"), Refuse(0.02), Drip(7),
                Answer(FORBIDDEN), Answer(BAD_GATEWAY), Answer(RUBBISH),
                *(Cut(side, after, drawn.random() < 0.7)
                  for side, most in (("request", 4000), ("request", 40_000),
                                     ("answer", 2000), ("answer", 100_000))
                  for after in (drawn.randrange(1, most),)),
            ])  # fmt: skip

        return draw

    def test_everything_at_once_leaves_a_report_that_says_what_the_ledger_says(self):
        sandbox = self.sandbox(*UNLIMITED, "--time-scale", "60", "--seed", self.SEED,
                               world=small_world(self.ROWS, 50), faults=self.server_faults())
        path = self.csv(["contact_id", "sequence_id", "email_account_id"],
                        ([contact(n), sequence(n % 50), ROBIN] for n in range(self.ROWS)))
        with FaultyProxy(self.network_faults()) as proxy:
            outcome = self.load(path, *NOT_LIMITED, "--attempts", "20", "--batch-size", "50",
                                environment=self.through(proxy, sandbox))
            struck = proxy.struck
        self.assertEqual(outcome.code, 0, outcome.stderr)
        ledger = self.ledger(sandbox)
        self.assertEqual(len(ledger), self.ROWS)
        self.assertEqual(set(ledger.values()), {1})
        self.assert_report_agrees(outcome, ledger)
        self.assertEqual(set(self.fates(outcome)), {ADDED, THERE_ALREADY})
        self.assert_every_added_row_was_named(outcome, sandbox)

        requests = sandbox.requests(route="add_contact_ids")
        kinds = collections.Counter(kind for request in requests for kind in request["faults"])
        print(f"\n{self.ROWS:,} rows, {len(requests):,} requests, struck: {dict(kinds)}, "
              f"and on the way: {dict(struck)}", flush=True)  # fmt: skip
        self.assertGreater(sum(kinds.values()), len(requests) / 5)
        self.assertGreater(len(kinds), 15)
        self.assertGreater(len(struck), 6)

    def assert_every_added_row_was_named(self, outcome, sandbox):
        """Added is said only where the answer that named the contact went out whole."""
        told = {}
        for request in sandbox.requests(asked=True, route="add_contact_ids"):
            if request["status"] == 200 and request["whole"] and request["added"]:
                for contact_id in request["asked"]["contact_ids"]:
                    told[contact_id] = told.get(contact_id, 0) + 1
        for row in outcome.rows:
            if row["status"] == "added":
                self.assertEqual(told.get(row["contact_id"]), 1, row)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
