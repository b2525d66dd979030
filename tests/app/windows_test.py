#!/usr/bin/env python3
"""The quota windows on record: runs that follow each other, and runs side by side.

    windows_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]

A minute of Apollo's lasts 0.6 s, where an hour counts it lasts 6 s.
"""

import collections
import pathlib
import signal
import sqlite3
import sys
import threading
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import Runs

SHORT_MINUTES = ("--time-scale", "100")
SHORT_HOURS = ("--time-scale", "600")


class Windows(Runs):
    def people(self, first, count, name):
        rows = [[contact(number), sequence(0), ROBIN] for number in range(first, first + count)]
        return self.csv(["contact_id", "sequence_id", "email_account_id"], rows, name)

    def send(self, path, out, *arguments, sandbox):
        """A request for each row."""
        process = self.seqload("load", "--yes", "--state", self.state, "--out", self.folder / out,
                               "--batch-size", "1", path, *arguments, sandbox=sandbox)
        return base.Outcome(process, self.folder / out)

    def assert_all_added(self, outcome, count):
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), count)
        self.assertEqual(outcome.summary["requests"]["rate_limited"], 0)

    def test_a_run_alone_fills_every_window_and_is_never_refused(self):
        sandbox = self.sandbox("--limits", "10/25/0", *SHORT_MINUTES, world=small_world(25))
        limits = ("--minute-limit", "10", "--hour-limit", "25", "--day-limit", "0")
        self.assert_all_added(
            self.send(self.people(0, 25, "a.csv"), "a", *limits, sandbox=sandbox), 25)
        minutes = collections.Counter(request["windows"]["minute"]["opened_ms"]
                                      for request in sandbox.requests(route="add_contact_ids"))
        self.assertEqual([minutes[opened] for opened in sorted(minutes)], [10, 10, 5])

    def test_beside_another_tool_each_window_refuses_at_most_one_request(self):
        sandbox = self.sandbox("--limits", "20/0/0", *SHORT_MINUTES, world=small_world(60))
        limits = ("--minute-limit", "20", "--hour-limit", "0", "--day-limit", "0")
        sandbox.spend(5)
        outcome = self.send(self.people(0, 60, "a.csv"), "a", *limits, sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), 60)
        refused = collections.Counter(request["windows"]["minute"]["opened_ms"]
                                      for request in sandbox.requests(route="add_contact_ids")
                                      if request["status"] == 429)
        self.assertLessEqual(max(refused.values(), default=0), 1)

    def test_a_run_knows_what_the_run_before_it_has_used(self):
        sandbox = self.sandbox("--limits", "0/20/0", *SHORT_HOURS, world=small_world(40))
        limits = ("--minute-limit", "0", "--hour-limit", "20", "--day-limit", "0")
        self.assert_all_added(
            self.send(self.people(0, 15, "a.csv"), "a", *limits, sandbox=sandbox), 15)
        self.assert_all_added(
            self.send(self.people(15, 15, "b.csv"), "b", *limits, sandbox=sandbox), 15)

    def test_runs_side_by_side_share_the_windows_and_none_is_refused(self):
        sandbox = self.sandbox("--limits", "10/0/0", *SHORT_MINUTES, world=small_world(90))
        limits = ("--minute-limit", "10", "--hour-limit", "0", "--day-limit", "0")
        ended = {}

        def send(first, name):
            path = self.people(first, 30, name + ".csv")
            ended[name] = self.send(path, name, *limits, sandbox=sandbox)

        threads = [threading.Thread(target=send, args=(first, name))
                   for first, name in ((0, "a"), (30, "b"), (60, "c"))]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for outcome in ended.values():
            self.assert_all_added(outcome, 30)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 90)

    def test_requests_of_a_process_that_was_killed_have_counted(self):
        sandbox = self.sandbox("--limits", "0/12/0", *SHORT_HOURS, world=small_world(60))
        limits = ("--minute-limit", "0", "--hour-limit", "12", "--day-limit", "0")
        process = self.start(self.people(0, 30, "a.csv"), *limits, sandbox=sandbox)
        while sandbox.ledger()["totals"]["added"] < 8:
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        self.assert_all_added(
            self.send(self.people(30, 10, "b.csv"), "b", *limits, sandbox=sandbox), 10)

    def test_where_nothing_is_limited_hardly_anything_is_written_down(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(100))
        self.assert_all_added(self.send(self.people(0, 100, "a.csv"), "a", sandbox=sandbox), 100)
        with sqlite3.connect(self.state) as state:
            events = state.execute("SELECT count(*) FROM quota_events").fetchone()[0]
        self.assertLessEqual(events, 10)  # until the first answer tells


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
