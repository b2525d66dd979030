#!/usr/bin/env python3
"""What README.md and samples/README.md tell a new user to type is typed, in their order, on a
terminal, against the sandbox; and their examples are its input.

    readme_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import json
import os
import pathlib
import re
import select
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import skipping
from apollo_sandbox import Sandbox

SEQLOAD = "seqload"  # both set from the command line
SANDBOX = "apollo-sandbox"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 120  # for anything, on a busy machine
A_RUN = "20261124-060000-k7q2"  # stands for any in README.md


def blocks(page):
    """The indented blocks of a page, each as its lines."""
    found, block = [], []
    for line in page.read_text(encoding="utf-8").splitlines() + ["end"]:
        if line.startswith("    "):
            block.append(line[4:])
        elif line and block:
            found.append(block)
            block = []
    return found


def commands(page, program):
    """What the page has one type to run that program."""
    lines = [line for block in blocks(page) for line in block]
    whole = re.sub(r"\\\n *", "", "\n".join(lines)).splitlines()
    return [line.split("  #")[0].strip() for line in whole if line.startswith(program + " ")]


def example(page, first_line):
    [found] = [block for block in blocks(page) if block[0].startswith(first_line)]
    return "\n".join(found) + "\n"


def ids(text):
    return re.findall(r"\b[0-9a-f]{24}\b", text)


def typed(command, folder, environment):
    """The exit code and what was shown, where whoever is asked says yes."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=theirs, stdout=theirs,
        stderr=theirs, start_new_session=True)  # fmt: skip
    os.close(theirs)
    shown, answered = b"", 0
    try:
        while select.select([ours], [], [], SECONDS)[0]:
            try:
                portion = os.read(ours, 65536)
            except OSError:  # nobody has it open any more
                break
            if not portion:
                break
            shown += portion
            if shown.count(b"[y/N]") > answered:
                answered += 1
                os.write(ours, b"y\n")
        return process.wait(SECONDS), shown.decode()
    finally:
        process.kill()
        process.wait()
        os.close(ours)


class Pages(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="seqload-readme-")
        self.addCleanup(directory.cleanup)
        self.folder = pathlib.Path(directory.name)
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "seqload").symlink_to(pathlib.Path(SEQLOAD).resolve())

    def start(self, *arguments, **more):
        sandbox = Sandbox(SANDBOX, *arguments, **more)
        sandbox.__enter__()
        self.addCleanup(sandbox.__exit__, None, None, None)
        self.environment = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "TERM": "xterm",
            **sandbox.environment,
        }
        return sandbox

    def type(self, command, code=0):
        ended, shown = typed(command, self.folder, self.environment)
        self.assertEqual(ended, code, f"$ {command}\n{shown}")
        return shown


class Readme(Pages):
    PAGE = ROOT / "README.md"

    def setUp(self):
        super().setUp()
        leads = example(self.PAGE, "contact_id,sequence_id")
        names = example(self.PAGE, "contact_id,sequence,")
        for name, text in (("leads.csv", leads), ("all-leads.csv", leads), ("names.csv", names)):
            (self.folder / name).write_text(text, encoding="utf-8")
        _, sequence, mailbox = ids(leads)[:3]
        self.contacts = sorted(set(ids(leads)) - {sequence, mailbox})
        self.sandbox = self.start(world={
            "keys": ["sandbox-master-key"],
            "sequences": [{"id": sequence, "name": "Welcome"}],
            "mailboxes": [{"id": mailbox, "email": "robin@mail.example.com"}],
            "users": [{"id": "66302798d03b9601c7934ebf", "email": "kim@example.com"}],
            "contacts": [{"id": id, "email": f"{id}@example.com"} for id in self.contacts],
        })  # fmt: skip

    def totals(self):
        return self.sandbox.ledger()["totals"]

    def test_its_commands_do_what_it_says_one_after_the_other(self):
        done = []
        for command in commands(self.PAGE, "seqload"):
            if A_RUN in command:
                runs = json.loads(self.type("seqload runs --json"))
                command = command.replace(A_RUN, runs[-1]["run_id"])  # the first load
            shown = self.type(command)
            done.append(command.split()[1])
            if command == "seqload plan leads.csv":
                self.assertEqual(self.sandbox.requests(), [])
            elif command == "seqload load leads.csv":
                self.assertIn("2 of 2 rows added", shown)
            elif command == "seqload resume":
                self.assertIn("nothing", shown)
            elif done[-1] == "undo":
                self.assertEqual((self.totals()["added"], self.totals()["removed"]), (2, 2))
        # Each of the commands is in it.
        for command in ("plan", "check", "load", "runs", "resume", "verify", "undo", "report", "explain"):
            self.assertIn(command, done)
        self.assertEqual(self.totals()["added_more_than_once"], 0)

    def test_its_example_by_names_loads(self):
        shown = self.type("seqload load names.csv --yes")
        self.assertIn("as kim@example.com", shown)
        self.assertIn("1 of 1 row added", shown)

    def test_its_example_of_a_configuration_is_in_force(self):
        text = example(self.PAGE, "email-account-id =")
        (self.folder / "seqload.toml").write_text(text, encoding="utf-8")
        shown = self.type("seqload config load")
        told = tomllib.loads(text)
        for name, value in (told | told["load"]).items():
            if name != "load":
                self.assertRegex(shown, rf"{name} +{value} +\S*seqload.toml")


class Samples(Pages):
    PAGE = ROOT / "samples" / "README.md"

    def test_its_loads_say_what_the_ledger_says(self):
        self.start("--data", ROOT / "samples/world.json")
        (self.folder / "samples").symlink_to(ROOT / "samples")
        loads = commands(self.PAGE, "seqload")
        self.assertEqual(len(loads), 4)
        for command in loads:
            # Some rows of the samples need a person; those of labels.csv, too.
            self.type(command, code=1 if "contacts.csv" not in command else 0)
        if not shutil.which("curl"):
            self.skipTest("there is no curl")
        [look] = commands(self.PAGE, "curl")
        self.assertEqual(json.loads(self.type(look))["totals"]["added_more_than_once"], 0)


if __name__ == "__main__":
    SEQLOAD = sys.argv.pop(1)
    SANDBOX = sys.argv.pop(1)
    skipping.main()
