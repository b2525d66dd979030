#!/usr/bin/env python3
"""seqload against apollo-sandbox: what it reports is held against the sandbox's ledger.

    end_to_end_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import collections
import csv
import gzip
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from apollo_sandbox import ROBIN, WELCOME, Sandbox, contact

SEQLOAD = "seqload"  # both set from the command line
SANDBOX = "apollo-sandbox"
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
UNLIMITED = ["--limits", "unlimited"]
# In the order of `report.csv` (spec: "Reports").
REPORT_COLUMNS = (
    "row,line,contact_id,label,sequence_id,email_account_id,status,reason,detail,contacts_added,"
    "contacts_skipped,http_status,attempts,request_id,settled_at"
).split(",")


def small_world(count, sequences=1, **more):
    """count generated contacts without traits, as many sequences as asked, one mailbox."""
    return {
        "keys": ["sandbox-master-key"],
        "mailboxes": [{"id": ROBIN, "email": "robin@mail.example.com"}],
        "generate_sequences": [{"prefix": "66e9e21500000000", "count": sequences, "name": "Sequence"}],
        "generate": [{"prefix": "66f0000000000000", "count": count}],
        **more,
    }


def sequence(number):
    return contact(number, "66e9e21500000000")


class Outcome:
    """A finished `seqload`, with its report if it wrote one."""

    def __init__(self, process, out):
        self.code = process.returncode
        self.stdout = process.stdout
        self.stderr = process.stderr
        self.out = pathlib.Path(out)

    @property
    def rows(self):
        with open(self.out / "report.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def attention(self):
        with open(self.out / "attention.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def summary(self):
        return json.loads((self.out / "summary.json").read_text(encoding="utf-8"))

    def count(self, **wanted):
        return sum(all(row[key] == value for key, value in wanted.items()) for row in self.rows)


class EndToEnd(unittest.TestCase):
    maxDiff = None

    # Most tests count requests, or are about what Apollo itself refuses; load_check_test.py is
    # about the check before.
    CHECK = ("--no-check",)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="seqload-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def sandbox(self, *arguments, **parts):
        sandbox = Sandbox(SANDBOX, *arguments, **parts)
        self.addCleanup(sandbox.end)
        return sandbox

    def environment(self, sandbox=None, **more):
        names = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")
        environment = {name: os.environ[name] for name in names if name in os.environ}
        environment["HOME"] = str(self.folder)
        if sandbox is not None:
            environment.update(sandbox.environment)
        environment.update(more)
        return environment

    def csv(self, header, rows, name="input.csv"):
        path = self.folder / name
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        return str(path)

    def contacts(self, count, name="input.csv", of=WELCOME):
        rows = [[contact(number), of, ROBIN] for number in range(count)]
        return self.csv(["contact_id", "sequence_id", "email_account_id"], rows, name)

    def seqload(self, *arguments, sandbox=None, environment=None, stdin=None):
        return subprocess.run(
            [SEQLOAD, *map(str, arguments)],
            env=environment or self.environment(sandbox),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            cwd=self.folder,
            timeout=500,
        )

    def load(self, *arguments, sandbox=None, environment=None, stdin=None):
        out = self.folder / "out"
        process = self.seqload("load", "--yes", "--out", out, *self.CHECK, *arguments, sandbox=sandbox,
                               environment=environment, stdin=stdin)
        return Outcome(process, out)

    def ledger(self, sandbox):
        """The contacts that were effectively added, with how often."""
        return {
            (sequence_id, contact_id): entry["added"]
            for sequence_id, content in sandbox.ledger()["sequences"].items()
            for contact_id, entry in content.get("contacts", {}).items()
            if entry["added"]
        }

    def assert_report_agrees(self, outcome, ledger):
        """Whoever is called added was added, once; whoever was added is not called anything that
        says otherwise."""
        claimed = {(row["sequence_id"], row["contact_id"])
                   for row in outcome.rows if row["status"] == "added"}
        possible = claimed | {(row["sequence_id"], row["contact_id"]) for row in outcome.rows
                              if row["reason"] in ("answer_lost", "not_named", "accepted_as_job")}
        self.assertLessEqual(claimed, set(ledger))
        self.assertLessEqual(set(ledger), possible)
        self.assertEqual({1}, set(ledger.values()) or {1})


class Reports(EndToEnd):
    def test_rows_of_every_fate_come_out_once_and_in_order(self):
        sandbox = self.sandbox("--data", SAMPLES / "world.json")
        outcome = self.load(SAMPLES / "renewals.csv", sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        rows = outcome.rows
        self.assertEqual([int(row["row"]) for row in rows], list(range(1, len(rows) + 1)))
        self.assertEqual(list(rows[0])[: len(REPORT_COLUMNS)], REPORT_COLUMNS)
        statuses = collections.Counter(row["status"] for row in rows)
        summary = outcome.summary
        for status, count in statuses.items():
            self.assertEqual(summary["rows"][status], count, status)
        self.assertEqual(summary["rows"]["total"], len(rows))
        self.assertEqual(summary["requests"]["sent"], summary["requests"]["minimum"])
        self.assertEqual(sandbox.ledger()["totals"]["added"], statuses["added"])
        self.assert_report_agrees(outcome, self.ledger(sandbox))
        needing = [row for row in rows if row["status"] in ("invalid", "failed", "unconfirmed")]
        self.assertEqual(len(outcome.attention), len(needing))
        self.assertEqual([row["result_reason"] for row in outcome.attention],
                         [row["reason"] for row in needing])

    def test_attention_csv_can_be_mended_and_loaded_as_it_is(self):
        sandbox = self.sandbox(world=small_world(3))
        path = self.csv(["Name", "contact_id"], [["A", contact(0)], ["B", "nobody"]])
        options = ["--sequence-id", sequence(0), "--email-account-id", ROBIN]
        first = self.load(path, *options, sandbox=sandbox)
        self.assertEqual(first.code, 1, first.stderr)
        text = (first.out / "attention.csv").read_text(encoding="utf-8")
        mended = self.folder / "mended.csv"
        mended.write_text(text.replace("nobody,", contact(1) + ",", 1), encoding="utf-8")
        second = self.load(mended, *options, sandbox=sandbox)
        self.assertEqual(second.code, 0, second.stderr)
        self.assertEqual(list(second.rows[0])[len(REPORT_COLUMNS):], ["Name"])
        self.assertEqual(set(self.ledger(sandbox)),
                         {(sequence(0), contact(0)), (sequence(0), contact(1))})

    def test_labels_reach_people_who_are_listed(self):
        sandbox = self.sandbox("--data", SAMPLES / "world.json")
        outcome = self.load(SAMPLES / "labels.csv", sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        with open(outcome.out / "label-contacts.csv", encoding="utf-8", newline="") as file:
            people = list(csv.DictReader(file))
        added = [person for person in people if person["status"] == "added"]
        self.assertEqual(outcome.summary["contacts"]["added"], len(added))
        self.assertEqual(sandbox.ledger()["totals"]["added"], len(added))

    def test_inputs_come_plain_packed_and_from_standard_input_as_one(self):
        sandbox = self.sandbox(world=small_world(30))
        of = sequence(0)
        header = "contact_id,sequence_id,email_account_id\n"
        parts = ["".join(f"{contact(n)},{of},{ROBIN}\n" for n in range(first, first + 10))
                 for first in (0, 10, 20)]
        plain = self.folder / "plain.csv"
        plain.write_text(header + parts[0])
        packed = self.folder / "packed"
        packed.write_bytes(gzip.compress((header + parts[1]).encode()))
        outcome = self.load(plain, packed, "-", sandbox=sandbox, stdin=(header + parts[2]).encode())
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.summary["requests"]["sent"], 1)
        self.assertEqual([row["file"] for row in outcome.rows],
                         [str(plain)] * 10 + [str(packed)] * 10 + ["(standard input)"] * 10)
        self.assertEqual(len(self.ledger(sandbox)), 30)

    def test_the_key_is_in_no_file_and_in_no_output(self):
        sandbox = self.sandbox("--data", SAMPLES / "world.json")
        outcome = self.load(SAMPLES / "renewals.csv", sandbox=sandbox)
        key = sandbox.key.encode()
        self.assertNotIn(key, outcome.stdout + outcome.stderr)
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(key, path.read_bytes(), path)


class Requests(EndToEnd):
    def test_100000_rows_of_500_interleaved_targets_take_the_fewest_requests(self):
        rows = 100_000
        targets = 500
        sandbox = self.sandbox(*UNLIMITED, world=small_world(rows, targets))
        path = self.csv(["contact_id", "sequence_id", "email_account_id"],
                        ([contact(n), sequence(n * 7919 % targets), ROBIN] for n in range(rows)))
        outcome = self.load(path, "--minute-limit=0", "--hour-limit=0", "--day-limit=0", "--quiet",
                            sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.summary["requests"],
                         {"sent": 1000, "retried": 0, "rate_limited": 0, "minimum": 1000})
        self.assertEqual(sandbox.ledger()["requests"]["add_contact_ids"]["total"], 1000)
        report = outcome.rows
        self.assertEqual([int(row["row"]) for row in report], list(range(1, rows + 1)))
        ledger = self.ledger(sandbox)
        self.assertEqual({(row["sequence_id"], row["contact_id"]) for row in report}, set(ledger))
        self.assertEqual(set(ledger.values()), {1})

    def test_the_minute_window_is_waited_for_and_never_overrun(self):
        sandbox = self.sandbox("--limits", "5/0/0", "--time-scale", "60",
                               world=small_world(120))
        outcome = self.load(self.contacts(120, of=sequence(0)), "--batch-size", "10",
                            "--minute-limit", "5", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.summary["requests"],
                         {"sent": 12, "retried": 0, "rate_limited": 0, "minimum": 12})
        self.assertEqual(sandbox.ledger()["requests"]["add_contact_ids"]["429"], 0)

    def test_a_rejected_batch_is_halved_until_the_row_at_fault_stands_alone(self):
        poison = {"kind": "status", "status": 422, "body": "empty", "contact": contact(13)}
        sandbox = self.sandbox(world=small_world(64), faults=[poison])
        outcome = self.load(self.contacts(64, of=sequence(0)), sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        self.assertEqual([row["contact_id"] for row in outcome.rows if row["status"] != "added"],
                         [contact(13)])
        self.assertEqual(outcome.count(status="failed", reason="rejected"), 1)
        self.assertEqual(len(self.ledger(sandbox)), 63)

    def test_rows_of_a_dead_target_fail_without_requests(self):
        sandbox = self.sandbox(world=small_world(500))
        path = self.contacts(500, of="66e9e215ece19801b21999ff")
        outcome = self.load(path, "--connections", "1", sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        self.assertEqual(outcome.count(status="failed", reason="sequence_not_found"), 500)
        self.assertEqual(outcome.summary["requests"]["sent"], 1)

    def test_the_body_form_and_rotating_mailboxes_are_understood(self):
        second = "6633baaece5fbd01c791d702"
        mailboxes = [{"id": ROBIN, "email": "a@mail.example.com"},
                     {"id": second, "email": "b@mail.example.com"}]
        sandbox = self.sandbox(world=small_world(1000, mailboxes=mailboxes))
        path = self.csv(["contact_id", "sequence_id", "email_account_id"],
                        [[contact(n), sequence(0), f"{ROBIN};{second}" if n < 500 else ROBIN]
                         for n in range(1000)])
        outcome = self.load(path, "--params", "body", "--batch-size", "500", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.summary["requests"]["sent"], 2)
        self.assertEqual(len(self.ledger(sandbox)), 1000)


class Stopping(EndToEnd):
    def test_a_refused_key_stops_the_run_with_code_4(self):
        sandbox = self.sandbox(world=small_world(300))
        environment = self.environment(sandbox, APOLLO_API_KEY="wrong-key")
        outcome = self.load(self.contacts(300, of=sequence(0)), environment=environment)
        self.assertEqual(outcome.code, 4, outcome.stderr)
        self.assertEqual(outcome.count(status="not_attempted"), 300)
        self.assertNotIn(b"wrong-key", outcome.stdout + outcome.stderr)

    def test_when_nothing_gets_through_the_run_gives_up_with_code_5(self):
        certificates = self.folder / "certificates"
        sandbox = self.sandbox("--time-scale", "100", "--cert-dir", certificates,
                               world=small_world(10))
        environment = self.environment(sandbox)
        sandbox.end()
        outcome = self.load(self.contacts(10, of=sequence(0)), "--give-up-after", "30s",
                            environment=environment)
        self.assertEqual(outcome.code, 5, outcome.stderr)
        self.assertEqual(outcome.count(status="not_attempted"), 10)

    def test_lost_answers_to_the_end_leave_rows_unconfirmed(self):
        faults = [{"kind": "drop", "when": "after", "route": "add_contact_ids"}]
        sandbox = self.sandbox("--time-scale", "100", world=small_world(10), faults=faults)
        outcome = self.load(self.contacts(10, of=sequence(0)), "--attempts", "2", sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        self.assertEqual(outcome.count(status="unconfirmed", reason="answer_lost"), 10)
        self.assert_report_agrees(outcome, self.ledger(sandbox))

    def test_an_interrupt_finishes_what_is_in_flight_and_reports_the_rest(self):
        faults = [{"kind": "latency", "ms": 300, "route": "add_contact_ids"}]
        sandbox = self.sandbox(*UNLIMITED, world=small_world(500), faults=faults)
        out = self.folder / "out"
        process = subprocess.Popen(
            [SEQLOAD, "load", "--yes", "--no-check", "--out", str(out), "--batch-size", "1", "--connections", "1",
             self.contacts(500, of=sequence(0))],
            env=self.environment(sandbox), cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        self.addCleanup(process.kill)
        while sandbox.ledger()["totals"]["added"] == 0:
            self.assertIsNone(process.poll(), "it ended before the interrupt")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, -signal.SIGINT)
        process.stdout, process.stderr = b"", b""
        outcome = Outcome(process, out)
        self.assertEqual(outcome.count(status="added") + outcome.count(status="not_attempted"), 500)
        self.assert_report_agrees(outcome, self.ledger(sandbox))

    def test_without_yes_and_without_a_terminal_nothing_is_sent(self):
        sandbox = self.sandbox(world=small_world(1))
        process = self.seqload("load", self.contacts(1, of=sequence(0)), sandbox=sandbox)
        self.assertEqual(process.returncode, 2)
        self.assertIn(b"--yes", process.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 0)

    def test_time_is_scaled_for_a_loopback_address_only(self):
        environment = self.environment(APOLLO_API_KEY="nobody-s-key")
        outcome = self.load(self.contacts(1), "--time-scale", "60", "--api-url",
                            "https://api.example.com", environment=environment)
        self.assertEqual(outcome.code, 2, outcome.stderr)
        self.assertIn(b"time can be scaled for a loopback address only", outcome.stderr)

    def test_an_untrusted_certificate_is_refused_before_the_key_is_sent(self):
        sandbox = self.sandbox("--time-scale", "100", world=small_world(1))
        environment = self.environment(sandbox)
        del environment["SEQLOAD_CA_FILE"]
        outcome = self.load(self.contacts(1, of=sequence(0)), "--give-up-after", "10s",
                            environment=environment)
        self.assertEqual(outcome.code, 5, outcome.stderr)
        self.assertIn(b"certificate", outcome.stderr)
        self.assertEqual(outcome.count(status="not_attempted"), 1)
        self.assertEqual(sandbox.ledger()["requests"]["add_contact_ids"]["total"], 0)


class Plans(EndToEnd):
    def plan(self, *arguments, stdin=None):
        return self.seqload("plan", *arguments, stdin=stdin)

    def test_a_plan_says_how_many_requests_in_text_and_in_json(self):
        path = self.contacts(250)
        text = self.plan(path)
        self.assertEqual(text.returncode, 0, text.stderr)
        self.assertIn(b"3 requests", text.stdout)
        plan = json.loads(self.plan(path, "--json").stdout)
        self.assertEqual(plan["requests"], 3)
        self.assertEqual(plan["rows"], {"total": 250, "to_send": 250, "duplicate": 0, "excluded": 0,
                                        "invalid": 0})
        self.assertEqual(plan["targets"][0]["sequence_id"], WELCOME)

    def test_a_plan_reads_standard_input_and_changes_nothing(self):
        data = pathlib.Path(self.contacts(5)).read_bytes()
        before = sorted(self.folder.rglob("*"))
        process = self.plan("-", stdin=data)
        self.assertEqual(process.returncode, 0, process.stderr)
        self.assertEqual(sorted(self.folder.rglob("*")), before)

    def test_who_is_excluded_or_named_twice_is_not_sent(self):
        path = self.csv(["contact_id", "sequence_id", "email_account_id"],
                        [[contact(n), WELCOME, ROBIN] for n in (1, 2, 2, 3)])
        excluded = self.csv(["Apollo Contact Id"], [[contact(3).upper()]], "exclude.csv")
        plan = json.loads(self.plan(path, "--exclude", excluded, "--json").stdout)
        self.assertEqual(plan["rows"], {"total": 4, "to_send": 2, "duplicate": 1, "excluded": 1,
                                        "invalid": 0})

    def test_an_exclude_file_with_a_broken_id_is_refused(self):
        excluded = self.csv(["contact_id"], [[contact(3)], ["66f0"]], "exclude.csv")
        process = self.plan(self.contacts(3), "--exclude", excluded)
        self.assertEqual(process.returncode, 3)
        self.assertIn(b"exclude.csv:3", process.stderr)

    def test_unusable_inputs_end_with_code_3_and_wrong_usage_with_code_2(self):
        empty = self.folder / "empty.csv"
        empty.write_text("")
        nameless = self.csv(["who", "what"], [["a", "b"]], "nameless.csv")
        for arguments, code in [
            ([self.folder / "missing.csv"], 3),
            ([empty], 3),
            ([nameless], 3),
            ([], 2),
            (["--sequence-id", "short", nameless], 2),
            (["--no-such-option", nameless], 2),
        ]:
            process = self.plan(*arguments)
            self.assertEqual(process.returncode, code, (arguments, process.stderr))
            self.assertTrue(process.stderr.startswith(b"seqload: error: "), process.stderr)


if __name__ == "__main__":
    SEQLOAD, SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
