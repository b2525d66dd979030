#!/usr/bin/env python3
"""`seqload check`: what would not work is found without adding anyone.

    check_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import json
import pathlib
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, EndToEnd, contact, sequence, small_world

ARCHIVED = "66e9e21500000000000000aa"
SLEEPING = "66e9e21500000000000000bb"
REVOKED = "6633baaece5fbd01c791d7ee"
COLUMNS = ["contact_id", "label", "sequence_id", "email_account_id"]


def world(**more):
    made = small_world(5, **more)
    made["sequences"] = [
        {"id": ARCHIVED, "name": "Last year", "archived": True},
        {"id": SLEEPING, "name": "Next year", "active": False},
    ]
    made["mailboxes"].append(
        {"id": REVOKED, "email": "gone@mail.example.com", "active": True,
         "revoked_at": "2026-01-01T00:00:00Z"}  # fmt: skip
    )
    return made


class Check(EndToEnd):
    def check(self, *arguments, sandbox=None, **more):
        return self.seqload("check", *arguments, sandbox=sandbox, **more)

    def routes(self, sandbox):
        return [request["route"] for request in sandbox.requests()]

    def test_the_key_and_the_quota_take_one_request(self):
        sandbox = self.sandbox("--limits", "50/200/600")
        checked = self.check(sandbox=sandbox)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn(b"minute: 50 of 50 left, hour: 200 of 200 left, day: 600 of 600 left",
                      checked.stdout)
        self.assertEqual(self.routes(sandbox), ["usage_stats"])

    def test_a_load_that_would_work_is_told_so_in_as_few_requests_as_lists_take(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        rows = [[contact(number), "", sequence(0), ROBIN] for number in range(5)]
        checked = self.check(self.csv(COLUMNS, rows), sandbox=sandbox)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn(b"Everything would work.", checked.stdout)
        self.assertEqual(sorted(self.routes(sandbox)),
                         ["list_email_accounts", "search_sequences", "usage_stats"])
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)

    def test_what_would_not_work_is_named_with_its_rows(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        rows = [
            [contact(0), "", sequence(0), ROBIN],
            [contact(1), "", ARCHIVED, ROBIN],
            [contact(2), "", SLEEPING, REVOKED],
            [contact(3), "", sequence(9), ROBIN],
            ["", "No such label", sequence(0), ROBIN],
        ]
        checked = self.check(self.csv(COLUMNS, rows), "--json", sandbox=sandbox)
        self.assertEqual(checked.returncode, 1, checked.stderr)
        found = json.loads(checked.stdout)
        self.assertFalse(found["ok"])
        self.assertEqual(
            [(one["severity"], one["what"].split(" (")[0], one["rows"])
             for one in found["findings"]],  # fmt: skip
            [
                ("error", f"sequence {sequence(9)} does not exist in this team", 1),
                ("error", f"sequence {ARCHIVED}", 1),
                ("error", f"mailbox {REVOKED}", 1),
                ("error", 'label "No such label" does not exist in this team', 1),
                ("warning", f"sequence {SLEEPING}", 1),
            ],
        )

    def test_a_sequence_that_is_only_inactive_does_not_fail_it(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        rows = [[contact(0), "", SLEEPING, ROBIN]]
        checked = self.check(self.csv(COLUMNS, rows), sandbox=sandbox)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn(b"(Next year) is not active", checked.stdout)

    def test_pages_are_read_until_the_sequence_is_found(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1, sequences=350))
        rows = [[contact(0), "", sequence(150), ROBIN]]
        checked = self.check(self.csv(COLUMNS, rows), sandbox=sandbox)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        pages = self.routes(sandbox).count("search_sequences")
        self.assertGreaterEqual(pages, 2)
        self.assertLess(pages, 4)

    def test_a_key_that_is_refused_or_no_master_key_is_code_4(self):
        keys = ["sandbox-master-key", {"key": "small", "scopes": ["add_contact_ids"]}]
        sandbox = self.sandbox(*UNLIMITED, world=world(keys=keys))
        for key in ("unknown", "small"):
            checked = self.check(environment=self.environment(sandbox, APOLLO_API_KEY=key))
            self.assertEqual(checked.returncode, 4, checked.stderr)
            self.assertIn(b"master key", checked.stderr)
            self.assertNotIn(key.encode() + b'"', checked.stderr)

    def test_lists_that_cannot_be_read_are_said_and_nothing_is_claimed_of_them(self):
        sandbox = self.sandbox("--time-scale", "100", world=world())
        sandbox.set_faults([{"kind": "status", "status": 500, "route": "search_sequences"}])
        rows = [[contact(0), "", sequence(9), ROBIN]]
        checked = self.check(self.csv(COLUMNS, rows), "--attempts", "2", sandbox=sandbox)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn(b"the team's sequences could not be read", checked.stdout)
        self.assertNotIn(b"does not exist", checked.stdout)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
