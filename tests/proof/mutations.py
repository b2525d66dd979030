#!/usr/bin/env python3
"""Breaks chosen decisions in the code, one at a time, and shows that a test fails for each.

    mutations.py [--list] [WORD...]

tests/proof/mutations.toml has the decisions: what is changed in which file, and which tests are to
fail for it. They are tried in a copy of this tree (build/proof/mutations), which is built with the
preset `debug`; with words, only decisions that have each of them in their sentence or file.

First every test must pass as things are. The exit code is 1 if a change survives its tests or does not
compile, and 2 if nothing can be said: a test is not there, or fails as things are, or a text no longer
stands exactly once where it should. CMAKE_CXX_COMPILER_LAUNCHER=ccache in the environment spares most
of the compiling.
"""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = ROOT / "build/proof/mutations"
PROGRAMS = COPY / "build/debug/bin"
LIST = pathlib.Path(__file__).with_name("mutations.toml")

# A broken decision may well make a program wait for ever.
LONGEST_TEST = 300  # seconds


class Trouble(Exception):
    """Why nothing can be said."""


class Test:
    """A named test: of a room's program, or of a script that is given the two programs."""

    def __init__(self, text):
        self.text = text
        self.program, _, self.name = text.partition(": ")
        self.is_script = self.program.endswith(".py")

    @property
    def targets(self):
        return {"seqload", "apollo-sandbox"} if self.is_script else {self.program}

    @property
    def command(self):
        if self.is_script:
            script = COPY / "tests" / self.program
            programs = [PROGRAMS / "seqload", PROGRAMS / "apollo-sandbox"]
            return [sys.executable, "-B", script, *programs, self.name]
        # A comma would end the name, and a star within it would stand for anything.
        return [PROGRAMS / self.program, "--test-case=" + re.sub(r"[,*\\]", "?", self.name)]

    def run(self):
        """Whether it passed, and what it said."""
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                [str(word) for word in self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.wait(timeout=LONGEST_TEST)
            except subprocess.TimeoutExpired:
                process.kill()
            with contextlib.suppress(ProcessLookupError):  # a test that fails may leave others behind
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            output.seek(0)
            return process.returncode == 0, output.read().decode(errors="replace")

    def was_run(self, output):
        """Whether what it said is that of one test or more, and of none that was skipped."""
        if self.is_script:
            return re.search(r"^Ran [1-9]", output, re.MULTILINE) and "skipped=" not in output
        return re.search(r"test cases: *[1-9]", output)


class Mutation:
    def __init__(self, fields):
        self.decision = fields["decision"]
        self.file = fields["file"]
        self.old = fields["old"]
        self.new = fields["new"]
        self.tests = [Test(text) for text in fields["tests"]]

    @property
    def targets(self):
        return set().union(*(test.targets for test in self.tests))

    def fits(self, words):
        text = f"{self.decision} {self.file}".lower()
        return all(word.lower() in text for word in words)

    def check(self):
        """What is wrong with it, in words; nothing if it can be tried."""
        file = ROOT / self.file
        if not file.is_file():
            return "there is no such file"
        times = file.read_text(encoding="utf-8").count(self.old)
        if times != 1:
            return f"the text to replace stands there {times} times: {self.old!r}"
        return None

    def apply(self):
        file = COPY / self.file
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(self.old, self.new), encoding="utf-8")

    def take_back(self):
        shutil.copyfile(ROOT / self.file, COPY / self.file)


def copy_tree():
    """What git knows or would take in, as it stands now; only what differs is written anew."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = {name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    for name in names:
        source, copy = ROOT / name, COPY / name
        if copy.is_file() and copy.read_bytes() == source.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)
        os.utime(copy)  # what was broken last time has to be compiled anew
    for copy in COPY.rglob("*"):
        name = copy.relative_to(COPY)
        if copy.is_file() and name.parts[0] != "build" and str(name) not in names:
            copy.unlink()


def build(targets):
    """What the compiler said if it did not succeed; nothing if it did."""
    if not (COPY / "build/debug/build.ninja").exists():
        configured = subprocess.run(
            ["cmake", "--preset", "debug", "-DBUILD_TESTING=ON"],
            cwd=COPY,
            capture_output=True,
            text=True,
        )
        if configured.returncode != 0:
            return configured.stderr
    built = subprocess.run(
        ["cmake", "--build", "--preset", "debug", "--target", *sorted(targets)],
        cwd=COPY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return None if built.returncode == 0 else built.stdout


def must_pass_unbroken(mutations):
    """The tests as things are: none may fail, be skipped, or not be there."""
    copy_tree()
    trouble = build(set().union(*(mutation.targets for mutation in mutations)))
    if trouble:
        raise Trouble(f"the tree does not build:\n{trouble}")
    seen = set()
    for test in (test for mutation in mutations for test in mutation.tests):
        if test.text in seen:
            continue
        seen.add(test.text)
        passed, output = test.run()
        if not passed or not test.was_run(output):
            why = "is not there, or is skipped" if passed else "fails as things are"
            raise Trouble(f"{output}\nthis test {why}: {test.text}")
    return len(seen)


def verdict_on(mutation):
    """"caught", or what happened instead, with what is needed to understand it."""
    mutation.apply()
    try:
        if trouble := build(mutation.targets):
            return f"does not compile:\n{trouble}"
        missed = [test.text for test in mutation.tests if test.run()[0]]
        return "caught" if not missed else "SURVIVED: passes all the same: " + "; ".join(missed)
    finally:
        mutation.take_back()


def try_all(mutations):
    wrong = [(mutation, mutation.check()) for mutation in mutations if mutation.check()]
    for mutation, why in wrong:
        print(f"{mutation.file}: {mutation.decision}: {why}", file=sys.stderr)
    if wrong:
        raise Trouble(f"{len(wrong)} of {len(mutations)} do not fit the code any more")
    tests = must_pass_unbroken(mutations)
    print(f"{tests} tests pass as things are", flush=True)
    caught = 0
    for mutation in mutations:
        begun = time.monotonic()
        verdict = verdict_on(mutation)
        caught += verdict == "caught"
        seconds = time.monotonic() - begun
        print(f"{seconds:5.1f} s  {mutation.file}: {mutation.decision}: {verdict}", flush=True)
    print(f"{caught} of {len(mutations)} broken decisions were caught by their tests")
    return caught == len(mutations)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="only list the decisions, as a table")
    parser.add_argument("words", nargs="*", metavar="WORD", help="part of a sentence or file name")
    arguments = parser.parse_args()
    with open(LIST, "rb") as file:
        mutations = [Mutation(fields) for fields in tomllib.load(file)["mutation"]]
    mutations = [mutation for mutation in mutations if mutation.fits(arguments.words)]
    if not mutations:
        raise Trouble("no decision has these words: " + " ".join(arguments.words))
    if arguments.list:
        print("| decision | broken in | test that fails |\n| --- | --- | --- |")
        for mutation in mutations:
            tests = "; ".join(test.text for test in mutation.tests)
            print(f"| {mutation.decision} | `{mutation.file}` | {tests} |")
        return True
    return try_all(mutations)


if __name__ == "__main__":
    try:
        sys.exit(0 if main() else 1)
    except Trouble as trouble:
        print(f"mutations.py: {trouble}", file=sys.stderr)
        sys.exit(2)
