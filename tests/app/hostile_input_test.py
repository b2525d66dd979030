#!/usr/bin/env python3
"""Input that means harm: to a spreadsheet, a terminal, a browser, a file system, or memory.

    hostile_input_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import csv
import gzip
import html.parser
import os
import pathlib
import re
import resource
import subprocess
import sys
import unittest
import xml.etree.ElementTree

import end_to_end_test as base
from end_to_end_test import ROBIN, WELCOME, EndToEnd, contact, sequence, small_world

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")"]
# Codes that colour, clear, rename the window, write to the clipboard, or go back in the line.
CODES = ["\x1b[31mred", "\x1b]0;title\x07", "\x1b]52;c;ZXZpbA==\x07", "\x9b2J", "\x1b[2K\x1b[1A",
         "over\rwritten", "\x08\x08\x08", "\x7f", "\x0e"]  # fmt: skip
MARKUP = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</td><td>", "&lt;b&gt;",
          "'onmouseover='x", "]]><evil/>", "javascript:alert(1)", "<!--", "| a | b |", "::error::x",
          "[x](javascript:alert(1))"]  # fmt: skip
HEADER = ["contact_id", "label", "sequence_id", "email_account_id", "note"]


class Tags(html.parser.HTMLParser):
    """What a browser would see."""

    def __init__(self, text):
        super().__init__()
        self.seen = set()
        self.attributes = set()
        self.links = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links.update(value for name, value in attrs if name in ("href", "src"))


class HostileInput(EndToEnd):
    def hostile(self, texts):
        """Rows with each text as a label, as an id that is none, and as a cell of the reader's."""
        rows = [["", text, WELCOME, ROBIN, text] for text in texts]
        rows += [[text, "", WELCOME, ROBIN, ""] for text in texts]
        return rows

    def loaded(self, rows, *more, name="input.csv", **variables):
        sandbox = self.sandbox("--limits", "unlimited", world=small_world(1, 1, labels=[]))
        return self.load(self.csv(HEADER, rows, name), *more,
                         environment=self.environment(sandbox, **variables))

    def cells(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class Spreadsheets(HostileInput):
    def test_attention_csv_keeps_every_cell_so_that_it_loads_as_it_is(self):
        rows = self.hostile(FORMULAS)
        outcome = self.loaded(rows, "--fail-on-skipped")
        kept = [[row[name] for name in HEADER] for row in outcome.attention]
        # Blanks around a cell are not part of it unless quoted, and csv quotes them not.
        self.assertEqual([[cell.strip("\t") for cell in row] for row in kept],
                         [[cell.strip("\t") for cell in row] for row in rows])
        again = self.seqload("plan", outcome.out / "attention.csv")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn(b"12 rows read: 6 to send, 6 invalid", again.stdout)

    def test_on_request_no_cell_of_any_report_begins_as_a_formula_does(self):
        outcome = self.loaded(self.hostile(FORMULAS), "--fail-on-skipped", "--spreadsheet-safe")
        for name in ("report.csv", "attention.csv"):
            rows = self.cells(outcome.out / name)
            self.assertEqual(len(rows), 2 * len(FORMULAS))
            for row in rows:
                for cell in row.values():
                    self.assertNotIn(cell[:1], tuple("=+-@\t\r"), (name, row))


class Terminals(HostileInput):
    RAW = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")

    def assert_clean(self, process):
        for stream in (process.stdout, process.stderr):
            self.assertIsNone(self.RAW.search(stream), self.RAW.search(stream))

    def test_no_code_of_a_label_a_cell_or_a_file_name_reaches_the_terminal_raw(self):
        rows = self.hostile(CODES)
        for name in ("input.csv", "\x1b]0;evil\x07\x1b[31m.csv"):
            outcome = self.loaded(rows, "--fail-on-skipped", name=name)
            self.assertEqual(outcome.code, 1, outcome.stderr)
            self.assert_clean(outcome)
            self.assertIn(b"\\x1b", outcome.stderr + outcome.stdout)

    def test_nor_one_of_an_argument_that_is_wrong(self):
        code = "\x1b[31m\x9b2J"
        for arguments in (["load", "--yes", code], ["report", code], ["explain", code], [code],
                          ["load", "--" + code], ["plan", "--map", f"label={code}", "/dev/null"],
                          ["load", "--yes", "--state", f"/dev/null/{code}", "/dev/null"],
                          ["runs", "--state", code], ["check", "--config", code]):  # fmt: skip
            process = self.seqload(*arguments, environment=self.environment(APOLLO_API_KEY="k" * 9))
            self.assertNotEqual(process.returncode, 0, arguments)
            self.assert_clean(process)


class Pages(HostileInput):
    def test_nothing_of_the_input_is_markup_in_any_report(self):
        step = self.folder / "step.md"
        name = "<img src=x onerror=alert(1)>.csv"
        outcome = self.loaded(self.hostile(MARKUP), "--fail-on-skipped", "--junit",
                              self.folder / "junit.xml", name=name, GITHUB_ACTIONS="true",
                              GITHUB_STEP_SUMMARY=str(step))  # fmt: skip
        self.assertEqual(outcome.code, 1, outcome.stderr)
        page = Tags((outcome.out / "report.html").read_text(encoding="utf-8"))
        self.assertFalse(page.seen & {"script", "img", "iframe", "evil"}, page.seen)
        self.assertFalse([name for name in page.attributes if name.startswith("on")])
        self.assertFalse([link for link in page.links if ":" in link], page.links)
        tree = xml.etree.ElementTree.parse(self.folder / "junit.xml")
        self.assertFalse({node.tag for node in tree.iter()} -
                         {"testsuites", "testsuite", "testcase", "failure", "error", "skipped",
                          "properties", "property", "system-out", "system-err"})  # fmt: skip
        summary = step.read_text(encoding="utf-8")
        self.assertFalse(Tags(summary).seen, Tags(summary).seen)
        self.assertNotIn("](", summary)
        commands = [line for line in outcome.stderr.splitlines() if line.startswith(b"::")]
        self.assertGreater(len(commands), 1)
        self.assertLessEqual(len(commands), 10)
        for command in commands:
            self.assertRegex(command, rb"^::error (file=[^,:]*,line=\d+,)?title=seqload")


class Places(HostileInput):
    def test_a_run_s_name_is_no_path(self):
        outcome = self.loaded([[contact(0), "", sequence(0), ROBIN, ""]])
        self.assertEqual(outcome.code, 0, outcome.stderr)
        before = sorted(self.folder.rglob("*"))
        for name in ("../../x", "/etc/passwd", ".", "..", "x\n", "%s%n", "' OR 1=1 --"):
            for command in ("report", "resume", "verify", "undo"):
                process = self.seqload(command, *(["--yes"] if command == "undo" else []), "--",
                                       name, environment=self.environment(APOLLO_API_KEY="k" * 9))
                self.assertEqual(process.returncode, 2, (command, name, process.stderr))
        left = [path for path in sorted(self.folder.rglob("*"))
                if path not in before and "state" not in str(path)]
        self.assertEqual(left, [])

    def test_reports_are_never_written_through_a_link(self):
        out = self.folder / "out"
        out.mkdir()
        target = self.folder / "precious"
        target.write_text("mine\n")
        names = ("report.csv", "attention.csv", "summary.json", "report.html")
        for name in names:
            (out / name).symlink_to(target)
        (self.folder / "junit.xml").symlink_to(target)
        outcome = self.loaded([[contact(0), "", sequence(0), ROBIN, ""]], "--junit",
                              self.folder / "junit.xml")
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(target.read_text(), "mine\n")
        for path in (*(out / name for name in names), self.folder / "junit.xml"):
            self.assertFalse(path.is_symlink(), path)

    def test_a_folder_that_is_a_link_is_where_the_reports_go(self):
        (self.folder / "elsewhere").mkdir()
        (self.folder / "out").symlink_to("elsewhere")
        self.assertEqual(self.loaded([[contact(0), "", sequence(0), ROBIN, ""]]).code, 0)
        self.assertTrue((self.folder / "elsewhere" / "report.csv").exists())
        self.assertTrue((self.folder / "out").is_symlink())


class Memory(HostileInput):
    MOST_MEBIBYTES = 120  # resident; a sanitizer's own is allowed for by its small run

    def resident(self, *arguments):
        """How it ended, and the most that it had in memory, in MiB."""
        with open(self.folder / "stdout", "wb") as out, open(self.folder / "stderr", "wb") as err:
            process = subprocess.Popen([base.SEQLOAD, *map(str, arguments)], stdout=out, stderr=err,
                                       stdin=subprocess.DEVNULL, cwd=self.folder,
                                       env=self.environment())  # fmt: skip
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage.ru_maxrss / 1024

    def packed(self, *pieces):
        path = self.folder / "bomb.csv.gz"
        with gzip.open(path, "wb", 9) as file:
            for piece, times in pieces:
                for _ in range(times):
                    file.write(piece)
        return path

    def assert_bounded(self, path, *words):
        small = self.csv(HEADER, [])
        _, usual = self.resident("plan", small)
        code, most = self.resident("plan", path)
        self.assertIn(code, (0, 3))
        self.assertLess(most - usual, self.MOST_MEBIBYTES)
        told = (self.folder / "stdout").read_bytes() + (self.folder / "stderr").read_bytes()
        for word in words:
            self.assertIn(word, told)
        self.assertLess(len(told), 65536)

    def test_an_archive_that_unpacks_to_ten_thousand_times_its_size_is_a_bad_row(self):
        path = self.packed((b"contact_id,sequence_id,email_account_id\n", 1), (b"\0" * 2**20, 20))
        self.assertLess(path.stat().st_size, 25_000)
        self.assert_bounded(path, b"record_too_long", b"1 row read")

    def test_one_of_a_header_without_end_has_no_header(self):
        self.assert_bounded(self.packed((b"a," * 2**19, 20)), b"header")

    def test_two_hundred_thousand_bad_rows_are_counted_and_ten_of_them_told(self):
        path = self.packed((b"contact_id,sequence_id,email_account_id\n", 1), (b"x\n" * 50_000, 4))
        self.assert_bounded(path, b"200,000 invalid", b"199,990 invalid rows more")

    def test_a_million_columns_are_refused_by_the_size_of_their_header(self):
        path = self.folder / "wide.csv"
        path.write_bytes(b",".join(b"c%d" % number for number in range(1_000_000)) + b"\n")
        self.assert_bounded(path, b"header")

    def test_as_many_columns_as_fit_a_header_are_read(self):
        path = self.folder / "wide.csv"
        names = b",".join(b"%x" % number for number in range(150_000))
        path.write_bytes(
            b"contact_id,sequence_id,email_account_id," + names + b"\n" +
            f"{contact(1)},{WELCOME},{ROBIN},".encode() + b"," * 149_999 + b"\n")  # fmt: skip
        self.assert_bounded(path, b"1 row read: 1 to send")

    def test_so_are_those_that_all_have_one_name(self):
        path = self.folder / "wide.csv"
        path.write_bytes(
            b"contact_id,sequence_id,email_account_id" + b",a" * 400_000 + b"\n" +
            f"{contact(1)},{WELCOME},{ROBIN}".encode() + b"," * 400_000 + b"\n")  # fmt: skip
        code, _ = self.resident("plan", path)
        self.assertIn(code, (0, 3))


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
