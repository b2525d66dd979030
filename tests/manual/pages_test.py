#!/usr/bin/env python3
"""The man pages of both programs, and what bash completes.

    pages_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import skipping

PROGRAMS = {}  # by name; set from the command line


def run(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          check=False, timeout=120, **more)  # fmt: skip


class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def page(self, kind, program="seqload"):
        done = run(PROGRAMS[program], "--generate", kind)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        path = self.folder / f"{program}.{kind}"
        path.write_text(done.stdout, encoding="utf-8")
        return path

    def needs(self, program):
        if shutil.which(program) is None:
            self.skipTest(f"{program} is not installed")

    def test_the_manuals_have_no_fault_and_tell_everything(self):
        self.needs("groff")
        told = {
            "seqload": ("seqload undo RUN", "--batch-size N", "EXIT STATUS", "APOLLO_API_KEY"),
            "apollo-sandbox": ("--time-scale N", "EXIT STATUS", "/sandbox/ledger", "gzip_bomb"),
        }
        for program, all_words in told.items():
            page = self.page("man", program)
            done = run("groff", "-man", "-Tutf8", "-Kutf8", "-ww", page)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            shown = re.sub(".\x08", "", done.stdout)  # bold and underlined letters
            for words in all_words:
                self.assertTrue(words in shown, words)
            for option in re.findall(r"^ +--([\w-]+)", run(PROGRAMS[program], "--help").stdout):
                self.assertIn(f"--{option}", shown)

    def test_the_manuals_pass_the_lint_of_mandoc(self):
        self.needs("mandoc")
        for program in PROGRAMS:
            said = run("mandoc", "-Tlint", self.page("man", program)).stdout.splitlines()
            # The day on which a page was built says nothing about it.
            self.assertFalse([line for line in said if "missing date" not in line], said)

    def completed(self, *words, runs="[]"):
        """What bash offers for the last of the words."""
        programs = self.folder / "bin"
        programs.mkdir(exist_ok=True)
        program = programs / "seqload"
        program.write_text(f'#!/bin/sh\necho "$@" >asked\necho trouble >&2\n'
                           f"cat <<'END'\n{runs}\nEND\n")  # fmt: skip
        program.chmod(0o755)
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _seqload; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')  # fmt: skip
        done = run("bash", "-c", script, "bash", self.page("bash"), "seqload", *words,
                   cwd=self.folder,
                   env={"PATH": f"{programs}:{os.environ['PATH']}", "HOME": "/home/robin"})  # fmt: skip
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

    def test_bash_asks_for_the_runs_of_the_state_on_the_line(self):
        for words, asked in (
            (["--state", "a.db"], "--state=a.db"),
            (["--state", "=", "a.db"], "--state=a.db"),
            (["--state=a.db", "--quiet"], "--state=a.db"),
            (["--state", "~/a.db", "--config", "'b c'"], "--state=/home/robin/a.db --config=b c"),
            (["--state", '"$HOME/a.db"'], "--state=/home/robin/a.db"),
            (["--state", "$(touch c)"], "--state=$(touch c)"),
        ):
            self.completed("undo", *words, "2026")
            self.assertEqual((self.folder / "asked").read_text(), f"runs --json {asked}\n")
        self.assertFalse((self.folder / "c").exists())

    def test_bash_completes_words_that_can_be_explained(self):
        self.assertEqual(self.completed("explain", "not_n"), ["not_named"])

    def test_shellcheck_has_nothing_to_say_about_bashs(self):
        self.needs("shellcheck")
        for program in PROGRAMS:
            done = run("shellcheck", self.page("bash", program))
            self.assertEqual(done.stdout, "")

    def test_bash_completes_the_sandboxs_options(self):
        script = ('source "$1"; COMP_WORDS=(apollo-sandbox --plan o); COMP_CWORD=2; '
                  '_apollo_sandbox; echo "${COMPREPLY[@]}"')  # fmt: skip
        done = run("bash", "-c", script, "bash", self.page("bash", "apollo-sandbox"))
        self.assertEqual((done.stdout, done.stderr), ("organization\n", ""))

    def test_nothing_else_is_generated(self):
        for program in PROGRAMS.values():
            done = run(program, "--generate", "tcsh")
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("tcsh: is not man, bash, zsh or fish", done.stderr)


if __name__ == "__main__":
    for each in ("seqload", "apollo-sandbox"):
        PROGRAMS[each] = str(pathlib.Path(sys.argv.pop(1)).resolve())
    skipping.main()
