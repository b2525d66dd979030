#!/usr/bin/env python3
"""`seqload explain` knows every word that the program can say.

    explain_test.py SEQLOAD

The words come from where the program takes them: its own headers. Whoever adds one there without
telling what it means is told so here.
"""

import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEQLOAD = "seqload"


def explain(*words):
    return subprocess.run(
        [SEQLOAD, "explain", *words], capture_output=True, text=True, check=False, timeout=60
    )


def enumerators(header, enum):
    text = (ROOT / "include/seqload" / header).read_text(encoding="utf-8")
    body = re.search(r"enum class %s\b[^{]*\{(.*?)\};" % enum, text, re.DOTALL).group(1)
    return re.findall(r"^\s*(\w+)\b", re.sub(r"//.*", "", body), re.MULTILINE)


def words_of_reasons():
    text = (ROOT / "include/seqload/model/outcome.hpp").read_text(encoding="utf-8")
    return re.findall(r'constexpr std::string_view \w+ = "(\w+)"', text)


def exit_codes():
    text = (ROOT / "include/seqload/app/exit_code.hpp").read_text(encoding="utf-8")
    codes = dict(re.findall(r"constexpr int (\w+) = (\d+);", text))
    base = int(codes.pop("signal_base"))
    return [*codes.values(), str(base + 2), str(base + 15)]


def stop_reasons_told_by_commands():
    """The endings that commands put on record themselves, as words in their sources."""
    found = set()
    for source in (ROOT / "src/app").glob("*.cpp"):
        text = source.read_text(encoding="utf-8")
        for call in re.finditer(r"\bend_\.by(?:_signal)?\(", text):
            end = text.index(");\n", call.end()) + 1
            found.update(re.findall(r'"([a-z_]+)"\s*\)', text[call.end() : end])[-1:])
    return sorted(found)


class EveryWord(unittest.TestCase):
    def check(self, words, subjects, at_least):
        self.assertGreaterEqual(len(words), at_least, words)
        for word in words:
            with self.subTest(word=word):
                told = explain(word, "--json")
                self.assertEqual(told.returncode, 0, told.stderr)
                self.assertTrue(
                    {entry["subject"] for entry in json.loads(told.stdout)} & subjects, told.stdout
                )

    def test_each_status_of_a_row(self):
        self.check(enumerators("model/outcome.hpp", "RowStatus"), {"row status"}, 9)

    def test_each_reason_of_ours(self):
        self.check(
            enumerators("model/row.hpp", "InvalidReason"), {"reason of an invalid row"}, 18
        )
        self.check(words_of_reasons(), {"reason", "reason of Apollo's"}, 18)

    def test_each_reason_that_the_sandbox_gives_for_apollo(self):
        text = (ROOT / "src/sandbox/admission.cpp").read_text(encoding="utf-8")
        self.check(re.findall(r'"(contacts_\w+)"', text), {"reason of Apollo's"}, 11)

    def test_each_way_in_which_a_run_ends(self):
        self.check(enumerators("dispatch/stop_reason.hpp", "StopReason"), {"stop reason"}, 10)
        self.check(stop_reasons_told_by_commands(), {"stop reason"}, 6)

    def test_each_exit_code(self):
        self.check(exit_codes(), {"exit code"}, 9)

    def test_each_status_of_a_contact_that_an_undo_is_about(self):
        words = enumerators("state/removal.hpp", "RemovalStatus")
        words = ["not_attempted" if word == "waiting" else word for word in words]
        self.check([*words, "stopped", "marked_as_finished"], {"status in an undo"}, 6)


class Command(unittest.TestCase):
    def test_without_a_word_it_lists_all_of_them(self):
        told = explain()
        self.assertEqual(told.returncode, 0)
        for word in ("bad_contact_id", "contacts_unsubscribed", "not_attempted", "130", "max_wait"):
            self.assertIn(f"  {word}", told.stdout)
        self.assertEqual(told.stderr, "")
        self.assertLessEqual(max(map(len, told.stdout.splitlines())), 80)

    def test_a_word_from_a_report_is_understood_as_it_stands_there(self):
        self.assertIn("same_as_row", explain("same_as_row_17").stdout)
        self.assertIn("--skip-added", explain("known_from_run_20261123-213622-k7q2").stdout)

    def test_a_misspelt_word_gets_a_suggestion_and_code_2(self):
        told = explain("contact_without_emial")
        self.assertEqual((told.returncode, told.stdout), (2, ""))
        self.assertIn("did you mean contacts_without_email?", told.stderr)

    def test_an_unknown_word_is_no_crash_whatever_it_holds(self):
        told = explain("\x1b[2Jwhatever this is")
        self.assertEqual(told.returncode, 2)
        self.assertNotIn("\x1b", told.stderr)
        self.assertIn("`seqload explain` lists", told.stderr)


if __name__ == "__main__":
    SEQLOAD = sys.argv.pop(1)
    unittest.main()
