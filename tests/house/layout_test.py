#!/usr/bin/env python3
"""The house is kept in order: names, sizes, and nothing that nobody builds or runs.

    layout_test.py BUILD_DIRECTORY

reads the build directory's compile_commands.json and list of tests, to find the files that are in
neither.
"""

import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path("build/debug")  # set from the command line

MAXIMUM_LINES = 450

# Everything that may stand at the top (src/README.md, "The tour").
TOP_LEVEL = {
    ".ci",
    ".clang-format",
    ".clang-tidy",
    ".dockerignore",
    ".git",
    ".gitignore",
    "CHANGELOG.md",
    "CMakeLists.txt",
    "CMakePresets.json",
    "Dockerfile",
    "LICENSE",
    "README.md",
    "config",
    "include",
    "samples",
    "src",
    "tests",
}
UNTRACKED = {"build", "seqload-out", ".cache"}

CODE = {".cpp", ".hpp", ".py", ".sh", ".cmake", ".txt", ".md"}
SOURCES_WITHOUT_HEADER = {
    "app/main.cpp",
    "sandbox/main.cpp",
    "apollo/json_implementation.cpp",
    "net/asio_implementation.cpp",
}

# This file is left out where these are looked for.
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
FOREIGN = re.compile(
    # The lower-case word is left to Debian's file of that name.
    r"\b(Copyright|COPYRIGHT)\b|(?i:SPDX-License|all rights reserved)"
    r"|\b(FetchContent|ExternalProject)_"
)
FOREIGN_FOLDERS = {"third_party", "thirdparty", "3rdparty", "vendor", "external", "extern", "deps"}


def our_files(*suffixes):
    """Every file of ours with one of these suffixes, outside build output."""
    for top in sorted(ROOT.iterdir()):
        if top.name in UNTRACKED or top.name == ".git":
            continue
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            if file.is_file() and file.suffix in suffixes and "__pycache__" not in file.parts:
                yield file


def shown(file):
    return str(file.relative_to(ROOT))


def listed(found):
    return "".join(f"\n  {line}" for line in found)


def header_only():
    """The headers that have no source file, as tests/house/header_only.txt lists them."""
    lines = (ROOT / "tests/house/header_only.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


class Check(unittest.TestCase):
    longMessage = False  # a failure shows its own list and no more


class Names(Check):
    def test_only_what_belongs_there_is_at_the_top(self):
        found = {entry.name for entry in ROOT.iterdir()} - UNTRACKED
        self.assertFalse(found - TOP_LEVEL, listed(found - TOP_LEVEL))

    def test_a_header_has_its_source_under_the_same_name_or_is_listed_as_header_only(self):
        base = ROOT / "include" / "seqload"
        alone = {
            str(header.relative_to(base))
            for header in base.rglob("*.hpp")
            if not (ROOT / "src" / header.relative_to(base)).with_suffix(".cpp").exists()
        }
        expected = header_only()
        list_file = "tests/house/header_only.txt"
        self.assertFalse(alone - expected, f"not in {list_file}:{listed(alone - expected)}")
        self.assertFalse(expected - alone, f"only in {list_file}:{listed(expected - alone)}")

    def test_a_source_has_its_header_under_the_same_name_and_includes_it_first(self):
        wrong = []
        for source in sorted((ROOT / "src").rglob("*.cpp")):
            name = str(source.relative_to(ROOT / "src"))
            if name in SOURCES_WITHOUT_HEADER:
                continue
            header = pathlib.Path(name).with_suffix(".hpp")
            if (ROOT / "include" / "seqload" / header).exists():
                own = f'#include "seqload/{header}"'
            elif source.with_suffix(".hpp").exists():  # a room's private header
                own = f'#include "{header.name}"'
            else:
                wrong.append(f"{name}: has no header of its name")
                continue
            text = source.read_text(encoding="utf-8")
            first = next((line for line in text.splitlines() if line.startswith("#include")), "")
            if first != own:
                wrong.append(f"{name}: begins with {first or 'no include'}, not with {own}")
        self.assertFalse(wrong, listed(wrong))


class Upkeep(Check):
    def test_no_file_is_longer_than_a_person_likes_to_read(self):
        long = []
        for file in our_files(*(CODE - {".md", ".txt"})):
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > MAXIMUM_LINES:
                long.append(f"{shown(file)}: {lines} lines, of {MAXIMUM_LINES} at most")
        self.assertFalse(long, listed(long))

    def test_nothing_is_marked_as_unfinished(self):
        self.assert_nowhere(UNFINISHED, CODE)

    def test_there_is_no_third_party_source(self):
        self.assert_nowhere(FOREIGN, CODE - {".md"})
        folders = {part for file in our_files(*CODE) for part in file.relative_to(ROOT).parts[:-1]}
        self.assertFalse(folders & FOREIGN_FOLDERS, listed(folders & FOREIGN_FOLDERS))

    def assert_nowhere(self, pattern, suffixes):
        found = []
        for file in our_files(*suffixes):
            if file == pathlib.Path(__file__).resolve():
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if pattern.search(line):
                    found.append(f"{shown(file)}:{number}: {line.strip()}")
        self.assertFalse(found, listed(found))


class Use(Check):
    """What stands in the house is built, and what tests is run."""

    def test_every_source_file_belongs_to_a_target(self):
        commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
        built = {pathlib.Path(command["file"]) for command in commands}
        for batch in [file for file in built if "Unity" in file.parts]:
            text = batch.read_text(encoding="utf-8")
            built |= {pathlib.Path(name) for name in re.findall(r'^#include "(.+)"$', text, re.M)}
        idle = [
            shown(file)
            for file in our_files(".cpp")
            if file not in built and "fuzz" not in file.parts and "bench" not in file.parts
        ]
        self.assertFalse(idle, listed(idle))

    def test_every_test_program_and_script_is_run_by_ctest(self):
        listing = subprocess.run(
            ["ctest", "--test-dir", str(BUILD), "--show-only=json-v1"],
            check=True,
            capture_output=True,
            text=True,
        )
        tests = json.loads(listing.stdout)["tests"]
        names = {test["name"] for test in tests}
        words = {word for test in tests for word in test.get("command", [])}
        scripts = [file for file in our_files(".py") if file.stem.endswith("_test")]
        idle = [shown(file) for file in scripts if str(file) not in words]
        for commands in sorted((ROOT / "tests").rglob("CMakeLists.txt")):
            text = commands.read_text(encoding="utf-8")
            programs = re.findall(r"^\s*seqload_test\(\s*(\w+)", text, re.MULTILINE)
            idle += [f"{shown(commands)}: {name}" for name in programs if name not in names]
        self.assertFalse(idle, listed(idle))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BUILD = pathlib.Path(sys.argv.pop(1))
    unittest.main()
