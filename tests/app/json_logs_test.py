#!/usr/bin/env python3
"""Standard error as JSON: every line is an object, and says what it is about.

    json_logs_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import datetime
import json
import pathlib
import re
import signal
import subprocess
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from live_status_test import Terminal
from runs_fixture import SLOW, Runs

HEADER = ["contact_id", "sequence_id", "email_account_id"]
KEYS = ["ts", "level", "message", "run_id", "batch", "sequence_id", "request_id"]
DOWN = {"kind": "status", "status": 503, "times": 2, "route": "add_contact_ids"}
REFUSED = {"kind": "rate_limit", "retry_after": 5, "nth": 4, "route": "add_contact_ids"}
GONE = "66e9e215ece19801b21999ff"  # a sequence that no team has


class JsonLogs(Runs):
    def environment(self, sandbox=None, **more):
        return super().environment(sandbox, **{"SEQLOAD_LOG_FORMAT": "json", **more})

    def lines(self, stderr):
        """The objects on standard error, each of them looked at."""
        text = stderr.decode("ascii")
        self.assertTrue(not text or text.endswith("\n"), text)
        objects = [json.loads(line) for line in text.splitlines()]
        for one in objects:
            self.assertEqual(list(one), [key for key in KEYS if key in one])
            self.assertRegex(one["ts"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            datetime.datetime.strptime(one["ts"], "%Y-%m-%dT%H:%M:%S.%fZ")
            self.assertIn(one["level"], ("debug", "info", "warning", "error"))
            self.assertTrue(one["message"])
            self.assertFalse(one["message"].startswith("seqload:"), one)
            if re.match(r"batch \d", one["message"]):
                self.assertIn("batch", one)
            if "batch" in one:
                self.assertIn("run_id", one)
                self.assertIn("sequence_id", one)
        return objects

    def messages(self, stderr, level=None):
        return [one["message"] for one in self.lines(stderr) if level in (None, one["level"])]

    def only_run(self):
        (run,) = self.listed()
        return run["run_id"]


class Loads(JsonLogs):
    def test_what_apollo_called_a_request_stands_in_each_line_about_it(self):
        sandbox = self.sandbox(*UNLIMITED, "--time-scale", "100", world=small_world(40, sequences=2),
                               faults=[DOWN, REFUSED])
        rows = [[contact(n), sequence(n % 2), ROBIN] for n in range(40)]
        outcome = self.load(self.csv(HEADER, rows), "--batch-size", "10", "--connections", "1",
                            "--log-level", "debug", sandbox=sandbox)
        self.assertEqual(outcome.code, 0, outcome.stderr)
        lines = self.lines(outcome.stderr)
        run = self.only_run()
        about_batches = [one for one in lines if "batch" in one]
        self.assertEqual({one["run_id"] for one in about_batches}, {run})
        self.assertEqual({one["batch"] for one in about_batches}, {1, 2, 3, 4})
        requests = {request["id"]: request for request in sandbox.requests(route="add_contact_ids")}
        self.assertEqual(sorted(request["status"] for request in requests.values()),
                         [200, 200, 200, 200, 429, 503, 503])
        self.assertEqual({one["request_id"] for one in lines if "request_id" in one}, set(requests))
        for one in lines:
            if "request_id" in one:
                self.assertEqual(one["sequence_id"], requests[one["request_id"]]["path_id"])
            elif "batch" in one:
                self.assertEqual((one["level"], one["message"][-4:]), ("debug", "sent"))
        retries = [one for one in lines if "trying again in" in one["message"]]
        self.assertEqual([(one["level"], requests[one["request_id"]]["status"]) for one in retries],
                         [("warning", 503)] * 2)
        self.assertNotIn(sandbox.key.encode(), outcome.stderr)

    def test_without_debug_a_line_is_there_for_what_text_has_one(self):
        sandbox = self.sandbox(*UNLIMITED, "--time-scale", "100", world=small_world(8), faults=[DOWN])
        path = self.contacts(8, of=sequence(0))
        outcome = self.load(path, sandbox=sandbox)
        lines = self.lines(outcome.stderr)
        (plan, *_) = [one for one in lines if "batch" not in one]
        self.assertEqual((plan["level"], plan["run_id"]), ("info", self.only_run()))
        self.assertIn("8 rows", plan["message"])
        self.assertEqual(sum("batch" in one for one in lines), 2)
        self.assertTrue(lines[-1]["message"].startswith("8 of 8 rows settled (added 8)"))

        grave = self.load(path, "--log-level", "error", sandbox=sandbox)
        self.assertEqual((grave.code, grave.stderr), (0, b""))

    def test_rows_at_fault_and_a_sequence_that_is_gone_are_told_with_their_batch(self):
        poison = {"kind": "status", "status": 422, "body": "empty", "contact": contact(3)}
        sandbox = self.sandbox(*UNLIMITED, world=small_world(4), faults=[poison])
        rows = [[contact(n), sequence(0), ROBIN] for n in range(4)]
        rows += [[contact(0), GONE, ROBIN], ["no\u202eid\x1b[2J", sequence(0), ROBIN]]
        outcome = self.load(self.csv(HEADER, rows), sandbox=sandbox)
        self.assertEqual(outcome.code, 1, outcome.stderr)
        lines = self.lines(outcome.stderr)
        halved = [one for one in lines if "halving it" in one["message"]]
        self.assertEqual([one["sequence_id"] for one in halved], [sequence(0)] * 2)
        (gone,) = [one for one in lines if one["message"].startswith("sequence_not_found")]
        self.assertEqual((gone["level"], gone["sequence_id"]), ("error", GONE))
        ids = {request["id"] for request in sandbox.requests(route="add_contact_ids")}
        self.assertLessEqual({one["request_id"] for one in [*halved, gone]}, ids)
        (bad,) = [one for one in lines if "bad_contact_id" in one["message"]]
        self.assertEqual(bad["level"], "warning")
        self.assertIn("no\\u202eid\\x1b[2j", bad["message"].lower())
        self.assertNotIn(b"\x1b", outcome.stderr)

    def test_a_refused_key_is_told_with_the_request_and_without_the_key(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        environment = self.environment(sandbox, APOLLO_API_KEY="wrong-key-7")
        outcome = self.load(self.contacts(3, of=sequence(0)), "--log-level", "debug",
                            environment=environment)
        self.assertEqual(outcome.code, 4, outcome.stderr)
        (error,) = [one for one in self.lines(outcome.stderr) if one["level"] == "error"]
        (request,) = sandbox.requests(route="add_contact_ids")
        self.assertEqual((error["run_id"], error["request_id"]), (self.only_run(), request["id"]))
        self.assertNotIn(b"wrong-key-7", outcome.stderr + outcome.stdout)

    def test_what_a_check_finds_is_a_line_each(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        rows = [[contact(0), GONE, ROBIN], [contact(1), sequence(0), "6633baaece5fbd01c791d7ff"]]
        process = self.seqload("load", "--yes", "--state", self.state, self.csv(HEADER, rows),
                               sandbox=sandbox)
        self.assertEqual(process.returncode, 3, process.stderr)
        errors = [one for one in self.lines(process.stderr) if one["level"] == "error"]
        self.assertEqual([one.get("sequence_id") for one in errors], [GONE, None, None])
        self.assertTrue(errors[2]["message"].startswith("2 problems would keep rows"))

    def test_githubs_commands_are_not_mixed_in(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1))
        path = self.csv(HEADER, [["nobody", sequence(0), ROBIN]])
        summary = self.folder / "summary.md"
        environment = self.environment(sandbox, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
        outcome = self.load(path, environment=environment)
        self.assertFalse([text for text in self.messages(outcome.stderr) if "::" in text])
        self.assertIn("nobody", summary.read_text())


class Others(JsonLogs):
    def test_a_signal_resuming_and_taking_back(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(12), faults=[SLOW])
        path = self.contacts(12, of=sequence(0))
        process = self.start(path, sandbox=sandbox, stderr=subprocess.PIPE)
        process.send_signal(signal.SIGTERM)
        stderr = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, -signal.SIGTERM)
        run = self.only_run()
        (stopping,) = [one for one in self.lines(stderr) if one["message"].startswith("stopping")]
        self.assertEqual((stopping["level"], stopping["run_id"]), ("warning", run))

        sandbox.set_faults([DOWN])
        resumed = self.command("resume", "--time-scale", "100", sandbox=sandbox)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        lines = self.lines(resumed.stderr)
        self.assertEqual({one["run_id"] for one in lines}, {run})
        self.assertEqual(sum("request_id" in one and "batch" in one for one in lines), 2)
        again = self.command("resume", sandbox=sandbox)
        self.assertIn("there is nothing to resume", self.messages(again.stderr)[0])

        sandbox.set_faults([{**DOWN, "route": "remove_or_stop_contact_ids", "times": 1}])
        undone = self.undo(run, "--log-level", "debug", sandbox=sandbox)
        self.assertEqual(undone.code, 0, undone.stderr)
        lines = self.lines(undone.stderr)
        (retry,) = [one for one in lines if "trying again in" in one["message"]]
        self.assertEqual(retry["sequence_id"], sequence(0))
        self.assertIn(retry["request_id"], {request["id"] for request in sandbox.requests()})
        self.assertNotEqual(retry["run_id"], run)  # an undo is a run of its own

    def test_verify_and_check_talk_alike(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3))
        path = self.contacts(3, of=sequence(0))
        self.load(path, sandbox=sandbox)
        verified = self.command("verify", "--all", sandbox=sandbox)
        self.assertEqual(verified.code, 0, verified.stderr)
        lines = self.lines(verified.stderr)
        self.assertEqual({one["run_id"] for one in lines}, {self.only_run()})
        self.assertEqual(lines[-1]["message"], "3 of 3 contacts settled, 3 requests sent")

        environment = self.environment(sandbox, APOLLO_API_KEY="wrong-key-7")
        checked = self.command("check", path, "--log-level", "debug", environment=environment)
        self.assertEqual(checked.code, 4, checked.stderr)
        (error,) = [one for one in self.lines(checked.stderr) if one["level"] == "error"]
        self.assertIn(error["request_id"], {request["id"] for request in sandbox.requests()})
        self.assertNotIn(b"wrong-key-7", checked.stderr)

    def test_what_is_wrong_before_anything_is_understood_is_json_too(self):
        for arguments, told in (
            (["load"], "FILE is required; try `seqload load --help`"),
            (["load", "x.csv", "--batch-sice", "5"], "--batch-sice"),
            (["lode"], "lode: there is no such command; try `seqload --help`"),
            (["config", "lode"], "lode: there is no command of that name with options"),
            (["explain", "nothing"], "nothing: nothing is known of this word"),
            (["load", "missing.csv"], "--yes: there is no terminal to ask on before sending"),
            (["plan", "missing.csv"], "missing.csv: cannot be opened: no such file"),
            (["runs"], "there is no state"),
        ):
            with self.subTest(arguments):
                process = self.seqload(*arguments)
                self.assertNotEqual(process.returncode, 0)
                (message,) = self.messages(process.stderr, "error")
                self.assertIn(told.lower(), message.lower())
        seen = self.seqload("load", "--log-format=json", environment=super().environment())
        self.assertEqual(len(self.messages(seen.stderr, "error")), 1)

    def test_the_file_of_options_may_ask_for_it(self):
        (self.folder / "seqload.toml").write_text('log-format = "json"\nlog-level = "error"\n')
        process = self.seqload("plan", "missing.csv", environment=super().environment())
        self.assertEqual(len(self.messages(process.stderr, "error")), 1)
        (self.folder / "seqload.toml").write_text('log-format = "xml"\nbatch-size = 0\n')
        process = self.seqload("plan", "missing.csv")
        self.assertEqual(process.returncode, 2)
        for message in self.messages(process.stderr, "error"):
            self.assertIn("seqload.toml:", message)

    def test_on_a_terminal_there_is_neither_a_block_nor_a_colour_and_the_question_is_a_line(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(3), faults=[SLOW])
        path = self.contacts(3, of=sequence(0))
        terminal = Terminal(
            ["sh", "-c", '"$@" >stdout', "sh", base.SEQLOAD, "load", "--no-check", "--state",
             str(self.state), "--log-level", "error", "--batch-size", "1", path],
            self.environment(sandbox, TERM="xterm-256color"), self.folder)  # fmt: skip
        self.addCleanup(terminal.close)
        terminal.until("[y/N]")
        terminal.type(b"y\n")
        self.assertEqual(terminal.end(), 0, terminal.said)
        # What is typed stands there as the terminal has echoed it.
        (question,) = self.lines(terminal.said.replace(b"\r\n", b"\n").replace(b"y\n", b"", 1))
        self.assertTrue(question["message"].endswith("[y/N]"))


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
