"""What the tests of runs on record stand on: a state of their own, and words for the commands."""

import contextlib
import json
import pathlib
import signal
import sqlite3
import subprocess

import end_to_end_test as base
from end_to_end_test import EndToEnd, Outcome, sequence

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

    def has_outcomes(self):
        """Whether any row is settled in the state; asked without starting a program for it."""
        try:
            with contextlib.closing(sqlite3.connect(f"{self.state.as_uri()}?mode=ro", uri=True)) as state:
                return state.execute(
                    "SELECT EXISTS (SELECT 1 FROM outcomes) "
                    "OR EXISTS (SELECT 1 FROM batches WHERE common_rows > 0)"
                ).fetchone()[0] == 1
        except sqlite3.OperationalError:  # there is no state yet, or no table in it
            return False

    def start(self, *arguments, sandbox, out="out", stderr=subprocess.DEVNULL):
        """A load that is under way: its first request has been carried out."""
        process = subprocess.Popen(
            [base.SEQLOAD, "load", "--yes", *self.CHECK, "--state", str(self.state), "--out",
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
