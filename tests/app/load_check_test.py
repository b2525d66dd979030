#!/usr/bin/env python3
"""The check inside `load`: what would not work is known before anything is sent.

    load_check_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import pathlib
import subprocess
import sys
import unittest

import end_to_end_test as base
from check_test import ARCHIVED, COLUMNS, REVOKED, SLEEPING, world
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence
from runs_fixture import Runs

LISTS = ["list_email_accounts", "search_sequences", "usage_stats"]


class CheckedRuns(Runs):
    CHECK = ()

    def routes(self, sandbox):
        return [request["route"] for request in sandbox.requests()]

    def good(self):
        return self.csv(COLUMNS, [[contact(number), "", sequence(0), ROBIN] for number in range(5)])


class LoadCheck(CheckedRuns):
    def partly_good(self):
        return self.csv(COLUMNS, [
            [contact(0), "", sequence(0), ROBIN],
            [contact(1), "", ARCHIVED, ROBIN],
            [contact(2), "", sequence(0), REVOKED],
            [contact(3), "", sequence(9), ROBIN],
            ["", "No such label", sequence(0), ROBIN],
            [contact(4), "", sequence(0), ROBIN],
            [contact(0), "", sequence(0), ROBIN],
            ["nobody", "", sequence(0), ROBIN],
        ])

    def test_what_would_not_work_stops_a_load_before_anything_is_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        refused = self.load(self.partly_good(), sandbox=sandbox)
        self.assertEqual(refused.code, 3, refused.stderr)
        self.assertIn(b"(Last year) is archived", refused.stderr)
        self.assertIn(b"4 problems would keep rows from being added; nothing was sent",
                      refused.stderr)
        self.assertNotIn("add_contact_ids", self.routes(sandbox))
        (run,) = self.listed()
        self.assertEqual((run["state"], run["exit_code"]), ("check failed", 3))
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 3, resumed.stderr)
        self.assertIn(b"has ended (check_failed", resumed.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)

    def test_allow_partial_fails_what_would_not_work_and_sends_the_rest(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        loaded = self.load(self.partly_good(), "--allow-partial", sandbox=sandbox)
        self.assertEqual(loaded.code, 1, loaded.stderr)
        self.assertEqual(
            [(row["status"], row["reason"], row["attempts"]) for row in loaded.rows],
            [("added", "", "1"), ("failed", "sequence_not_found", ""),
             ("failed", "mailbox_inactive", ""), ("failed", "sequence_not_found", ""),
             ("failed", "label_not_found", ""), ("added", "", "1"),
             ("duplicate", "same_as_row_1", ""), ("invalid", "bad_contact_id", "")])  # fmt: skip
        self.assertEqual(self.routes(sandbox).count("add_contact_ids"), 1)
        self.assertEqual(loaded.summary["requests"]["minimum"], 1)

    def test_no_check_asks_nothing(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        loaded = self.load(self.good(), "--no-check", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual(self.routes(sandbox), ["add_contact_ids"])

    def test_what_apollo_has_just_said_is_not_asked_again_and_shown_by_name(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.good()
        checked = self.command("check", path, sandbox=sandbox)
        self.assertEqual(checked.code, 0, checked.stderr)
        loaded = self.load(path, sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertIn(b"robin@mail.example.com", loaded.stderr)
        self.assertIn(b"as Apollo ", loaded.stderr)
        self.assertEqual(sorted(self.routes(sandbox)), ["add_contact_ids", *LISTS])
        again = self.load(path, "--check-age", "0", sandbox=sandbox)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual(sorted(self.routes(sandbox)),
                         sorted(["add_contact_ids", *LISTS, "add_contact_ids", *LISTS]))

    def test_what_would_not_work_by_what_is_remembered_is_asked_again(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.csv(COLUMNS, [[contact(0), "", SLEEPING, ROBIN]])
        self.assertEqual(self.load(path, sandbox=sandbox).code, 0)
        again = self.load(path, sandbox=sandbox)
        self.assertEqual(self.routes(sandbox).count("search_sequences"), 2)
        self.assertEqual(self.routes(sandbox).count("list_email_accounts"), 1)
        self.assertIn(b"(Next year) is not active", again.stderr)

    def test_the_limits_that_apollo_tells_are_those_of_the_forecast(self):
        sandbox = self.sandbox("--limits", "50/200/600", world=world())
        loaded = self.load(self.good(), "--batch-size", "1", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual(loaded.summary["quota"]["day"]["limit"], 600)
        given = self.load(self.good(), "--hour-limit", "77", "--no-check", "--batch-size", "1",
                          "--max-contacts", "1", sandbox=sandbox)
        self.assertEqual(given.code, 2, given.stderr)

    def test_a_key_that_is_refused_is_code_4_and_nothing_is_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        refused = self.load(self.good(), environment=self.environment(
            sandbox, APOLLO_API_KEY="unknown"))  # fmt: skip
        self.assertEqual(refused.code, 4, refused.stderr)
        self.assertEqual(self.routes(sandbox).count("add_contact_ids"), 0)
        self.assertIsNone(refused.summary["forecast"])
        self.assertEqual(refused.summary["remaining"]["requests"], 1)
        resumed = self.command("resume", "--yes", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 5)

    def test_a_scoped_key_is_code_4_and_nothing_is_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(keys=[
            "sandbox-master-key",
            {"key": "scoped", "master": False, "scopes": ["api/v1/contacts/search"]}]))  # fmt: skip
        refused = self.load(self.good(), environment=self.environment(
            sandbox, APOLLO_API_KEY="scoped"))  # fmt: skip
        self.assertEqual(refused.code, 4, refused.stderr)
        self.assertIn(b"not authorized to access", refused.stderr)
        self.assertEqual(refused.summary["stop_reason"], "key_refused")
        self.assertEqual(refused.count(status="not_attempted"), 5)
        self.assertEqual(self.routes(sandbox).count("add_contact_ids"), 0)
        # What is remembered spares the check its requests, and then the addition is refused.
        self.assertEqual(self.load(self.good(), sandbox=sandbox).code, 0)
        again = self.load(self.good(), environment=self.environment(
            sandbox, APOLLO_API_KEY="scoped"))  # fmt: skip
        self.assertEqual(again.code, 4, again.stderr)

    def test_a_load_that_could_not_be_checked_is_checked_when_it_is_resumed(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(),
                               faults=[{"kind": "drop", "when": "before"}])  # fmt: skip
        stopped = self.load(self.partly_good(), "--give-up-after", "200ms", sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.count(status="not_attempted"), 6)
        sandbox.set_faults([])
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 3, resumed.stderr)
        self.assertIn(b"(Last year) is archived", resumed.stderr)
        self.assertNotIn("add_contact_ids", self.routes(sandbox))

    def test_rows_that_would_not_work_are_failed_when_it_is_resumed_too(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(),
                               faults=[{"kind": "drop", "when": "before"}])  # fmt: skip
        stopped = self.load(self.partly_good(), "--allow-partial", "--give-up-after", "200ms",
                            sandbox=sandbox)  # fmt: skip
        self.assertEqual(stopped.code, 5, stopped.stderr)
        sandbox.set_faults([])
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 1, resumed.stderr)
        self.assertEqual([row["status"] for row in resumed.rows],
                         ["added", "failed", "failed", "failed", "failed", "added", "duplicate",
                          "invalid"])  # fmt: skip
        self.assertEqual(self.routes(sandbox).count("add_contact_ids"), 1)

    def test_a_load_that_was_killed_while_it_checked_is_checked_when_it_is_resumed(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(),
                               faults=[{"kind": "hang", "route": "search_sequences"}])  # fmt: skip
        process = subprocess.Popen(
            [base.SEQLOAD, "load", "--yes", "--state", str(self.state), "--out",
             str(self.folder / "out"), self.partly_good()], env=self.environment(sandbox),
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        while "search_sequences" not in self.routes(sandbox):
            self.assertIsNone(process.poll(), "it ended too early")
        process.kill()
        process.wait()
        sandbox.set_faults([])
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 3, resumed.stderr)
        self.assertNotIn("add_contact_ids", self.routes(sandbox))


class Waiting(CheckedRuns):
    """A hundred seconds of Apollo's pass in one."""

    def refusing(self, route, **more):
        return self.sandbox(*UNLIMITED, "--time-scale", "100", world=world(), faults=[
            {"kind": "rate_limit", "route": route, "retry_after": 30, "times": 1, **more}])  # fmt: skip

    def test_what_the_check_waits_for_is_told(self):
        sandbox = self.refusing("search_sequences")
        loaded = self.load(self.good(), sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertIn(b"quota of this route is used up: waiting 3", loaded.stderr)
        sandbox.reset()
        quiet = self.load(self.good(), "--quiet", "--check-age", "0", sandbox=sandbox)
        self.assertEqual((quiet.code, quiet.stderr), (0, b""))

    def test_names_that_take_too_long_leave_no_run_to_resume(self):
        sandbox = self.refusing("search_sequences")
        path = self.csv(["contact_id", "sequence", "email_account_id"],
                        [[contact(0), "Sequence 0", ROBIN]])
        stopped = self.load(path, "--max-wait", "10s", sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertIn(b"nothing was sent, and no run was begun", stopped.stderr)
        self.assertNotIn(b"seqload resume", stopped.stderr)
        self.assertEqual(self.listed(), [])

    def test_a_deadline_counts_from_the_start_whatever_takes_the_time(self):
        # Names take half a minute, and then the check's own list another.
        sandbox = self.refusing("search_sequences")
        sandbox.set_faults([
            {"kind": "rate_limit", "route": "search_sequences", "retry_after": 30, "times": 1},
            {"kind": "rate_limit", "route": "list_email_accounts", "retry_after": 30, "times": 1},
        ])  # fmt: skip
        path = self.csv(["contact_id", "sequence", "email_account_id"],
                        [[contact(0), "Sequence 0", ROBIN]])
        stopped = self.load(path, "--deadline", "50s", sandbox=sandbox)
        self.assertEqual(stopped.code, 5, stopped.stderr)
        self.assertEqual(stopped.summary["stop_reason"], "deadline")
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
