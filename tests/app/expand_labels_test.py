#!/usr/bin/env python3
"""`load --expand-labels`: whoever carries a label is sent like any contact, and told for its row.

    expand_labels_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import collections
import csv
import pathlib
import signal
import subprocess
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import SLOW, Runs

COLUMNS = ["contact_id", "label", "sequence_id", "email_account_id", "Note"]
ODD = 'Say "hi",\n=1+1 ünter'
SLOW_PAGES = {"kind": "latency", "ms": 300, "route": "search_contacts"}


def world(count=300, **more):
    """Every second contact is in "Even", every third in "Third", and two have the odd name."""
    made = small_world(count, sequences=2, **more)
    made["labels"] = [
        {"id": f"66e34b81740c5002000000a{place}", "name": name, "modality": "contacts"}
        for place, name in enumerate(("Even", "Third", ODD, "Nobody"))
    ]
    made["generate"][0]["labels"] = [
        {"name": "Even", "every": 2},
        {"name": "Third", "every": 3},
        {"name": ODD, "every": 150},
    ]
    return made


class ExpandLabels(Runs):
    CHECK = ()

    def file(self, *rows):
        return self.csv(COLUMNS, [[*row, "n"] for row in rows])

    def expand(self, path, *arguments, sandbox):
        return self.load(path, "--expand-labels", *arguments, sandbox=sandbox)

    def people(self, outcome):
        with open(outcome.out / "label-contacts.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def routes(self, sandbox):
        return [request["route"] for request in sandbox.requests()]

    def fates(self, outcome):
        return [(row["status"], row["reason"], row["contacts_added"], row["contacts_skipped"])
                for row in outcome.rows]

    def assert_people_agree(self, outcome, sandbox):
        """Whoever is called added, by a row or by a label, was added once, and nobody else."""
        of_row = {row["row"]: row["sequence_id"] for row in outcome.rows}
        claimed = [(row["sequence_id"], row["contact_id"]) for row in outcome.rows
                   if row["status"] == "added" and row["contact_id"]]
        claimed += [(of_row[person["row"]], person["contact_id"]) for person in self.people(outcome)
                    if person["status"] == "added"]
        ledger = self.ledger(sandbox)
        self.assertEqual(sorted(claimed), sorted(ledger))
        self.assertEqual({1}, set(ledger.values()))

    def test_labels_that_overlap_are_sent_as_contacts_each_once(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.file(
            [contact(0), "", sequence(0), ROBIN], ["", "Even", sequence(0), ROBIN],
            ["", "Third", sequence(0), ROBIN], ["", "Even", sequence(0), ROBIN],
            ["", ODD, sequence(0), ROBIN], ["", ODD, sequence(1), ROBIN],
            ["", "Nobody", sequence(0), ROBIN], ["nobody", "", sequence(0), ROBIN])  # fmt: skip
        loaded = self.expand(path, "--sequence-active-in-other-campaigns", sandbox=sandbox)
        self.assertEqual(loaded.code, 1, loaded.stderr)
        # Of 150 even ones the first has a row of its own; of 100 third ones 50 are even.
        self.assertEqual(self.fates(loaded), [
            ("added", "", "1", "0"), ("added", "", "149", "0"), ("added", "", "50", "0"),
            ("duplicate", "same_as_row_2", "", ""), ("duplicate", "contacts_in_other_rows", "0", "0"),
            ("added", "", "2", "0"), ("skipped", "label_matched_nobody", "0", "0"),
            ("invalid", "bad_contact_id", "", "")])  # fmt: skip
        people = self.people(loaded)
        self.assertEqual([person["row"] for person in people],
                         ["2"] * 150 + ["3"] * 100 + ["5"] * 2 + ["6"] * 2)
        self.assertEqual({person["label"] for person in people}, {"Even", "Third", ODD})
        reasons = {(person["row"], person["status"], person["reason"]) for person in people}
        self.assertEqual(reasons, {
            ("2", "duplicate", "same_as_row_1"), ("2", "added", ""), ("3", "added", ""),
            ("3", "duplicate", "same_as_row_1"), ("3", "duplicate", "same_as_row_2"),
            ("5", "duplicate", "same_as_row_1"), ("5", "duplicate", "same_as_row_2"),
            ("6", "added", "")})  # fmt: skip
        self.assert_people_agree(loaded, sandbox)

        summary = loaded.summary
        self.assertEqual(summary["rows"]["total"], 8)
        self.assertEqual((summary["rows"]["added"], summary["rows"]["duplicate"]), (4, 2))
        self.assertEqual(summary["contacts"], {"added": 202, "skipped": 0})
        self.assertEqual([entry["file"] for entry in summary["input"]], [path])
        self.assertEqual([target["rows"]["total"] for target in summary["targets"]], [5, 1])
        self.assertEqual([target["contacts"]["added"] for target in summary["targets"]], [200, 2])
        self.assertNotIn("file", loaded.rows[0])
        self.assertEqual(len(loaded.attention), 1)
        # 200 contacts in the first sequence, 2 in the second: and each label is read once.
        routes = self.routes(sandbox)
        self.assertEqual(routes.count("add_contact_ids"), 3)
        self.assertEqual(summary["requests"],
                         {"sent": 3, "retried": 0, "rate_limited": 0, "minimum": 3})
        self.assertEqual(routes.count("search_contacts"), 2 + 1 + 1 + 1)
        (run,) = self.listed()
        self.assertEqual(run["rows"]["total"], 8)
        self.assertEqual(run["input"], [path])
        again = self.command("report", run["run_id"])
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual(self.people(again), people)
        self.assertEqual(self.fates(again), self.fates(loaded))

    def test_the_plan_says_whom_labels_reach_and_how_many_requests_that_takes(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.file([contact(0), "", sequence(0), ROBIN], ["", "Even", sequence(0), ROBIN],
                         ["", "Third", sequence(0), ROBIN])  # fmt: skip
        loaded = self.expand(path, sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertIn(b"3 rows read: 3 to send\n", loaded.stderr)
        self.assertIn(b"2 labels reach 250 contacts: 199 to send, 51 duplicate\n", loaded.stderr)
        self.assertIn(b"2 requests", loaded.stderr)

    def test_without_a_check_the_list_of_labels_is_read_all_the_same(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.file(["", "Even", sequence(0), ROBIN])
        loaded = self.expand(path, "--no-check", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertNotIn("search_sequences", self.routes(sandbox))
        self.assertEqual(loaded.summary["contacts"]["added"], 150)
        unknown = self.expand(self.file(["", "Evenn", sequence(0), ROBIN]), "--no-check",
                              sandbox=sandbox)
        self.assertEqual(unknown.code, 3, unknown.stderr)
        self.assertIn(b'did you mean "Even"?', unknown.stderr)

    def test_other_columns_and_separators_of_the_input_do_not_matter(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.folder / "input.csv"
        path.write_text("from_label;label_row;contact_id\n" + f"Third;;{contact(7)}\nEven;;\n")
        loaded = self.expand(path, "--delimiter", ";", "--map", "label=from_label", "--map",
                             "contact_id=label_row", "--sequence-id", sequence(0),
                             "--email-account-id", ROBIN, "--sequence-no-email", "--status",
                             "paused", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual([row["contacts_added"] for row in loaded.rows], ["100", "100"])
        self.assertEqual(len(loaded.summary["targets"]), 1)
        self.assert_people_agree(loaded, sandbox)

    def test_a_label_row_may_name_its_sequence_and_mailbox(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.csv(["label", "sequence", "email_account"],
                        [["Third", "Sequence 1", "robin@mail.example.com"],
                         ["Even", "Sequence 1", ""], ["Even", "No such sequence", ""]])  # fmt: skip
        loaded = self.expand(path, "--email-account", "robin@mail.example.com", "--allow-partial",
                             sandbox=sandbox)
        self.assertEqual(loaded.code, 1, loaded.stderr)
        self.assertEqual([(row["status"], row["reason"]) for row in loaded.rows],
                         [("added", ""), ("added", ""), ("failed", "sequence_not_found")])
        self.assertEqual([row["contacts_added"] for row in loaded.rows], ["100", "100", ""])
        self.assertEqual(set(sequence_id for sequence_id, _ in self.ledger(sandbox)), {sequence(1)})
        self.assertEqual(len(self.people(loaded)), 250)

    def test_excluded_people_stay_out(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        excluded = self.csv(["contact_id"], [[contact(n)] for n in (0, 2, 150)], "never.csv")
        path = self.file(["", ODD, sequence(0), ROBIN], ["", "Even", sequence(0), ROBIN])
        loaded = self.expand(path, "--exclude", excluded, sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual(self.fates(loaded),
                         [("excluded", "", "0", "0"), ("added", "", "147", "0")])
        self.assertEqual([person["status"] for person in self.people(loaded)].count("excluded"), 5)
        self.assert_people_agree(loaded, sandbox)

    def test_whom_the_ledger_knows_is_not_sent_again(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        self.assertEqual(self.expand(self.file(["", "Even", sequence(0), ROBIN]),
                                     sandbox=sandbox).code, 0)
        again = self.expand(self.file(["", "Even", sequence(0), ROBIN],
                                      ["", "Third", sequence(0), ROBIN]),
                            "--skip-added", sandbox=sandbox)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual([row["status"] for row in again.rows], ["already_in_sequence", "added"])
        self.assertTrue(again.rows[0]["reason"].startswith("known_from_run_"))
        self.assertEqual(again.summary["requests"]["sent"], 1)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 200)

    def test_a_label_that_cannot_be_read_whole_is_told_and_nothing_is_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(100_002))
        path = self.file(["", "Even", sequence(0), ROBIN], [contact(1), "", sequence(0), ROBIN])
        refused = self.expand(path, sandbox=sandbox)
        self.assertEqual(refused.code, 3, refused.stderr)
        self.assertIn(b'label "Even" has 50,001 contacts, and no more than 50,000 can be read',
                      refused.stderr)
        self.assertIn(b"load it without --expand-labels, or split the label in Apollo",
                      refused.stderr)
        self.assertEqual(self.routes(sandbox).count("add_contact_ids"), 0)
        self.assertEqual(self.routes(sandbox).count("search_contacts"), 1)

    def test_max_contacts_counts_those_who_were_read(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.file(["", "Even", sequence(0), ROBIN], ["", "Third", sequence(0), ROBIN])
        refused = self.expand(path, "--max-contacts", "199", sandbox=sandbox)
        self.assertEqual(refused.code, 2, refused.stderr)
        self.assertIn(b"the plan has 2 rows to send, for 200 contacts with those of its labels, "
                      b"and 199 are allowed", refused.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)
        self.assertEqual(self.expand(path, "--max-contacts", "200", sandbox=sandbox).code, 0)
        # By what Apollo counts, whoever is in both counts twice.
        unread = self.load(path, "--max-contacts", "200", sandbox=sandbox)
        self.assertEqual(unread.code, 2, unread.stderr)

    def test_a_signal_while_labels_are_read_leaves_a_run_that_reads_them_anew(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(2000), faults=[SLOW_PAGES])
        path = self.file(["", "Even", sequence(0), ROBIN])
        process = subprocess.Popen(
            [base.SEQLOAD, "load", "--yes", "--expand-labels", "--state", str(self.state), "--out",
             str(self.folder / "out"), path], env=self.environment(sandbox), cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.kill)
        while "search_contacts" not in self.routes(sandbox):
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=120)
        self.assertEqual(process.returncode, -signal.SIGTERM, stderr)
        sandbox.set_faults([])
        pages = self.routes(sandbox).count("search_contacts")
        self.assertLess(pages, 10)
        self.assertEqual(self.routes(sandbox).count("add_contact_ids"), 0)
        (run,) = self.listed()
        self.assertIsNone(run["rows"]["total"])
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(self.routes(sandbox).count("search_contacts"), pages + 10)
        self.assertEqual(resumed.summary["contacts"]["added"], 1000)
        self.assert_people_agree(resumed, sandbox)

    def interrupt_sending(self, sandbox, how):
        path = self.file([contact(1), "", sequence(0), ROBIN], ["", "Even", sequence(0), ROBIN],
                         ["", "Third", sequence(0), ROBIN])  # fmt: skip
        sandbox.set_faults([SLOW])
        process = self.start(path, "--expand-labels", sandbox=sandbox)
        while sandbox.ledger()["totals"]["added"] < 5:
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(how)
        self.assertEqual(process.wait(120), -how)
        sandbox.set_faults([])
        return path

    def test_a_run_that_was_stopped_is_taken_up_again_without_reading_labels(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        self.interrupt_sending(sandbox, signal.SIGTERM)
        (run,) = self.listed()
        stopped = self.command("report", run["run_id"])
        self.assertEqual([row["status"] for row in stopped.rows][1:], ["not_attempted"] * 2)
        self.assertEqual(len(self.people(stopped)), 250)
        self.assertRegex(stopped.rows[1]["detail"], r"^\d+ of 150 contacts$")
        self.assertEqual(stopped.summary["rows"]["total"], 3)
        pages = self.routes(sandbox).count("search_contacts")
        resumed = self.command("resume", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(self.routes(sandbox).count("search_contacts"), pages)
        self.assertEqual([row["contacts_added"] for row in resumed.rows], ["1", "150", "50"])
        self.assert_people_agree(resumed, sandbox)

    def test_a_run_that_was_killed_is_taken_up_again_and_its_doubt_is_told(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        self.interrupt_sending(sandbox, signal.SIGKILL)
        resumed = self.command("resume", sandbox=sandbox)
        self.assertIn(resumed.code, (0, 1), resumed.stderr)
        people = self.people(resumed)
        self.assertEqual(len(people), 250)
        claimed = sum(person["status"] == "added" for person in people)
        doubtful = sum(person["reason"] == "answer_lost" for person in people)
        self.assertLessEqual(sandbox.ledger()["totals"]["added"], claimed + doubtful + 1)
        self.assertEqual({1}, set(self.ledger(sandbox).values()))
        self.assertEqual(len(self.ledger(sandbox)), 201)

    def test_wherever_it_is_killed_each_contact_is_added_once_and_told_once(self):
        slow = [{"kind": "latency", "ms": 60, "route": route}
                for route in ("list_labels", "search_contacts", "add_contact_ids")]  # fmt: skip
        for request in range(2, 16, 2):
            with self.subTest(killed_at_request=request):
                sandbox = self.sandbox(*UNLIMITED, world=world(), faults=slow)
                state, out = (self.folder / f"{request}.db", self.folder / f"out-{request}")
                path = self.file(["", "Even", sequence(0), ROBIN], ["", "Third", sequence(0), ROBIN])
                process = subprocess.Popen(
                    [base.SEQLOAD, "load", "--yes", "--expand-labels", "--state", str(state),
                     "--out", str(out), "--batch-size", "20", "--connections", "2", path],
                    env=self.environment(sandbox), cwd=self.folder, stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
                self.addCleanup(process.kill)
                while len(self.routes(sandbox)) < request:
                    self.assertIsNone(process.poll(), "it ended too early")
                process.kill()
                process.wait(120)
                sandbox.set_faults([])
                resumed = base.Outcome(
                    self.seqload("resume", "--state", state, sandbox=sandbox), out)
                self.assertEqual(resumed.code, 0, resumed.stderr)
                ledger = self.ledger(sandbox)
                self.assertEqual({1}, set(ledger.values()))
                self.assertEqual(len(ledger), 200)
                people = self.people(resumed)
                told = collections.Counter(
                    person["contact_id"] for person in people if person["status"] != "duplicate")
                self.assertEqual(set(told), {contact_id for _, contact_id in ledger})
                self.assertEqual({1}, set(told.values()))
                self.assertEqual(len(people), 250)
                self.assertEqual({row["status"] for row in resumed.rows}
                                 - {"added", "already_in_sequence"}, set())
                counted = resumed.summary["contacts"]
                self.assertEqual(counted["added"] + counted["skipped"], 200)

    def test_a_file_of_contacts_that_changed_or_is_gone_stops_a_resumed_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        self.interrupt_sending(sandbox, signal.SIGTERM)
        (expanded,) = (self.folder / "out").glob("expanded-labels-*.csv")
        text = expanded.read_text(encoding="utf-8")
        expanded.write_text(text.replace(contact(298), contact(299), 1), encoding="utf-8")
        changed = self.command("resume", sandbox=sandbox)
        self.assertEqual(changed.code, 3, changed.stderr)
        self.assertIn(expanded.name.encode(), changed.stderr)
        expanded.unlink()
        gone = self.command("resume", sandbox=sandbox)
        self.assertEqual(gone.code, 3, gone.stderr)
        (run,) = self.listed()
        reported = self.command("report", run["run_id"])
        self.assertEqual(reported.code, 0, reported.stderr)
        self.assertEqual({person["contact_id"] for person in self.people(reported)}, {""})
        self.assertEqual(len(reported.rows), 3)
        expanded.write_text(text, encoding="utf-8")
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 0)

    def test_undo_takes_back_whom_the_labels_added(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        loaded = self.expand(self.file([contact(1), "", sequence(0), ROBIN],
                                       ["", "Third", sequence(0), ROBIN]), sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        (run,) = self.listed()
        undone = self.undo(run["run_id"], sandbox=sandbox)
        self.assertEqual(undone.code, 0, undone.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["removed"], 101)
        self.assertEqual([row["row"] for row in undone.rows], ["1"] + ["2"] * 100)

    def test_verify_settles_person_by_person(self):
        sandbox = self.sandbox(*UNLIMITED, world=world(), faults=[
            {"kind": "drop", "when": "after", "route": "add_contact_ids", "times": 1}])  # fmt: skip
        loaded = self.expand(self.file(["", "Third", sequence(0), ROBIN]), "--attempts", "1",
                             sandbox=sandbox)
        self.assertEqual(loaded.code, 1, loaded.stderr)
        self.assertEqual(self.fates(loaded)[0][:2], ("unconfirmed", "answer_lost"))
        self.assertTrue(loaded.rows[0]["detail"].startswith("100 of 100 contacts: localhost:"))
        self.assertEqual(len(loaded.attention), 1)
        verified = self.command("verify", sandbox=sandbox)
        self.assertEqual(verified.code, 0, verified.stderr)
        self.assertEqual(self.fates(verified), [("added", "", "100", "0")])
        self.assertEqual({person["reason"] for person in self.people(verified)}, {"verified"})
        self.assert_people_agree(verified, sandbox)

    def test_a_canary_tries_a_few_of_a_labels_contacts(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        loaded = self.expand(self.file(["", "Third", sequence(0), ROBIN]), "--canary", "3",
                             sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        sizes = [request["contacts"] for request in sandbox.requests()
                 if request["route"] == "add_contact_ids"]
        self.assertEqual(sizes, [3, 97])


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
