#!/usr/bin/env python3
"""Runs that are stopped and taken up again, or that run beside each other.

    runs_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import csv
import fcntl
import os
import pathlib
import signal
import subprocess
import sys
import termios
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, Outcome, contact, sequence, small_world
from runs_fixture import SLOW, Runs


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


    def test_one_that_is_interrupted_while_it_plans_says_so_and_plans_anew(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1))
        path = self.folder / "many.csv"
        rows = int(os.environ.get("ROWS_TO_PLAN", "600000"))  # fewer where it runs far more slowly
        with path.open("w") as stream:
            stream.write("contact_id,sequence_id,email_account_id\n")
            stream.write("".join(f"none,{sequence(0)},{ROBIN}\n" for _ in range(rows)))
            stream.write(f"{contact(0)},{sequence(0)},{ROBIN}\n")
        process = subprocess.Popen(
            [base.SEQLOAD, "load", "--yes", "--no-check", "--quiet", "--state", str(self.state), "--out",
             str(self.folder / "out"), str(path)],
            env=self.environment(sandbox), cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        # While it plans it writes down the bad rows, and for most of the time it does just that.
        while not self.has_outcomes():
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, -signal.SIGTERM)
        run = self.listed()[0]
        self.assertEqual(run["state"], "stopped (interrupted)")
        self.assertIn(f"seqload resume {run['run_id']}".encode(), said)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        self.assertEqual(outcome.summary["rows"]["invalid"], rows)
        self.assertEqual(outcome.summary["rows"]["added"], 1)

    def test_a_terminal_that_is_closed_stops_a_run_as_gently_as_a_signal_does(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40), faults=[SLOW])
        process = self.start(self.contacts(40, of=sequence(0)), sandbox=sandbox)
        process.send_signal(signal.SIGHUP)
        self.assertEqual(process.wait(120), -signal.SIGHUP)
        self.assertEqual(self.listed()[0]["state"], "stopped (interrupted)")
        report = Outcome(process, self.folder / "out")
        self.assertEqual(report.count(status="unconfirmed"), 0)
        self.assertEqual(report.count(status="added"), sandbox.ledger()["totals"]["added"])

    def test_an_earlier_run_that_was_stopped_is_called_to_mind(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40))
        self.interrupted(sandbox)
        stopped = self.listed()[0]["run_id"]
        self.load(self.contacts(1, of=sequence(0), name="other.csv"), sandbox=sandbox)
        outcome = self.command("resume", sandbox=sandbox)
        self.assertEqual(outcome.code, 0)
        self.assertIn(f"`seqload resume {stopped}` goes on with it".encode(), outcome.stderr)


class Question(Runs):
    """A load on a terminal of its own."""

    def answered(self, typed, sandbox, path):
        ours, theirs = os.openpty()
        self.addCleanup(os.close, ours)
        process = subprocess.Popen(
            [base.SEQLOAD, "load", "--no-check", "--state", str(self.state), "--out", str(self.folder / "out"),
             str(path)],
            env=self.environment(sandbox), cwd=self.folder, stdin=theirs, stdout=theirs,
            stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        os.close(theirs)
        shown = b""
        while b"[y/N]" not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, typed)
        try:
            while portion := os.read(ours, 4096):
                shown += portion
        except OSError:
            pass  # how a terminal says that nobody has it open any more
        return process.wait(120), shown

    def test_only_a_yes_sends(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        path = self.contacts(5, of=sequence(0))
        for typed in (b"n\n", b"\n", b"maybe\n", b"\x04"):
            code, shown = self.answered(typed, sandbox, path)
            self.assertEqual(code, 2, shown)
            self.assertIn(b"nothing was sent", shown)
        self.assertEqual(sandbox.requests(), [])
        code, shown = self.answered(b"Yes\n", sandbox, path)
        self.assertEqual(code, 0, shown)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 5)

    def test_an_interrupt_is_a_no(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        code, shown = self.answered(b"\x03", sandbox, self.contacts(5, of=sequence(0)))
        self.assertEqual(code, -signal.SIGINT, shown)
        self.assertIn(b"nothing was sent", shown)
        self.assertEqual(self.listed()[0]["state"], "declined")
        self.assertEqual(sandbox.requests(), [])


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


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
