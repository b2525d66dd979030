#!/usr/bin/env python3
"""--canary: a few rows of each target first, and the rest only if all of them pass.

    canary_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import fcntl
import json
import os
import pathlib
import signal
import subprocess
import sys
import termios
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import DROPPED_AFTER, SLOW, Runs

STRANGER = 500_000  # contacts from this number on are unknown to Apollo


class CanaryRuns(Runs):
    def rows(self, numbers, name="input.csv", sequences=1):
        """Contacts by number, over the sequences in turn."""
        rows = [[contact(number), sequence(place % sequences), ROBIN]
                for place, number in enumerate(numbers)]  # fmt: skip
        return self.csv(["contact_id", "sequence_id", "email_account_id"], rows, name)

    def sent(self, sandbox):
        """The requests that add, in the order of their coming, with whom they ask for."""
        return sandbox.requests(asked=True, route="add_contact_ids")

    def numbers(self, request):
        return [int(each, 16) & 0xFFFFFFFF for each in request["asked"]["contact_ids"]]


class Canary(CanaryRuns):
    def test_the_first_rows_of_each_target_are_answered_before_anything_else_leaves(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300, sequences=3), faults=[SLOW])
        path = self.rows(range(300), sequences=3)
        outcome = self.load(path, "--canary", "5", "--batch-size", "10", "--connections", "8",
                            sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), 300)
        requests = self.sent(sandbox)
        first, rest = requests[:3], requests[3:]
        self.assertEqual(sorted(self.numbers(request) for request in first),
                         [list(range(place, 15, 3)) for place in range(3)])
        self.assertLessEqual(max(request["answered_ms"] for request in first),
                             min(request["virtual_ms"] for request in rest))
        self.assertEqual(outcome.summary["requests"]["sent"], 33)
        self.assertEqual(outcome.summary["requests"]["minimum"], 33)
        for sequence_number in range(3):
            asked = [number for request in requests for number in self.numbers(request)
                     if request["asked"]["sequence_ids"] == [sequence(sequence_number)]]
            self.assertEqual(sorted(asked), list(range(sequence_number, 300, 3)))
        self.assert_report_agrees(outcome, self.ledger(sandbox))

    def test_the_plan_says_what_a_canary_costs(self):
        path = self.rows(range(300), sequences=3)
        plan = self.seqload("plan", path, "--canary", "5", "--batch-size", "10")
        self.assertIn(b"canary: 5 rows of each of 3 targets first, up to 3 more requests\n"
                      b"33 requests", plan.stdout)
        read = json.loads(self.seqload("plan", path, "--canary", "10", "--batch-size", "10",
                                       "--json").stdout)
        self.assertEqual(read["canary"], {"rows_per_target": 10, "targets": 3, "rows": 30,
                                          "more_requests": 0})
        self.assertEqual(read["requests"], 30)
        plain = self.seqload("plan", path, "--json")
        self.assertNotIn("canary", json.loads(plain.stdout))

    def test_who_was_there_before_passes(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(20))
        path = self.rows(range(20))
        self.assertEqual(self.load(path, "--canary", "3", sandbox=sandbox).code, 0)
        again = self.load(path, "--canary", "3", sandbox=sandbox)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual(again.count(status="already_in_sequence"), 20)

    def test_contacts_are_tried_before_labels_and_labels_where_there_are_no_contacts(self):
        world = small_world(
            10, sequences=2,
            labels=[{"id": contact(number, "66aa000000000000"), "name": f"label {number}"}
                    for number in range(6)],
            contacts=[{"id": contact(number, "66f1000000000000"), "labels": [f"label {number}"],
                       "email": f"contact.{number}@company.example.com"}
                      for number in range(6)])  # fmt: skip
        sandbox = self.sandbox(*UNLIMITED, world=world)
        rows = [["", f"label {number}", sequence(number % 2), ROBIN] for number in range(6)]
        rows += [[contact(number), "", sequence(0), ROBIN] for number in range(10)]
        path = self.csv(["contact_id", "label", "sequence_id", "email_account_id"], rows)
        outcome = self.load(path, "--canary", "2", "--connections", "1", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        asked = [(self.numbers(request), request["asked"]["label_names"])
                 for request in self.sent(sandbox)]
        self.assertEqual(sorted(asked[:3]),
                         [([], ["label 1"]), ([], ["label 3"]), ([0, 1], [])])
        self.assertEqual(asked[3], (list(range(2, 10)), []))
        self.assertEqual(outcome.summary["requests"]["sent"], 8)

    def test_a_failed_canary_stops_the_run_and_resume_tries_other_rows(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(60))
        path = self.rows([0, STRANGER, *range(1, 59)])
        failed = self.load(path, "--canary", "3", sandbox=sandbox)
        self.assertEqual(failed.code, 5, failed.stderr)
        self.assertEqual(failed.summary["stop_reason"], "canary")
        self.assertEqual([self.numbers(each) for each in self.sent(sandbox)], [[0, STRANGER, 1]])
        self.assertEqual(failed.count(status="not_attempted"), 57)
        for words in (f"the canary of sequence {sequence(0)} and mailbox {ROBIN} failed: row 2",
                      f"(contact {contact(STRANGER)}) is skipped, contact_not_found",
                      "`seqload resume` tries other rows", "`seqload resume --no-canary`"):
            self.assertIn(words, failed.stderr.decode())
        self.assertIn(b"Stopped (canary)", failed.stdout)
        self.assertIn(b"stopped (canary)", self.command("runs").stdout)

        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        # Two rows have passed: one more is tried, and nobody is sent twice.
        self.assertEqual([self.numbers(each) for each in self.sent(sandbox)[1:]],
                         [[2], list(range(3, 59))])
        self.assertEqual(resumed.count(status="added"), 59)
        self.assertEqual(resumed.count(status="skipped"), 1)

    def test_a_canary_fails_again_for_as_long_as_its_rows_do_and_can_be_left_out(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(60))
        path = self.rows([*range(STRANGER, STRANGER + 10), *range(50)])
        self.assertEqual(self.load(path, "--canary", "3", sandbox=sandbox).code, 5)
        again = self.command("resume", sandbox=sandbox)
        self.assertEqual(again.code, 5, again.stderr)
        self.assertEqual(again.summary["stop_reason"], "canary")
        self.assertEqual([len(self.numbers(each)) for each in self.sent(sandbox)], [3, 3])
        untried = self.command("resume", "--no-canary", sandbox=sandbox)
        self.assertEqual(untried.code, 0, untried.stderr)
        self.assertEqual([len(self.numbers(each)) for each in self.sent(sandbox)], [3, 3, 54])
        self.assertEqual(untried.count(status="skipped"), 10)

    def test_a_target_that_cannot_work_stops_those_that_could(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40, sequences=1))
        path = self.rows(range(40), sequences=2)  # the second sequence is unknown
        failed = self.load(path, "--canary", "2", "--connections", "1", sandbox=sandbox)
        self.assertEqual(failed.code, 5, failed.stderr)
        self.assertIn(b"is failed, sequence_not_found", failed.stderr)
        self.assertEqual(len(self.sent(sandbox)), 2)
        self.assertEqual(failed.count(status="not_attempted"), 36)

    def test_a_canary_of_unknown_fate_fails(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40), faults=[DROPPED_AFTER])
        failed = self.load(self.rows(range(40)), "--canary", "2", "--attempts", "1",
                           sandbox=sandbox)
        self.assertEqual(failed.code, 5, failed.stderr)
        self.assertIn(b"is unconfirmed, answer_lost", failed.stderr)
        sandbox.set_faults([])
        # Once it is known that they were added, they have passed: no other rows are tried.
        verified = self.command("verify", failed.summary["run_id"], sandbox=sandbox)
        self.assertEqual(verified.code, 0, verified.stderr)
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual([self.numbers(each) for each in self.sent(sandbox)],
                         [[0, 1], list(range(2, 40))])
        self.assertEqual(set(self.ledger(sandbox).values()), {1})

    def test_a_run_that_is_killed_in_its_canary_goes_on_with_the_canary(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30), faults=[SLOW])
        process = self.start(self.rows(range(30)), "--canary", "8", sandbox=sandbox)
        process.send_signal(signal.SIGKILL)
        process.wait()
        before = len(self.sent(sandbox))
        self.assertLess(before, 8)
        resumed = self.command("resume", "--connections", "8", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        requests = self.sent(sandbox)
        canaries = [each for each in requests if max(self.numbers(each)) < 8]
        others = [each for each in requests if max(self.numbers(each)) >= 8]
        answered = [each["answered_ms"] for each in canaries if each["answered_ms"] is not None]
        self.assertLessEqual(max(answered), min(each["virtual_ms"] for each in others))
        self.assertEqual(resumed.count(status="added") +
                         resumed.count(reason="answer_lost"), 30)
        self.assertEqual(set(self.ledger(sandbox).values()), {1})
        self.assertEqual(len(self.ledger(sandbox)), 30)

    def test_a_run_that_is_stopped_after_its_canary_is_not_tried_again(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40))
        sandbox.set_faults([SLOW])
        process = self.start(self.rows(range(40)), "--canary", "1", sandbox=sandbox)
        while sandbox.ledger()["totals"]["added"] < 3:
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(signal.SIGTERM)
        process.wait()
        sandbox.set_faults([])
        resumed = self.command("resume", "--connections", "1", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertNotIn(b"canary:", resumed.stderr)
        self.assertEqual(set(self.ledger(sandbox).values()), {1})
        self.assertEqual(len(self.sent(sandbox)), 40)


class Pause(CanaryRuns):
    """A load on a terminal of its own, which is asked twice: before all, and after the canary."""

    def on_terminal(self, *answers, sandbox, path, command=("load", "--canary", "2")):
        ours, theirs = os.openpty()
        self.addCleanup(os.close, ours)
        more = () if command[0] == "resume" else ("--no-check", "--out", str(self.folder / "out"))
        process = subprocess.Popen(
            [base.SEQLOAD, *command, "--state", str(self.state), *more, *path],
            env=self.environment(sandbox), cwd=self.folder, stdin=theirs, stdout=theirs,
            stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        os.close(theirs)
        shown = b""
        try:
            for number, answer in enumerate(answers, 1):
                while shown.count(b"[y/N]") < number:
                    shown += os.read(ours, 4096)
                self.asked_with.append(len(self.sent(sandbox)))
                os.write(ours, answer)
            while portion := os.read(ours, 4096):
                shown += portion
        except OSError:
            pass  # how a terminal says that nobody has it open any more
        return process.wait(120), shown

    def setUp(self):
        super().setUp()
        self.asked_with = []  # how many requests had been sent whenever somebody was asked

    def test_the_rest_waits_for_an_answer_and_goes_out_with_a_yes(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30))
        code, shown = self.on_terminal(b"y\n", b"yes\n", sandbox=sandbox,
                                       path=[self.rows(range(30))])
        self.assertEqual(code, 0, shown)
        self.assertIn(b"The canary passed: 2 of 2 rows added. Send the other 28 rows, too? [y/N]",
                      shown)
        self.assertEqual(self.asked_with, [0, 1])
        self.assertEqual(len(self.ledger(sandbox)), 30)

    def test_a_no_leaves_the_rest_to_resume(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30))
        path = self.rows(range(30))
        code, shown = self.on_terminal(b"y\n", b"n\n", sandbox=sandbox, path=[path])
        self.assertEqual(code, 5, shown)
        self.assertIn(b"seqload resume", shown)
        self.assertEqual(len(self.ledger(sandbox)), 2)
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 0)
        self.assertEqual(set(self.ledger(sandbox).values()), {1})
        self.assertEqual(len(self.ledger(sandbox)), 30)

    def test_an_interrupt_in_place_of_the_answer_stops_the_run_gently(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30))
        code, shown = self.on_terminal(b"y\n", b"\x03", sandbox=sandbox,
                                       path=[self.rows(range(30))])
        self.assertEqual(code, -signal.SIGINT, shown)
        self.assertEqual(self.listed()[0]["state"], "stopped (interrupted)")
        self.assertEqual(len(self.ledger(sandbox)), 2)

    def test_with_yes_nobody_is_asked(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(30))
        code, shown = self.on_terminal(sandbox=sandbox, path=[self.rows(range(30))],
                                       command=("load", "--canary", "2", "--yes"))
        self.assertEqual(code, 0, shown)
        self.assertNotIn(b"[y/N]", shown)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
