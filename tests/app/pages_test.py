#!/usr/bin/env python3
"""The man page and the completions that seqload writes are what man and the shells can read.

    pages_test.py SEQLOAD [unittest arguments]
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SEQLOAD = ""  # set from the command line


def run(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          check=False, timeout=120, **more)  # fmt: skip


class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def page(self, kind):
        done = run(SEQLOAD, "--generate", kind)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        path = self.folder / f"seqload.{kind}"
        path.write_text(done.stdout, encoding="utf-8")
        return path

    def needs(self, program):
        if shutil.which(program) is None:
            self.skipTest(f"{program} is not installed")

    def test_the_manual_has_no_fault_and_every_command(self):
        self.needs("groff")
        done = run("groff", "-man", "-Tutf8", "-Kutf8", "-ww", self.page("man"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        shown = re.sub(".\x08", "", done.stdout)  # bold and underlined letters
        for words in ("seqload undo RUN", "--batch-size N", "EXIT STATUS", "APOLLO_API_KEY"):
            self.assertTrue(words in shown, words)

    def completed(self, *words, runs="[]"):
        """What bash offers for the last of the words."""
        programs = self.folder / "bin"
        programs.mkdir(exist_ok=True)
        program = programs / "seqload"
        program.write_text(f"#!/bin/sh\necho trouble >&2\ncat <<'END'\n{runs}\nEND\n")
        program.chmod(0o755)
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _seqload; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')  # fmt: skip
        done = run("bash", "-c", script, "bash", self.page("bash"), "seqload", *words,
                   cwd=self.folder,
                   env={"PATH": f"{programs}:{os.environ['PATH']}"})  # fmt: skip
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split("\n")[:-1]

    def test_bash_completes_commands_options_and_their_values(self):
        self.assertEqual(self.completed("lo"), ["load"])
        self.assertEqual(self.completed("load", "--batch"), ["--batch-size"])
        self.assertEqual(self.completed("undo", "--batch"), [""])
        self.assertEqual(self.completed("undo", "--mode", "s"), ["stop"])
        self.assertEqual(self.completed("undo", "--mode", "=", "s"), ["stop"])

    def test_bash_completes_files_also_with_spaces(self):
        (self.folder / "my leads.csv").touch()
        self.assertEqual(self.completed("load", "my"), ["my leads.csv"])
        self.assertEqual(self.completed("load", "--exclude", "my"), ["my leads.csv"])

    def test_bash_completes_runs_and_is_silent_about_trouble(self):
        runs = '[\n{"run_id": "20261124-080000-abcd"},\n{"run_id":"20261125-080000-ef01"}]'
        self.assertEqual(self.completed("undo", "20261125", runs=runs), ["20261125-080000-ef01"])
        self.assertEqual(len(self.completed("resume", "", runs=runs)), 2)
        self.assertEqual(self.completed("resume", "", runs="nothing"), [""])

    def test_shells_can_read_their_completions(self):
        for shell in ("bash", "zsh", "fish"):
            with self.subTest(shell=shell):
                self.needs(shell)
                done = run(shell, "-n", self.page(shell))
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_nothing_else_is_generated(self):
        done = run(SEQLOAD, "--generate", "tcsh")
        self.assertEqual((done.returncode, done.stdout), (2, ""))


if __name__ == "__main__":
    SEQLOAD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
