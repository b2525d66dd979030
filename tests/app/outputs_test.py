#!/usr/bin/env python3
"""What a run leaves for other programs: --junit, --metrics, and GitHub's annotations and page.

    outputs_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import pathlib
import re
import signal
import sys
import unittest
from xml.etree import ElementTree

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import SLOW, Runs

HEADER = ["contact_id", "sequence_id", "email_account_id"]


class Outputs(Runs):
    def rows(self, numbers, name="input.csv", sequences=1, bad=0):
        """Contacts by number over the sequences in turn, and so many bad rows behind them."""
        rows = [[contact(number), sequence(place % sequences), ROBIN]
                for place, number in enumerate(numbers)]  # fmt: skip
        rows += [["nobody", sequence(0), ROBIN] for _ in range(bad)]
        return self.csv(HEADER, rows, name)

    def samples(self, file):
        """The metrics in a file, by name and labels."""
        pattern = re.compile(r"([a-z_]+)\{(.*)\} (\S+)")
        matches = map(pattern.fullmatch, file.read_text().splitlines())
        return {(m[1], m[2]): float(m[3]) for m in matches if m}


class JUnit(Outputs):
    def test_a_test_report_has_a_suite_for_each_file_and_fails_where_rows_need_a_person(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(60, sequences=3))
        first = self.rows(range(30), "first.csv", sequences=3, bad=30)
        second = self.rows(range(30, 60), "second.csv", sequences=2)
        junit = self.folder / "junit.xml"
        outcome = self.load(first, second, "--junit", junit, sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        suites = ElementTree.parse(junit).getroot()
        self.assertEqual({key: suites.get(key) for key in ("tests", "failures", "errors")},
                         {"tests": "6", "failures": "1", "errors": "0"})
        self.assertEqual([suite.get("name") for suite in suites], [str(first), str(second)])
        self.assertEqual([len(suite) for suite in suites], [4, 2])
        (failure,) = suites.iter("failure")
        self.assertEqual(failure.get("message"), "30 of 30 rows need a person")
        lines = failure.text.splitlines()
        self.assertEqual(lines[0], f"{first}:32: row 31: invalid, bad_contact_id: nobody")
        self.assertEqual(len(lines), 21)
        self.assertEqual(lines[-1], "… and 10 rows more, in attention.csv")

    def test_report_writes_it_again_and_a_stopped_run_has_errors(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40))
        self.interrupted(sandbox)
        (run,) = self.listed()
        junit = self.folder / "again.xml"
        self.command("report", run["run_id"], "--junit", junit)
        (error,) = ElementTree.parse(junit).getroot().iter("error")
        self.assertIn("not attempted: seqload resume", error.get("message"))
        resumed = self.command("resume", "--junit", junit, sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(ElementTree.parse(junit).getroot().get("errors"), "0")

    def test_a_test_report_that_cannot_be_written_is_a_local_fault(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        outcome = self.load(self.rows(range(3)), "--junit", self.folder / "no" / "junit.xml",
                            sandbox=sandbox)
        self.assertEqual(outcome.code, 6)
        self.assertIn(b"junit.xml", outcome.stderr)
        self.assertEqual(len(self.ledger(sandbox)), 3)


class Metrics(Outputs):
    def test_metrics_tell_the_run_and_keep_the_last_success(self):
        sandbox = self.sandbox(world=small_world(60))
        metrics = self.folder / "nightly.prom"
        path = self.rows(range(50), bad=2)
        self.assertEqual(self.load(path, "--metrics", metrics, sandbox=sandbox).code, 1)
        told = self.samples(metrics)
        name = 'name="nightly"'
        self.assertEqual(told["seqload_last_run_exit_code", name], 1)
        self.assertEqual(told["seqload_last_run_rows", f'{name},status="added"'], 50)
        self.assertEqual(told["seqload_last_run_rows", f'{name},status="invalid"'], 2)
        self.assertEqual(told["seqload_last_run_requests", f'{name},kind="sent"'], 1)
        self.assertEqual(told["seqload_quota_left", f'{name},window="hour"'], 399)
        success = told["seqload_last_success_timestamp_seconds", name]
        self.assertEqual(success, told["seqload_last_run_timestamp_seconds", name])

        key_refused = self.environment(sandbox) | {"APOLLO_API_KEY": "sandbox-closed-key"}
        again = self.load(self.rows(range(50, 60), "more.csv"), "--metrics", metrics,
                          sandbox=sandbox, environment=key_refused)
        self.assertEqual(again.code, 4, again.stderr)
        told = self.samples(metrics)
        self.assertEqual(told["seqload_last_run_exit_code", name], 4)
        self.assertEqual(told["seqload_last_success_timestamp_seconds", name], success)

    def test_a_run_that_cannot_begin_leaves_metrics_all_the_same(self):
        metrics = self.folder / "nightly.prom"
        sandbox = self.sandbox(world=small_world(1))
        outcome = self.load(self.folder / "missing.csv", "--metrics", metrics, sandbox=sandbox)
        self.assertEqual(outcome.code, 3)
        told = self.samples(metrics)
        self.assertEqual(told["seqload_last_run_exit_code", 'name="nightly"'], 3)
        self.assertNotIn("seqload_last_success_timestamp_seconds", metrics.read_text())

    def test_a_resumed_run_writes_the_metrics_that_it_was_begun_with(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(40), faults=[SLOW])
        metrics = self.folder / "nightly.prom"
        process = self.start(self.contacts(40, of=sequence(0)), "--metrics", str(metrics),
                             sandbox=sandbox)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(120), -signal.SIGTERM)
        exit_code = "seqload_last_run_exit_code", 'name="nightly"'
        self.assertEqual(self.samples(metrics)[exit_code], 128 + signal.SIGTERM)
        sandbox.set_faults([])
        self.assertEqual(self.command("resume", sandbox=sandbox).code, 0)
        self.assertEqual(self.samples(metrics)[exit_code], 0)


class GitHub(Outputs):
    def actions(self, sandbox):
        self.page = self.folder / "step-summary.md"
        self.page.write_text("# from an earlier step\n")
        return self.environment(sandbox) | {
            "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.folder.resolve()),
            "GITHUB_STEP_SUMMARY": str(self.page)}  # fmt: skip

    def annotations(self, outcome):
        return [line for line in outcome.stderr.decode().splitlines() if line.startswith("::")]

    def test_rows_that_need_a_person_are_annotated_ten_at_most(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        outcome = self.load(self.rows(range(5), bad=14), sandbox=sandbox,
                            environment=self.actions(sandbox))
        self.assertEqual(outcome.code, 1, outcome.stderr)
        annotations = self.annotations(outcome)
        self.assertEqual(len(annotations), 10)
        self.assertEqual(annotations[0], "::error file=input.csv,line=7,title=seqload%3A invalid::"
                                         "row 6: invalid, bad_contact_id: nobody")
        self.assertEqual(annotations[-1],
                         "::error title=seqload::5 rows more need a person, see attention.csv")
        page = self.page.read_text()
        self.assertTrue(page.startswith("# from an earlier step\n## seqload load: 5 of 19 rows"))
        self.assertIn("**14 rows need a person.**", page)

    def test_elsewhere_nothing_is_annotated(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        outcome = self.load(self.rows(range(5), bad=3), sandbox=sandbox)
        self.assertEqual(self.annotations(outcome), [])


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
