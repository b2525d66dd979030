#!/usr/bin/env python3
"""A plan as approval: `plan --save`, and `load --plan`, which is held to it.

    saved_plan_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import json
import pathlib
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import Runs

HEADER = ["contact_id", "sequence_id", "email_account_id"]


class Approval(Runs):
    def setUp(self):
        super().setUp()
        self.path = self.rows(range(30))
        self.plan = self.folder / "plan.json"

    def rows(self, numbers, name="input.csv", bad=0):
        rows = [[contact(number), sequence(number % 2), ROBIN] for number in numbers]
        return self.csv(HEADER, rows + [["nobody", sequence(0), ROBIN]] * bad, name)

    def save(self, *arguments):
        saved = self.seqload("plan", *arguments, "--save", self.plan)
        self.assertEqual(saved.returncode, 0, saved.stderr)
        return json.loads(self.plan.read_text())

    def approved(self, *arguments, sandbox):
        """A load of the plan, without --yes and without a terminal."""
        return self.command("load", "--out", self.folder / "out", *self.CHECK, "--plan", self.plan,
                            *arguments, sandbox=sandbox)

    def assert_refused(self, outcome, sandbox, *words):
        self.assertEqual(outcome.code, 3, outcome.stderr)
        for word in words:
            self.assertIn(word, outcome.stderr)
        self.assertEqual(sandbox.requests(), [])
        # A plan that cannot be read is refused before there is a state.
        self.assertEqual(self.listed() if self.state.exists() else [], [])

    def test_a_plan_that_was_saved_is_loaded_without_a_question(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30, sequences=2))
        saved = self.save(self.path, "--batch-size", "10")
        self.assertEqual((saved["rows"]["to_send"], saved["requests"]), (30, 4))
        outcome = self.approved(sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.summary["requests"]["sent"], 4)
        self.assertEqual(len(self.ledger(sandbox)), 30)

    def test_what_the_plan_was_made_with_may_be_said_again(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30, sequences=2))
        self.save(self.path, "--batch-size", "10")
        outcome = self.approved(self.path, "--batch-size", "10", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)

    def test_an_input_that_has_changed_is_refused_by_name(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40, sequences=2))
        self.save(self.path)
        changed = pathlib.Path(self.path)
        content = changed.read_text()
        changed.write_text(content + f"{contact(35)},{sequence(0)},{ROBIN}\n")
        self.assert_refused(self.approved(sandbox=sandbox), sandbox,
                            b"input.csv", b"rows: 30 approved, 31 now")
        changed.write_text(content.replace(contact(7), contact(35)))
        self.assert_refused(self.approved(sandbox=sandbox), sandbox,
                            b"input.csv: the same size, but another content")
        changed.write_text(content)
        self.assertEqual(self.approved(sandbox=sandbox).code, 0)

    def test_other_options_and_other_files_are_refused_by_name(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40, sequences=2))
        self.save(self.path)
        self.assert_refused(self.approved("--batch-size", "7", sandbox=sandbox), sandbox,
                            b"option batch_size: 100 approved, 7 now",
                            b"requests: 2 approved, 6 now")
        self.assert_refused(self.approved("--status", "paused", sandbox=sandbox), sandbox,
                            b'option status: nothing approved, "paused" now')
        other = self.rows(range(20), "other.csv")
        self.assert_refused(self.approved(other, sandbox=sandbox), sandbox, b"other.csv",
                            b"rows to send: 30 approved, 20 now")

    def test_an_exclusion_list_that_has_changed_is_refused_even_with_the_same_counts(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30, sequences=2))
        excluded = pathlib.Path(self.csv(["contact_id"], [[contact(3)]], "never.csv"))
        self.save(self.path, "--exclude", excluded)
        excluded.write_text(f"contact_id\n{contact(5)}\n")
        self.assert_refused(self.approved(sandbox=sandbox), sandbox,
                            b"has an --exclude list changed?")
        excluded.write_text(f"contact_id\n{contact(3)}\n")
        outcome = self.approved(sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertNotIn((sequence(1), contact(3)), self.ledger(sandbox))

    def test_what_is_no_saved_plan_is_refused(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30, sequences=2))
        for content in ("", "{}", '{"format": "seqload plan", "version": 99}'):
            self.plan.write_text(content)
            self.assert_refused(self.approved(sandbox=sandbox), sandbox, b"plan.json",
                                b"seqload plan --save")
        self.plan.unlink()
        self.assert_refused(self.approved(sandbox=sandbox), sandbox, b"plan.json")

    def test_without_a_plan_a_load_needs_a_file(self):
        outcome = self.command("load")
        self.assertEqual(outcome.code, 2, outcome.stderr)
        self.assertIn(b"FILE", outcome.stderr)

    def test_an_approved_run_is_resumed_without_its_plan(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30, sequences=2))
        self.save(self.path, "--batch-size", "1")
        sandbox.set_faults([{"kind": "status", "status": 401, "nth": 3, "route": "add_contact_ids"}])
        self.assertEqual(self.approved("--connections", "1", sandbox=sandbox).code, 4)
        self.plan.unlink()
        sandbox.set_faults([])
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(set(self.ledger(sandbox).values()), {1})
        self.assertEqual(len(self.ledger(sandbox)), 30)

    def test_an_approved_run_that_begins_anew_sends_the_approved_rows_only(self):
        never = pathlib.Path(self.csv(["contact_id"], [[contact(3)], [contact(4)]], "never.csv"))
        approved = never.read_text()
        self.save(self.path, "--exclude", never)
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30, sequences=2),
                               faults=[{"kind": "drop", "when": "before"}])  # fmt: skip
        stopped = self.approved("--no-check=false", "--give-up-after", "200ms", sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        sandbox.set_faults([])
        never.write_text(approved.replace(contact(4), contact(99)))
        refused = self.command("resume", sandbox=sandbox)
        self.assertEqual(refused.code, 3, refused.stderr)
        self.assertIn(b"these are not the rows that were approved", refused.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)
        never.write_text(approved)
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(len(self.ledger(sandbox)), 28)

    def test_a_plan_by_names_is_loaded_by_names(self):
        name, identity = "Welcome", "66e9e21500000000000000aa"
        world = {**small_world(30), "sequences": [{"id": identity, "name": name, "active": True}]}
        sandbox = self.sandbox(*UNLIMITED, world=world)
        path = self.csv(["contact_id"], [[contact(number)] for number in range(30)], "names.csv")
        saved = self.save(path, "--sequence", name, "--email-account-id", ROBIN)
        self.assertEqual(saved["targets"][0]["sequence"], name)
        outcome = self.approved(sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual({sequence_id for sequence_id, _ in self.ledger(sandbox)}, {identity})


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
