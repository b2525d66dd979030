#!/usr/bin/env python3
"""A network as networks are: far away, lossy, gone for a while, and a server that moves. Two network
namespaces with a wire between them (tests/support/wire.py); where a machine gives nobody a
namespace of his own, this is skipped.

    network_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]

LINK_DOWN_SECONDS=60 leaves the link down for longer than in the quick run.
"""

import os
import pathlib
import subprocess
import sys
import time
import unittest

import end_to_end_test as base
from end_to_end_test import EndToEnd, Outcome, sequence, small_world

import skipping
import wire as wires
from certificates import Authority
from listening_server import tls_server
from tls_front import TlsFront
from wire import THIS_SIDE, Wire

ROWS = 36
HOST = "api.apollo.test"
WHY_NOT = None  # set at the start
DOWN = float(os.environ.get("LINK_DOWN_SECONDS", "2"))


class Network(EndToEnd):
    def setUp(self):
        if WHY_NOT:
            self.skipTest(f"no network of one's own on this machine: {WHY_NOT}")
        super().setUp()
        self.hosts = self.folder / "hosts"
        self.name(THIS_SIDE[0])
        subprocess.run(["mount", "--bind", self.hosts, "/etc/hosts"], check=True)
        self.addCleanup(subprocess.run, ["umount", "/etc/hosts"], check=True)
        self.wire = self.enterContext(Wire())
        self.api = self.sandbox("--limits", "unlimited", "--plain-port", "0",
                                world=small_world(ROWS))
        self.authority = Authority(self.folder)
        self.context = tls_server(self.authority.server("front", names=f"DNS:{HOST}"))
        self.front = self.served_at(THIS_SIDE[0], 0)

    def served_at(self, address, port):
        return self.enterContext(TlsFront(self.context, address, port, self.api.plain_port))

    def name(self, address):
        """In place: it is mounted."""
        with open(self.hosts, "w", encoding="ascii") as file:
            file.write(f"127.0.0.1 localhost\n{address} {HOST}\n")

    def start(self, *more):
        environment = self.environment(
            self.api, SEQLOAD_API_URL=f"https://{HOST}:{self.front.port}",
            SEQLOAD_CA_FILE=str(self.authority.certificate), SEQLOAD_TIME_SCALE="1")  # fmt: skip
        process = subprocess.Popen(
            self.wire.beyond([base.SEQLOAD, "load", "--yes", "--no-check", "--batch-size", "3",
                              "--state", str(self.folder / "state.db"), "--out",
                              str(self.folder / "out"), *more,
                              self.contacts(ROWS, of=sequence(0))]),
            env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def wait_for_additions(self, process, count):
        while len(self.ledger(self.api)) < count:
            self.assertIsNone(process.poll(), "it ended too early")
            time.sleep(0.01)

    def assert_whole(self, process):
        """Everybody was added, once; each row says so, or that an answer on the way was lost."""
        _, errors = process.communicate(timeout=300)
        self.assertEqual(process.returncode, 0, errors)
        outcome = Outcome(process_done(process, errors), self.folder / "out")
        ledger = self.ledger(self.api)
        self.assertEqual((len(ledger), set(ledger.values())), (ROWS, {1}))
        added = outcome.count(status="added")
        lost = outcome.count(status="already_in_sequence", reason="answer_lost")
        self.assertEqual(added + lost, ROWS)
        return outcome

    def test_a_far_and_lossy_network_is_slow_and_nothing_else(self):
        self.wire.delay = 0.15
        self.wire.loss = 0.05
        outcome = self.assert_whole(self.start())
        self.assertGreater(self.wire.lost, 0)
        self.assertEqual(outcome.summary["requests"]["minimum"], ROWS // 3)

    def test_a_link_that_goes_down_for_a_while_is_waited_for(self):
        self.wire.delay = 0.01
        self.api.set_faults([{"kind": "latency", "ms": 50, "route": "add_contact_ids"}])
        process = self.start("--timeout", "1s", "--attempts", "100")
        self.wait_for_additions(process, 6)
        self.wire.is_up = False
        time.sleep(DOWN)  # how long it is down, not a wait to be in step
        self.assertIsNone(process.poll())
        self.assertGreater(self.wire.lost, 0)
        self.wire.is_up = True
        outcome = self.assert_whole(process)
        self.assertGreater(outcome.summary["requests"]["retried"], 0)

    def test_a_server_that_comes_back_at_another_address_is_found_there(self):
        self.api.set_faults([{"kind": "latency", "ms": 50, "route": "add_contact_ids"}])
        process = self.start("--timeout", "1s", "--attempts", "100")
        self.wait_for_additions(process, 6)
        wires.ip("addr", "del", THIS_SIDE[0] + "/24", "dev", "wire")
        self.front.close()
        wires.ip("addr", "replace", THIS_SIDE[1] + "/24", "dev", "wire")
        self.name(THIS_SIDE[1])
        self.served_at(THIS_SIDE[1], self.front.port)
        self.assert_whole(process)


def process_done(process, errors):
    return subprocess.CompletedProcess([], process.returncode, b"", errors)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    WHY_NOT = wires.enter()
    skipping.main(argv=[sys.argv[0], *sys.argv[3:]])
