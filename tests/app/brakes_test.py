#!/usr/bin/env python3
"""Brakes and patience: what stops a run before it does harm, or waits too long.

    brakes_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import pathlib
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import Runs


class Brakes(Runs):
    def unknown(self, count, known=0):
        """Contacts of whom Apollo knows only the first few."""
        rows = [[contact(number if number < known else 500_000 + number), sequence(0), ROBIN]
                for number in range(count)]  # fmt: skip
        return self.csv(["contact_id", "sequence_id", "email_account_id"], rows)

    def test_a_plan_that_is_too_large_is_refused_before_anything_is_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(50))
        path = self.contacts(50, of=sequence(0))
        refused = self.load(path, "--max-contacts", "49", sandbox=sandbox)
        self.assertEqual(refused.code, 2, refused.stderr)
        self.assertIn(b"the plan has 50 rows to send, and 49 are allowed", refused.stderr)
        self.assertEqual(sandbox.requests(), [])
        self.assertEqual(self.load(path, "--max-contacts", "50", sandbox=sandbox).code, 0)

    def label(self, world):
        """A row whose label reaches all fifty contacts of the world."""
        world["labels"] = [{"id": "66e34b81740c5002000000a0", "name": "All", "modality": "contacts"}]
        world["generate"][0]["labels"] = [{"name": "All", "every": 1}]
        return self.csv(["label", "sequence_id", "email_account_id"], [["All", sequence(0), ROBIN]])

    def test_a_plan_that_could_not_be_counted_is_counted_when_it_is_resumed(self):
        world = small_world(50)
        path = self.label(world)
        sandbox = self.sandbox(*UNLIMITED, world=world, faults=[{"kind": "drop", "when": "before"}])
        stopped = self.load("--no-check=false", path, "--max-contacts", "49", "--give-up-after",
                            "200ms", sandbox=sandbox)  # fmt: skip
        self.assertEqual(stopped.code, 5, stopped.stderr)
        sandbox.set_faults([])
        refused = self.command("resume", sandbox=sandbox)
        self.assertEqual(refused.code, 2, refused.stderr)
        self.assertIn(b"for 50 contacts with those of its labels, and 49 are allowed",
                      refused.stderr)
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 2)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)

    def test_a_label_that_nobody_has_counted_is_more_than_any_number(self):
        world = small_world(50)
        path = self.label(world)
        sandbox = self.sandbox(*UNLIMITED, world=world)
        uncounted = self.load(path, "--max-contacts", "1000", sandbox=sandbox)
        self.assertEqual(uncounted.code, 2, uncounted.stderr)
        self.assertIn(b"nobody has said how many contacts 1 label of the plan reaches",
                      uncounted.stderr)
        sandbox.set_faults([{"kind": "status", "status": 404, "route": "list_labels"}])
        unread = self.load("--no-check=false", path, "--max-contacts", "1000", sandbox=sandbox)
        self.assertEqual(unread.code, 2, unread.stderr)
        sandbox.set_faults([])
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)
        counted = self.load("--no-check=false", path, "--max-contacts", "50", sandbox=sandbox)
        self.assertEqual(counted.code, 0, counted.stderr)

    def test_a_share_of_skipped_rows_stops_a_run_and_resume_goes_on(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(500))
        path = self.unknown(1000, known=500)
        stopped = self.load(path, "--max-skipped", "20%", "--connections", "1", sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.summary["stop_reason"], "brake")
        self.assertIn(b"more than --max-skipped 20% allows", stopped.stderr)
        self.assertLess(stopped.summary["requests"]["sent"], 10)
        self.assertGreater(stopped.count(status="not_attempted"), 0)
        self.assertIn(b"seqload resume", stopped.stdout)

    def test_a_number_of_failed_rows_stops_a_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300))
        gone = [[contact(number), sequence(9), ROBIN] for number in range(300)]
        path = self.csv(["contact_id", "sequence_id", "email_account_id"], gone)
        stopped = self.load(path, "--max-failed", "99", sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertIn(b"more than --max-failed 99 allows", stopped.stderr)
        self.assertEqual(self.load(path, "--max-failed", "300", sandbox=sandbox).code, 1)

    def test_ids_of_people_in_place_of_contacts_are_named(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1))
        outcome = self.load(self.unknown(300), sandbox=sandbox)
        self.assertEqual(outcome.stderr.count(b"look like ids of people"), 1)
        # One after the other: what counts is the first answer.
        known = self.load(self.unknown(300, known=1), "--connections", "1", sandbox=sandbox)
        self.assertNotIn(b"look like ids of people", known.stderr)

    def test_ids_of_people_are_named_also_where_the_same_answer_stops_the_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1))
        stopped = self.load(self.unknown(300), "--max-skipped", "50%", "--connections", "1",
                            sandbox=sandbox)  # fmt: skip
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.stderr.count(b"look like ids of people"), 1)
        self.assertIn(b"100 of the 100 rows answered so far were skipped", stopped.stderr)
        self.assertEqual(stopped.summary["requests"]["sent"], 1)


class Patience(Runs):
    """A thousand seconds of Apollo's pass in one."""

    SCALE = ("--time-scale", "1000")

    def test_a_run_that_would_wait_too_long_stops_at_once_and_is_resumed_later(self):
        sandbox = self.sandbox(*self.SCALE, "--limits", "3/0/0", world=small_world(50))
        path = self.contacts(50, of=sequence(0))
        stopped = self.load(path, "--batch-size", "10", "--minute-limit", "3", "--max-wait", "10s",
                            sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.summary["stop_reason"], "max_wait")
        self.assertIn(b"the quota of this minute is used up", stopped.stderr)
        self.assertEqual(stopped.count(status="added"), 30)
        resumed = self.command("resume", "--max-wait", "2m", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(resumed.count(status="added"), 50)

    def test_nothing_is_sent_after_the_deadline(self):
        sandbox = self.sandbox(*self.SCALE, "--limits", "0/3/0", world=small_world(50))
        path = self.contacts(50, of=sequence(0))
        stopped = self.load(path, "--batch-size", "10", "--hour-limit", "3", "--deadline", "30m",
                            sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.summary["stop_reason"], "deadline")
        self.assertEqual(stopped.count(status="added"), 30)
        self.assertEqual(len(sandbox.requests()), 3)

    def test_an_undo_has_patience_too_and_is_resumed(self):
        sandbox = self.sandbox(*self.SCALE, "--limits", "3/0/0",
                               world=small_world(10, sequences=5))
        rows = [[contact(number), sequence(number % 5), ROBIN] for number in range(10)]
        path = self.csv(["contact_id", "sequence_id", "email_account_id"], rows)
        loaded = self.load(path, "--minute-limit", "3", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        stopped = self.undo(loaded.summary["run_id"], "--minute-limit", "3", "--max-wait", "10s",
                            sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.summary["stop_reason"], "max_wait")
        self.assertEqual(stopped.count(status="removed"), 6)
        resumed = self.command("resume", "--max-wait", "2m", sandbox=sandbox,
                               out=self.folder / "undone")
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(resumed.count(status="removed"), 10)


class Outages(Runs):
    def test_while_nothing_gets_through_one_request_at_a_time_looks_for_the_end(self):
        down = {"kind": "status", "status": 503, "times": 16, "route": "add_contact_ids"}
        sandbox = self.sandbox(*UNLIMITED, "--time-scale", "100", world=small_world(60),
                               faults=[down])
        outcome = self.load(self.contacts(60, of=sequence(0)), "--batch-size", "1",
                            "--connections", "8", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.summary["requests"]["sent"], 76)
        failed = [request for request in sandbox.requests(route="add_contact_ids")
                  if request["status"] == 503]
        self.assertEqual(len(failed), 16)
        self.assertEqual(outcome.stderr.count(b"nothing gets through: one request at a time"), 1)
        # Some had left before the third failed; the last ones go one by one, half a minute apart.
        pauses = [later["virtual_ms"] - earlier["answered_ms"]
                  for earlier, later in zip(failed[-5:], failed[-4:])]
        self.assertGreater(min(pauses), 29_000, pauses)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
