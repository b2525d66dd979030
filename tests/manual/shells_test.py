#!/usr/bin/env python3
"""What zsh and fish complete.

    shells_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]

A shell that is not installed is skipped.
"""

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import skipping

PROGRAMS = {}  # by name; set from the command line
RUNS = ("20261125-080000-ef01", "20261124-080000-abcd")

# Stands for both programs: tells its runs, and else with what it was called.
STAND_IN = f"""#!/bin/sh
if [ "$1" = runs ]; then
    echo "$@" >>"$HOME/asked"
    echo trouble >&2
    echo '[{{"run_id": "{RUNS[0]}"}}, {{"run_id": "{RUNS[1]}"}}]'
else
    printf '<%s>' "$@"
    echo
fi
"""


class Completed(unittest.TestCase):
    """A home with the stand-ins and what the shell reads of the programs."""

    shell = None

    def setUp(self):
        if shutil.which(self.shell) is None:
            self.skipTest(f"{self.shell} is not installed")
        self.home = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.home / "my leads.csv").touch()
        for program, path in PROGRAMS.items():
            stand_in = self.home / program
            stand_in.write_text(STAND_IN)
            stand_in.chmod(0o755)
            done = self.run_in_home(path, "--generate", self.shell)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            (self.home / f"_{program}").write_text(done.stdout)

    def run_in_home(self, *command):
        environment = {"PATH": f"{self.home}:{os.environ['PATH']}", "HOME": str(self.home),
                       "TERM": "dumb", "LC_ALL": "C.UTF-8"}  # fmt: skip
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=60, cwd=self.home,
            env=environment)  # fmt: skip

    def asked(self):
        """What the program was asked for its runs, each time."""
        path = self.home / "asked"
        return path.read_text().splitlines() if path.exists() else []

    def assert_it_can_be_read(self):
        for program in PROGRAMS:
            done = self.run_in_home(self.shell, "-n", f"_{program}")
            self.assertEqual((done.returncode, done.stderr), (0, ""))


class Fish(Completed):
    shell = "fish"

    def offered(self, line):
        """The words that are offered for the last one of the line, without what is said of them."""
        done = self.run_in_home(
            "fish", "--no-config", "-c",
            "source _seqload; source _apollo-sandbox; complete -C $argv[1]", line)  # fmt: skip
        self.assertEqual(done.stderr, "")
        return [line.split("\t")[0] for line in done.stdout.splitlines()]

    def test_it_can_be_read(self):
        self.assert_it_can_be_read()

    def test_commands_options_and_their_values(self):
        self.assertEqual(self.offered("seqload lo"), ["load"])
        self.assertEqual(self.offered("seqload load --batch"), ["--batch-size"])
        self.assertEqual(self.offered("seqload undo --batch"), [])
        self.assertEqual(self.offered("seqload undo --mode s"), ["stop"])
        self.assertEqual(self.offered("seqload explain not_n"), ["not_named"])
        self.assertEqual(self.offered("seqload --ver"), ["--version"])
        self.assertEqual(self.offered("apollo-sandbox --plan f"), ["free"])
        self.assertEqual(self.offered("apollo-sandbox --time"), ["--time-scale"])

    def test_the_first_word_is_the_command_whatever_follows(self):
        self.assertEqual(self.offered("seqload load undo --incl"), [])
        self.assertEqual(self.offered("seqload undo load --incl"), ["--include-answer-lost"])

    def test_files(self):
        self.assertEqual(self.offered("seqload load my"), ["my leads.csv"])
        self.assertEqual(self.offered("apollo-sandbox --data my"), ["my leads.csv"])
        self.assertEqual(self.offered("seqload undo my"), [])

    def test_runs_of_the_state_on_the_line_the_latest_first(self):
        self.assertEqual(self.offered("seqload resume "), list(RUNS))
        self.assertEqual(self.offered("seqload undo --state ~/a.db 20261124"), [RUNS[1]])
        self.assertEqual(self.offered("seqload undo --state=$HOME/a.db 20261124"), [RUNS[1]])
        self.assertEqual(self.offered("seqload undo --config 'b c' 20261124"), [RUNS[1]])
        state = f"runs --json --state={self.home}/a.db"
        self.assertEqual(self.asked(), ["runs --json", state, state, "runs --json --config=b c"])


class Zsh(Completed):
    shell = "zsh"

    def setUp(self):
        super().setUp()
        child, self.terminal = pty.fork()
        if child == 0:
            os.chdir(self.home)
            os.execvpe("zsh", ["zsh", "-f", "-i"], {
                "PATH": f"{self.home}:{os.environ['PATH']}", "HOME": str(self.home),
                "TERM": "dumb", "PS1": "", "LC_ALL": "C.UTF-8"})  # fmt: skip
        self.addCleanup(os.waitpid, child, 0)
        self.addCleanup(os.close, self.terminal)
        self.said = ""
        self.answer("fpath=($HOME $fpath); autoload -U compinit; compinit -u -D")

    def answer(self, typed):
        """What is on the terminal after the line has been carried out."""
        os.write(self.terminal, f"{typed}\necho e''nd\n".encode())
        while "\r\nend\r\n" not in self.said.replace("\x1b[?2004l", ""):
            ready, _, _ = select.select([self.terminal], [], [], 30)
            self.assertTrue(ready, self.said)
            self.said += os.read(self.terminal, 65536).decode()
        said, self.said = self.said, ""
        return said

    def completed(self, line):
        """The words with which the program is called, when the line is completed and entered."""
        said = self.answer(f"{line}\t")
        called = re.findall(r"^(?:<.*>)\r$", said, re.MULTILINE)
        self.assertEqual(len(called), 1, said)
        return called[0].strip()[1:-1].split("><")

    def test_it_can_be_read(self):
        self.assert_it_can_be_read()

    def test_commands_options_and_their_values(self):
        self.assertEqual(self.completed("seqload lo"), ["load"])
        self.assertEqual(self.completed("seqload load --batch"), ["load", "--batch-size"])
        self.assertEqual(self.completed("seqload undo --batch"), ["undo", "--batch"])
        self.assertEqual(self.completed("seqload undo --mode s"), ["undo", "--mode", "stop"])
        self.assertEqual(self.completed("seqload undo --mode=s"), ["undo", "--mode=stop"])
        self.assertEqual(self.completed("seqload undo -y --includ"),
                         ["undo", "-y", "--include-answer-lost"])  # fmt: skip
        self.assertEqual(self.completed("seqload explain not_n"), ["explain", "not_named"])
        self.assertEqual(self.completed("seqload --ver"), ["--version"])
        self.assertEqual(self.completed("apollo-sandbox --plan f"), ["--plan", "free"])
        self.assertEqual(self.completed("apollo-sandbox --tim"), ["--time-scale"])

    def test_files(self):
        self.assertEqual(self.completed("seqload load my"), ["load", "my leads.csv"])
        self.assertEqual(self.completed("apollo-sandbox --data my"), ["--data", "my leads.csv"])

    def test_runs_of_the_state_on_the_line(self):
        self.assertEqual(self.completed("seqload undo 20261124"), ["undo", RUNS[1]])
        state = f"{self.home}/a.db"
        self.assertEqual(self.completed("seqload undo --state ~/a.db 20261124"),
                         ["undo", "--state", state, RUNS[1]])  # fmt: skip
        self.assertEqual(self.completed("seqload undo --config='b c' 20261124"),
                         ["undo", "--config=b c", RUNS[1]])  # fmt: skip
        self.assertEqual(
            self.asked(),
            ["runs --json", f"runs --json --state={state}", "runs --json --config=b c"])  # fmt: skip


if __name__ == "__main__":
    for each in ("seqload", "apollo-sandbox"):
        PROGRAMS[each] = str(pathlib.Path(sys.argv.pop(1)).resolve())
    skipping.main()
