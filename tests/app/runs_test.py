#!/usr/bin/env python3
"""Runs that are on record: resumed, undone, verified, listed, forgotten.

    runs_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import csv
import json
import pathlib
import signal
import subprocess
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, EndToEnd, Outcome, contact, sequence, small_world

DROPPED_AFTER = {"kind": "drop", "when": "after", "route": "add_contact_ids"}
SLOW = {"kind": "latency", "ms": 300, "route": "add_contact_ids"}


class Runs(EndToEnd):
    """A state of its own, and words for the commands."""

    def setUp(self):
        super().setUp()
        self.state = self.folder / "state.db"

    def load(self, *arguments, **more):
        return super().load("--state", self.state, *arguments, **more)

    def command(self, name, *arguments, sandbox=None, out=None, **more):
        process = self.seqload(name, "--state", self.state, *arguments, sandbox=sandbox, **more)
        return Outcome(process, out or self.folder / "out")

    def undo(self, run, *arguments, sandbox):
        out = self.folder / "undone"
        return self.command("undo", run, "--yes", "--out", out, *arguments, sandbox=sandbox, out=out)

    def listed(self):
        return json.loads(self.command("runs", "--json").stdout)

    def start(self, *arguments, sandbox, out="out", stderr=subprocess.DEVNULL):
        """A load that is under way: its first request has been carried out."""
        process = subprocess.Popen(
            [base.SEQLOAD, "load", "--yes", "--state", str(self.state), "--out",
             str(self.folder / out), "--batch-size", "1", "--connections", "1", *arguments],
            env=self.environment(sandbox), cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=stderr)  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        before = sandbox.ledger()["totals"]["added"]
        while sandbox.ledger()["totals"]["added"] == before:
            self.assertIsNone(process.poll(), "it ended too early")
        return process

    def interrupted(self, sandbox, count=40):
        """A load of count contacts, stopped after the first few; its input."""
        sandbox.set_faults([SLOW])
        path = self.contacts(count, of=sequence(0))
        process = self.start(path, sandbox=sandbox)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(120), -signal.SIGTERM)
        sandbox.set_faults([])
        return pathlib.Path(path)


class Resume(Runs):
    def test_an_interrupted_run_goes_on_where_it_stopped(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40))
        self.interrupted(sandbox)
        before = sandbox.ledger()["totals"]["added"]
        self.assertLess(before, 40)
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), 40)
        self.assertEqual(outcome.summary["requests"]["sent"], 40)
        self.assertEqual(outcome.summary["stop_reason"], "finished")
        self.assert_report_agrees(outcome, self.ledger(sandbox))

    def test_a_finished_run_says_so_and_exits_as_it_did(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(2))
        path = self.csv(["contact_id"], [[contact(0)], ["nobody"]])
        first = self.load(path, "--sequence-id", sequence(0), "--email-account-id", ROBIN,
                          sandbox=sandbox)
        self.assertEqual(first.code, 1, first.stderr)
        again = self.command("resume", sandbox=sandbox)
        self.assertEqual(again.code, 1)
        self.assertIn(b"has ended", again.stderr)
        self.assertEqual(len(sandbox.requests()), 1)

    def test_a_killed_run_settles_what_was_in_flight_as_lost(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3),
                               faults=[{"kind": "latency", "ms": 3000, "when": "after"}])
        path = self.contacts(3, of=sequence(0))
        process = self.start(path, sandbox=sandbox)
        process.send_signal(signal.SIGKILL)
        process.wait(120)
        sandbox.set_faults([])
        report = self.command("report", self.listed()[0]["run_id"])
        self.assertEqual(report.code, 0, report.stderr)
        self.assertEqual([row["status"] for row in report.rows],
                         ["unconfirmed", "not_attempted", "not_attempted"])
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual([(row["status"], row["reason"]) for row in outcome.rows],
                         [("already_in_sequence", "answer_lost"), ("added", ""), ("added", "")])
        self.assertEqual(outcome.summary["requests"]["sent"], 4)
        self.assertEqual(outcome.summary["requests"]["retried"], 1)

    def test_a_second_signal_ends_at_once_and_the_run_is_resumable(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3),
                               faults=[{"kind": "latency", "ms": 400_000, "when": "after"}])
        process = self.start(self.contacts(3, of=sequence(0)), sandbox=sandbox,
                             stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        process.send_signal(signal.SIGINT)
        while b"a second signal" not in process.stderr.readline():
            self.assertIsNone(process.poll(), "it did not wait for what is in flight")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(120), -signal.SIGTERM)
        self.assertEqual(self.listed()[0]["state"], "killed")
        sandbox.set_faults([])
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual([row["reason"] for row in outcome.rows], ["answer_lost", "", ""])

    def test_reports_that_could_not_be_written_are_written_by_resume(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        in_the_way = self.folder / "out" / "report.csv"
        in_the_way.mkdir(parents=True)
        first = self.load(self.contacts(3, of=sequence(0)), sandbox=sandbox)
        self.assertEqual(first.code, 6, first.stderr)
        self.assertIn(b"report.csv", first.stderr)
        sent = len(sandbox.requests())
        in_the_way.rmdir()
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), 3)
        self.assertEqual(len(sandbox.requests()), sent)

    def test_a_changed_input_is_refused_with_what_changed(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40))
        path = self.interrupted(sandbox)
        sent = len(sandbox.requests())
        text = path.read_text()
        path.write_text(text.replace(contact(39), contact(38)))
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 3, outcome.stderr)
        self.assertIn(b"input.csv", outcome.stderr)
        self.assertIn(b"changed", outcome.stderr)
        path.write_text(text + "x,y,z\n")
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 3)
        path.unlink()
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 3)
        self.assertEqual(len(sandbox.requests()), sent)
        path.write_text(text)
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 0)

    def test_standard_input_is_resumed_from_its_copy(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(30))
        sandbox.set_faults([{"kind": "status", "status": 401, "route": "add_contact_ids"}])
        data = pathlib.Path(self.contacts(30, of=sequence(0))).read_bytes()
        first = self.load("-", sandbox=sandbox, stdin=data)
        self.assertEqual(first.code, 4, first.stderr)
        self.assertIn(b"seqload resume", first.stdout)
        sandbox.set_faults([])
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), 30)

    def test_without_a_run_there_is_nothing_to_resume(self):
        missing = self.command("resume")
        self.assertEqual(missing.code, 2, missing.stderr)
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1))
        self.load(self.contacts(1, of=sequence(0)), sandbox=sandbox)
        unknown = self.command("resume", "20200101-000000-aaaa", sandbox=sandbox)
        self.assertEqual(unknown.code, 2, unknown.stderr)


class Together(Runs):
    def test_two_loads_of_the_same_input_at_once_are_refused_others_are_not(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(80), faults=[SLOW])
        path = self.contacts(40, of=sequence(0))
        running = self.start(path, sandbox=sandbox, out="first")
        second = self.load(path, sandbox=sandbox)
        self.assertEqual(second.code, 6, second.stderr)
        self.assertIn(str(running.pid).encode(), second.stderr)
        sandbox.set_faults([])
        other = self.csv(["contact_id", "sequence_id", "email_account_id"],
                         [[contact(n), sequence(0), ROBIN] for n in range(40, 80)], "other.csv")
        self.assertEqual(self.load(other, sandbox=sandbox).code, 0)
        self.assertEqual(running.wait(120), 0)
        self.assertEqual(set(self.ledger(sandbox).values()), {1})

    def test_a_run_that_is_under_way_is_not_resumed_undone_or_verified(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40), faults=[SLOW])
        running = self.start(self.contacts(40, of=sequence(0)), sandbox=sandbox)
        run = self.listed()[0]
        self.assertEqual(run["state"], f"running ({running.pid})")
        for command in ("resume", "undo", "verify"):
            refused = self.command(command, run["run_id"], sandbox=sandbox)
            self.assertEqual(refused.code, 6, command)
            self.assertIn(str(running.pid).encode(), refused.stderr)
        running.send_signal(signal.SIGINT)
        self.assertEqual(running.wait(120), -signal.SIGINT)


class Ledger(Runs):
    def test_a_nightly_full_list_costs_requests_only_for_its_new_rows(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(250))
        first = self.load(self.contacts(200, of=sequence(0)), "--skip-added", sandbox=sandbox)
        self.assertEqual(first.code, 0, first.stderr)
        run = first.summary["run_id"]
        second = self.load(self.contacts(250, of=sequence(0)), "--skip-added", sandbox=sandbox)
        self.assertEqual(second.code, 0, second.stderr)
        self.assertEqual(second.summary["requests"]["sent"], 1)
        self.assertEqual(second.count(status="already_in_sequence", reason=f"known_from_run_{run}"),
                         200)
        self.assertEqual(second.count(status="added"), 50)
        third = self.load(self.contacts(250, of=sequence(0)), "--skip-added", sandbox=sandbox)
        self.assertEqual(third.code, 0, third.stderr)
        self.assertEqual(third.summary["requests"]["sent"], 0)

    def test_another_key_knows_nothing_of_it(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5, keys=["sandbox-master-key", "two"]))
        path = self.contacts(5, of=sequence(0))
        self.load(path, sandbox=sandbox)
        environment = self.environment(sandbox, APOLLO_API_KEY="two")
        outcome = self.load(path, "--skip-added", environment=environment)
        self.assertEqual(outcome.summary["requests"]["sent"], 1, outcome.stderr)


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
