#!/usr/bin/env python3
"""Runs on record: undone, verified, listed, reported again, forgotten.

    taking_back_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import csv
import pathlib
import signal
import subprocess
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import DROPPED_AFTER, Runs


class Undo(Runs):
    def test_exactly_what_the_run_added_is_removed_and_only_once(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(260, sequences=2))
        sandbox.add(sequence(0), [contact(0), contact(1)])
        rows = [[contact(n), sequence(n % 2), ROBIN] for n in range(250)]
        rows[1][1] = sequence(0)
        path = self.csv(["contact_id", "sequence_id", "email_account_id"], rows)
        outcome = self.load(path, sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        added = {(row["sequence_id"], row["contact_id"]) for row in outcome.rows
                 if row["status"] == "added"}
        self.assertEqual(len(added), 248)
        run = outcome.summary["run_id"]
        sent = len(sandbox.requests())

        undone = self.undo(run, sandbox=sandbox)
        self.assertEqual(undone.code, 0, undone.stderr)
        self.assertEqual({(row["sequence_id"], row["contact_id"]) for row in undone.rows
                          if row["status"] == "removed"}, added)
        self.assertEqual(undone.summary["contacts"]["removed"], 248)
        self.assertEqual(len(sandbox.requests()) - sent, undone.summary["requests"]["minimum"])
        still = {(sequence_id, contact_id)
                 for sequence_id, content in sandbox.ledger()["sequences"].items()
                 for contact_id, entry in content.get("contacts", {}).items()
                 if entry["added"] > entry.get("removed", 0)}
        self.assertEqual(still, {(sequence(0), contact(0)), (sequence(0), contact(1))})

        again = self.undo(run, sandbox=sandbox)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertIn(b"nothing to undo", again.stderr)
        self.assertEqual(len(sandbox.requests()) - sent, undone.summary["requests"]["sent"])

    def test_what_is_removed_is_known_no_longer(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        path = self.contacts(5, of=sequence(0))
        first = self.load(path, sandbox=sandbox)
        self.undo(first.summary["run_id"], sandbox=sandbox)
        again = self.load(path, "--skip-added", sandbox=sandbox)
        self.assertEqual(again.summary["requests"]["sent"], 1, again.stderr)

    def test_a_lost_answer_is_left_alone_unless_asked_for(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5),
                               faults=[{**DROPPED_AFTER, "times": 1}])
        outcome = self.load(self.contacts(5, of=sequence(0)), sandbox=sandbox)
        self.assertEqual(outcome.count(reason="answer_lost"), 5, outcome.stderr)
        run = outcome.summary["run_id"]
        self.assertIn(b"nothing to undo", self.undo(run, sandbox=sandbox).stderr)
        undone = self.undo(run, "--include-answer-lost", sandbox=sandbox)
        self.assertEqual(undone.count(status="removed"), 5, undone.stderr)

    def test_an_undo_that_was_stopped_is_resumed(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(250))
        outcome = self.load(self.contacts(250, of=sequence(0)), sandbox=sandbox)
        sandbox.set_faults([{"kind": "status", "status": 401, "route": "remove_or_stop_contact_ids"}])
        refused = self.undo(outcome.summary["run_id"], sandbox=sandbox)
        self.assertEqual(refused.code, 4, refused.stderr)
        sandbox.set_faults([])
        resumed = self.command("resume", sandbox=sandbox, out=self.folder / "undone")
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(resumed.count(status="removed"), 250)

    def test_without_yes_nothing_is_removed(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        outcome = self.load(self.contacts(5, of=sequence(0)), sandbox=sandbox)
        refused = self.command("undo", outcome.summary["run_id"], sandbox=sandbox)
        self.assertEqual(refused.code, 2, refused.stderr)
        self.assertEqual(len(sandbox.requests()), 1)


class Verify(Runs):
    def test_each_row_in_doubt_is_settled_by_reading_the_contact_back(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(30))
        sandbox.add(sequence(0), [contact(0)])
        sandbox.set_faults([DROPPED_AFTER])
        outcome = self.load(self.contacts(10, of=sequence(0)), "--attempts", "1", sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        self.assertEqual(outcome.count(status="unconfirmed"), 10)
        sandbox.set_faults([])
        verified = self.command("verify", sandbox=sandbox)
        self.assertEqual(verified.code, 0, verified.stderr)
        self.assertEqual(verified.count(status="added", reason="verified"), 9)
        self.assertEqual(verified.count(status="already_in_sequence", reason="verified"), 1)
        self.assertEqual(self.listed()[0]["exit_code"], 0)
        sent = len(sandbox.requests())
        again = self.command("verify", sandbox=sandbox)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual(len(sandbox.requests()), sent)

    def test_a_row_that_did_not_arrive_is_failed(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(3),
                               faults=[{"kind": "status", "status": 502, "when": "before",
                                        "route": "add_contact_ids"}])
        outcome = self.load(self.contacts(3, of=sequence(0)), "--attempts", "1", sandbox=sandbox)
        self.assertEqual(outcome.count(status="unconfirmed"), 3, outcome.stderr)
        verified = self.command("verify", sandbox=sandbox)
        self.assertEqual(verified.code, 1, verified.stderr)
        self.assertEqual(verified.count(status="failed", reason="not_in_sequence"), 3)
        self.assertEqual(len(verified.attention), 3)

    def test_all_reads_back_every_added_row_too(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        self.load(self.contacts(3, of=sequence(0)), sandbox=sandbox)
        sent = len(sandbox.requests())
        self.assertEqual(self.command("verify", sandbox=sandbox).code, 0)
        self.assertEqual(len(sandbox.requests()), sent)
        verified = self.command("verify", "--all", sandbox=sandbox)
        self.assertEqual(verified.count(status="added", reason="verified"), 3, verified.stderr)


    def test_a_contact_in_doubt_in_two_sequences_is_read_back_once(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(6, sequences=2))
        sandbox.set_faults([DROPPED_AFTER])
        both = [self.contacts(3, of=sequence(0), name="one.csv"),
                self.contacts(3, of=sequence(1), name="two.csv")]
        outcome = self.load(*both, "--attempts", "1", "--sequence-active-in-other-campaigns",
                            sandbox=sandbox)
        self.assertEqual(outcome.count(status="unconfirmed"), 6, outcome.stderr)
        sandbox.set_faults([])
        verified = self.command("verify", sandbox=sandbox)
        self.assertEqual(verified.count(status="added", reason="verified"), 6, verified.stderr)
        self.assertEqual(len(self.read_back(sandbox)), 3)

    def test_one_that_is_interrupted_goes_on_where_it_stopped(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(40))
        sandbox.set_faults([DROPPED_AFTER])
        self.load(self.contacts(40, of=sequence(0)), "--attempts", "1", sandbox=sandbox)
        sandbox.set_faults([{"kind": "latency", "ms": 100, "route": "show_contact"}])
        process = subprocess.Popen(
            [base.SEQLOAD, "verify", "--state", str(self.state), "--connections", "1"],
            env=self.environment(sandbox), cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        while not self.read_back(sandbox):
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(120), -signal.SIGINT)
        self.assertLess(len(self.read_back(sandbox)), 40)
        sandbox.set_faults([])
        verified = self.command("verify", sandbox=sandbox)
        self.assertEqual(verified.code, 0, verified.stderr)
        self.assertEqual(verified.count(status="added", reason="verified"), 40)
        self.assertEqual(len(self.read_back(sandbox)), 40)

    def test_whom_an_undo_has_taken_back_is_not_asked_about(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        outcome = self.load(self.contacts(3, of=sequence(0)), sandbox=sandbox)
        self.assertEqual(self.undo(outcome.summary["run_id"], sandbox=sandbox).code, 0)
        verified = self.command("verify", outcome.summary["run_id"], "--all", sandbox=sandbox)
        self.assertEqual(verified.code, 0, verified.stderr)
        self.assertEqual(verified.count(status="added", reason=""), 3)
        self.assertEqual(self.read_back(sandbox), [])

    def read_back(self, sandbox):
        return [one for one in sandbox.requests() if one["route"] == "show_contact"]


class Record(Runs):
    def test_runs_are_listed_newest_first_with_what_became_of_them(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        outcome = self.load(self.contacts(5, of=sequence(0)), sandbox=sandbox)
        self.undo(outcome.summary["run_id"], sandbox=sandbox)
        undo, load = self.listed()
        self.assertEqual((load["command"], load["state"], load["exit_code"], load["rows"]["added"]),
                         ("load", "finished", 0, 5))
        self.assertEqual((undo["command"], undo["undoes"]), ("undo", load["run_id"]))
        text = self.command("runs").stdout.decode()
        self.assertIn(load["run_id"], text)
        self.assertIn("input.csv", text)

    def test_a_report_is_written_again_even_without_its_input(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        path = pathlib.Path(self.contacts(5, of=sequence(0)))
        outcome = self.load(path, sandbox=sandbox)
        before = (outcome.out / "report.csv").read_bytes()
        other = self.folder / "again"
        again = self.command("report", outcome.summary["run_id"], "--out", other, out=other)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual((other / "report.csv").read_bytes(), before)
        self.assertEqual(again.summary, outcome.summary)
        path.unlink()
        gone = self.command("report", outcome.summary["run_id"], "--out", other, out=other)
        self.assertEqual(gone.code, 0, gone.stderr)
        self.assertEqual([row["status"] for row in gone.rows], ["added"] * 5)

    def test_what_is_pruned_is_forgotten_but_not_the_ledger(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        path = self.contacts(5, of=sequence(0))
        outcome = self.load(path, sandbox=sandbox)
        self.assertEqual(self.command("runs", "--prune", "90d").code, 0)
        self.assertEqual(len(self.listed()), 1)
        pruned = self.command("runs", "--prune", "1ms")
        self.assertEqual(pruned.code, 0, pruned.stderr)
        self.assertEqual(self.listed(), [])
        first = outcome.summary["run_id"]
        again = self.load(path, "--skip-added", sandbox=sandbox)
        self.assertEqual(again.summary["requests"]["sent"], 0, again.stderr)
        self.assertEqual(again.rows[0]["reason"], f"known_from_run_{first}")

    def test_a_stopped_load_of_the_same_input_is_called_to_mind(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40))
        path = self.interrupted(sandbox)
        run = self.listed()[0]["run_id"]
        outcome = self.load(path, sandbox=sandbox)
        self.assertIn(f"seqload resume {run}".encode(), outcome.stderr)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
