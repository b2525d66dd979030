#!/usr/bin/env python3
"""The forecast: before the question, while the run goes, and in its summary; held against the
sandbox's own record of the requests.

    forecast_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import json
import pathlib
import re
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, contact, sequence, small_world
from runs_fixture import Runs

HOUR = 3600
# An hour of Apollo's lasts 12 s.
SCALE = ("--time-scale", "300")
# What 5 s of a busy machine are in it.
TOLERANCE = 1500

COLUMNS = ["contact_id", "sequence_id", "email_account_id"]


def hours(limit):
    return ("--minute-limit", "0", "--hour-limit", str(limit), "--day-limit", "0")


class Forecast(Runs):
    def people(self, first, count, name):
        rows = [[contact(number), sequence(0), ROBIN] for number in range(first, first + count)]
        return self.csv(COLUMNS, rows, name)

    def send(self, path, out, *arguments, sandbox):
        """A request for each row."""
        process = self.seqload("load", "--yes", *self.CHECK, "--state", self.state, "--out",
                               self.folder / out, "--batch-size", "1", path, *arguments,
                               sandbox=sandbox)
        return base.Outcome(process, self.folder / out)

    def assert_said(self, pattern, text):
        self.assertTrue(re.search(pattern, text.decode()), f"{pattern!r} not in:\n{text.decode()}")


class RememberedWindows(Forecast):
    def test_a_load_planned_while_the_hour_is_used_up_says_until_when_and_keeps_to_it(self):
        sandbox = self.sandbox("--limits", "0/20/0", *SCALE, world=small_world(40))
        first = self.send(self.people(0, 20, "a.csv"), "a", *hours(20), sandbox=sandbox)
        self.assertEqual(first.code, 0, first.stderr)
        # Its hour was fresh: nothing to wait for.
        self.assertIn(b"20 requests, no waiting for the quota (20 an hour)\n", first.stderr)
        self.assertEqual(first.summary["forecast"]["duration_seconds"], 0)
        self.assertIsNone(first.summary["remaining"])
        self.assertEqual(first.summary["quota"]["hour"]["left"], 0)
        self.assertRegex(first.summary["quota"]["hour"]["resets_at"], r"^20\d\d-.*Z$")
        self.assert_said(r"\nquota      hour: 0 of 20 left until \d\d:\d\d:\d\d\n", first.stdout)

        second = self.send(self.people(20, 15, "b.csv"), "b", *hours(20), sandbox=sandbox)
        self.assertEqual(second.code, 0, second.stderr)
        self.assertEqual(second.summary["requests"]["rate_limited"], 0)
        self.assert_said(r"\n15 requests, about \d+ min( \d+ s)?, until \d\d:\d\d:\d\d\n",
                         second.stderr)
        self.assert_said(r"\n  hour       20  0 until \d\d:\d\d:\d\d  \d\d:\d\d:\d\d\n",
                         second.stderr)
        self.assert_said(r"the hour quota is used up: waiting .*, until \d\d:\d\d:\d\d; "
                         r"15 requests to go: about ", second.stderr)
        forecast = second.summary["forecast"]
        self.assertEqual(forecast["requests"], 15)
        self.assertGreater(forecast["duration_seconds"], 0)
        self.assertLess(forecast["duration_seconds"], HOUR)
        # It kept to it, by its own clock and by the server's.
        self.assertGreater(forecast["took_seconds"], forecast["duration_seconds"] - 60)
        self.assertLess(forecast["took_seconds"], forecast["duration_seconds"] + TOLERANCE)
        self.assert_said(r"\ntime       15 requests in .*, .* was forecast\n", second.stdout)
        sent = [request["virtual_ms"] / 1000 for request in sandbox.requests(route="add_contact_ids")]
        self.assertEqual(len(sent), 35)
        self.assertGreater(sent[20], sent[0] + HOUR - 60)
        self.assertLess(sent[-1], sent[19] + HOUR + TOLERANCE)

    def test_more_than_an_hour_allows_takes_as_many_hours_as_were_forecast(self):
        sandbox = self.sandbox("--limits", "0/10/0", *SCALE, world=small_world(25))
        outcome = self.send(self.people(0, 25, "a.csv"), "a", *hours(10), sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertIn(b"\n25 requests, about 2 h, until ", outcome.stderr)
        forecast = outcome.summary["forecast"]
        self.assertEqual(forecast["duration_seconds"], 2 * HOUR)
        self.assertGreater(forecast["took_seconds"], 2 * HOUR - 1)
        self.assertLess(forecast["took_seconds"], 2 * HOUR + TOLERANCE)
        # Each of the two waits is said once, whatever number of workers wait.
        self.assertEqual(outcome.stderr.count(b"the hour quota is used up: waiting"), 2)
        self.assert_said(r"until \d\d:\d\d:\d\d; \d+ requests to go: about \d+ ", outcome.stderr)
        self.assertIn(b"25 of 25 rows settled (added 25), 25 requests sent; quota left: 5 this hour",
                      outcome.stderr)


class Stopping(Forecast):
    def test_a_deadline_that_comes_first_is_told_and_what_is_left_afterwards(self):
        sandbox = self.sandbox("--limits", "0/3/0", *SCALE, world=small_world(50))
        path = self.contacts(50, of=sequence(0))
        stopped = self.load(path, "--batch-size", "10", *hours(3), "--deadline", "30m",
                            sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assert_said(r"\nnote: the deadline, \d\d:\d\d:\d\d, comes first: 3 of 5 requests "
                         r"\(about 30 rows\) leave before it\n", stopped.stderr)
        remaining = stopped.summary["remaining"]
        self.assertEqual(remaining["requests"], 2)
        self.assertGreater(remaining["duration_seconds"], HOUR / 2)
        self.assertLess(remaining["duration_seconds"], HOUR)
        self.assert_said(r"\nleft       2 requests: about \d+ min( \d+ s)?, until \d\d:\d\d:\d\d if "
                         r"resumed at once\n", stopped.stdout)
        # The windows are remembered: nothing can be sent for a while.
        resumed = self.command("resume", "--deadline", "1m", sandbox=sandbox)
        self.assertEqual(resumed.code, 5, resumed.stderr)
        self.assert_said(r"\nnote: nothing can be sent before the deadline, \d\d:\d\d:\d\d: the "
                         r"hour's quota is used up until \d\d:\d\d:\d\d\n", resumed.stderr)
        self.assertEqual(resumed.summary["remaining"]["requests"], 2)
        self.assertEqual(len(sandbox.requests()), 3)
        ended = self.command("resume", sandbox=sandbox)
        self.assertEqual(ended.code, 0, ended.stderr)
        self.assertIn(b"\n2 requests, about ", ended.stderr)
        self.assertEqual(ended.summary["forecast"]["requests"], 2)
        self.assertIsNone(ended.summary["remaining"])
        self.assertEqual(ended.count(status="added"), 50)

    def test_a_wait_that_is_certain_to_be_too_long_is_told_before(self):
        sandbox = self.sandbox("--limits", "0/3/0", *SCALE, world=small_world(50))
        path = self.contacts(50, of=sequence(0))
        stopped = self.load(path, "--batch-size", "10", *hours(3), "--max-wait", "30m",
                            sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assert_said(r"\nnote: the run will stop after 3 of 5 requests \(about 30 rows\): the "
                         r"hour's quota then makes it wait 1 h, and --max-wait allows 30 min\n",
                         stopped.stderr)
        self.assertEqual(stopped.count(status="added"), 30)
        self.assertEqual(stopped.summary["remaining"]["requests"], 2)


class CountedByApollo(Forecast):
    CHECK = ()

    def test_what_others_have_used_shows_before_anything_is_sent(self):
        sandbox = self.sandbox("--limits", "0/20/0", *SCALE, world=small_world(8))
        sandbox.spend(15)
        outcome = self.send(self.people(0, 8, "a.csv"), "a", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        # When their hour ends is not known: no later than an hour from now.
        self.assert_said(r"\n8 requests, about 1 h, until ", outcome.stderr)
        self.assertEqual(outcome.summary["forecast"]["duration_seconds"], HOUR)
        self.assert_said(r"\n  hour       20  5 until \d\d:\d\d:\d\d  ", outcome.stderr)


class Plan(Forecast):
    def test_a_plan_without_network_or_state_says_the_same_of_fresh_windows(self):
        path = self.people(0, 25, "a.csv")
        text = self.seqload("plan", "--batch-size", "1", *hours(10), path).stdout
        self.assert_said(r"\n25 requests, about 2 h, until .*\n"
                         r"  window  limit  left now  done if alone\n"
                         r"  hour       10  10        \S.*\n\nNothing was sent; seqload load .*\n$", text)
        plan = json.loads(self.seqload("plan", "--json", "--batch-size", "1", *hours(10), path).stdout)
        self.assertEqual(plan["requests"], 25)
        self.assertEqual(plan["forecast"]["bound_by"], "hour")
        self.assertEqual(plan["forecast"]["duration_seconds"], plan["duration_seconds"])
        self.assertEqual(plan["forecast"]["windows"]["hour"],
                         {"limit": 10, "left": 10, "ends_in_seconds": None, "opened": 3,
                          "alone_seconds": 2 * HOUR})  # fmt: skip
        self.assertIsNone(plan["forecast"]["windows"]["day"]["limit"])


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
