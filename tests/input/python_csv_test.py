#!/usr/bin/env python3
"""The same records and cells as Python's csv module, for each separator and line ending.

    python_csv_test.py PRINT_RECORDS [--records N] [--seed N]

N (or CSV_RECORDS in the environment) is how many records are compared at least, in sum; the sum is
told at the end. Random and adversarial files are read by the program PRINT_RECORDS and by csv.reader (not strict,
its default). Two things are ours and are put on top of what csv gives: blank lines are no records,
and of a quote that nobody closes only the first line is taken. Spaces around cells are compared
apart: they are ours to trim outside quotes.
"""

import argparse
import csv
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest
import zlib

SEPARATORS = [",", ";", "\t", "|"]
LINE_ENDINGS = ["\n", "\r\n", "\r"]
MIXED = LINE_ENDINGS  # all of them in one file
OPTIONS = argparse.Namespace()

# So many files are read by one process, and are on the disk at once.
FILES_AT_ONCE = 500

# No cell of csv may be cut short.
csv.field_size_limit(1 << 30)

ADVERSARIAL = [
    "",
    "\n",
    "\r\n\r\n",
    "a",
    '"',
    '""',
    '"""',
    '""""',
    'a"b',
    '5" pipe,6" pipe\nx,y',
    '"a"b,c\n',
    '"a" ,"b"\n',
    '"a""b","c"""\n',
    '"a\nb",c\nd,e\n',
    '"a\r\nb",c\r\nd,e\r\n',
    '"a\rb",c\rd,e\r',
    'a,"b\nc,d\ne,f\n',
    'a"b,"c\na"b,"c\na"b,"c\n',
    'a,b\r\r\nc,d\r\r\n',
    "a,b\n\n\nc,d",
    "a,b\r",
    "a,b\n ",
    ",\n,,\n",
    '"",""\n""\n',
    '"\n\n\n",x\ny\n',
    '"a"\n"b"\n"c',
    'x,"a""\ny\n',
    "é,ü\n\"日本\n語\",x\n",
    '"\r"\r"\r\n"\n"\n"',
    '"\r\r\n\n"\nz',
]


def parse(text, separator):
    """What csv makes of the text: (line on which it starts, cells), without blank records."""
    lines = lines_of(text)
    reader = csv.reader(lines, delimiter=separator)
    records = []
    before = 0
    for cells in reader:
        raw = "".join(lines[before : reader.line_num])
        if raw.strip(spaces(separator) + "\r\n"):
            records.append((before + 1, cells))
        before = reader.line_num
    return records


def spaces(separator):
    return " " if separator == "\t" else " \t"


def ends_within_quotes(text, separator):
    """A further line is a record of its own, unless a quote is open."""
    marked = parse(text + "\nZ", separator)
    return not marked or marked[-1][1] != ["Z"]


def lines_of(text):
    return list(io.StringIO(text, newline=""))


def expected_records(text, separator):
    """(line, problem, cells) of every record, as spec.md wants them."""
    expected = []
    lines = lines_of(text)
    start = 0
    while True:
        rest = "".join(lines[start:])
        records = parse(rest, separator)
        is_open = ends_within_quotes(rest, separator)
        if is_open:
            line, _ = records.pop()
        expected += [(start + at, "-", cells) for at, cells in records]
        if not is_open:
            return expected
        broken = lines[start + line - 1].rstrip("\r\n")
        [(_, cells)] = parse(broken, separator) or [(1, [""])]
        expected.append((start + line, "q", cells))
        start += line


class Differential(unittest.TestCase):
    maxDiff = None
    compared = 0  # records, by all tests

    def setUp(self):
        self.random = random.Random(OPTIONS.seed)
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.compared:,} records compared (seed {OPTIONS.seed})", flush=True)
        if cls.compared < OPTIONS.records:
            raise AssertionError(f"{OPTIONS.records:,} records were to be compared")

    def note_compared(self, count):
        type(self).compared += count

    def write(self, contents):
        names = []
        for number, content in enumerate(contents):
            file = pathlib.Path(self.directory.name) / f"{number}.csv"
            file.write_bytes(content)
            names.append(str(file))
        return names

    def run_program(self, *arguments):
        run = subprocess.run(
            [OPTIONS.program, *arguments], capture_output=True, text=True, check=False
        )
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout

    def read(self, contents, separator):
        """The records of each content, as the program reads them."""
        files = [[]]
        for at in range(0, len(contents), FILES_AT_ONCE):
            names = self.write(contents[at : at + FILES_AT_ONCE])
            for line in self.run_program(separator, *names).splitlines():
                record = json.loads(line)
                if record is None:
                    files.append([])
                else:
                    files[-1].append((record["line"], record["problem"], record["cells"]))
        self.note_compared(sum(map(len, files)))
        return files[:-1]

    def compare(self, texts, separator, trim):
        found = self.read([text.encode() for text in texts], separator)
        self.assertEqual(len(found), len(texts))
        for text, records in zip(texts, found):
            expected = expected_records(text, separator)
            if trim:
                expected = trimmed(expected, separator)
                records = trimmed(records, separator)
            self.assertEqual(records, expected, f"separator {separator!r}, text {text!r}")

    def compare_random(self, pieces, endings, separator, share, trim):
        """Random texts of the pieces, with about that share of the records that are wanted."""
        texts = []
        wanted = OPTIONS.records * share
        while wanted > 0:
            count = self.random.randint(1, 40)
            texts.append("".join(self.random.choices([*pieces, *endings], k=count)))
            wanted -= 1 + sum(map(texts[-1].count, endings)) // 2
            if len(texts) == 10 * FILES_AT_ONCE:
                self.compare(texts, separator, trim)
                texts.clear()
        self.compare(texts, separator, trim)

    def test_adversarial_files_for_each_separator_and_line_ending(self):
        for separator in SEPARATORS:
            texts = [
                text.replace(",", separator).replace("\n", ending)
                for text in ADVERSARIAL
                for ending in LINE_ENDINGS
            ]
            self.compare(texts, separator, trim=True)

    def test_random_files_give_exactly_the_same_cells(self):
        for separator in SEPARATORS:
            pieces = ['"', '""', separator, separator + '"', '"' + separator, "a", "bc", "é", "語"]
            for endings in ([ending] for ending in LINE_ENDINGS):
                self.compare_random(pieces, endings, separator, 1 / 32, trim=False)
            self.compare_random(pieces, MIXED, separator, 1 / 16, trim=False)

    def test_random_files_with_spaces_give_the_same_cells_but_for_outer_spaces(self):
        for separator in SEPARATORS:
            pieces = ['"', separator, " ", "\t", "a", "b"]
            for endings in ([ending] for ending in LINE_ENDINGS):
                self.compare_random(pieces, endings, separator, 1 / 64, trim=True)
            self.compare_random(pieces, MIXED, separator, 1 / 32, trim=True)

    def test_what_csv_writes_is_read_back_with_every_space(self):
        letters = ["a", "b", " ", "\t", '"', "\n", "\r", ",", ";", "|", "é", "\r\n"]
        for separator in SEPARATORS:
            for ending in LINE_ENDINGS:
                rows = [
                    ["".join(self.random.choices(letters, k=self.random.randint(0, 8)))
                     for _ in range(4)]
                    for _ in range(OPTIONS.records // 48)
                ]  # fmt: skip
                text = io.StringIO(newline="")
                writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL,
                                    lineterminator=ending)  # fmt: skip
                writer.writerows(rows)
                [records] = self.read([text.getvalue().encode()], separator)
                self.assertEqual([cells for _, _, cells in records], rows)

    def test_bad_bytes_become_what_python_makes_of_them(self):
        pieces = [b'"', b",", b"\n", b"a", b"\xe9", b"\xc3\xa9", b"\xff", b"\xfe", b"\xf0\x9f"]
        pieces += [b"\xed\xa0\x80", b"\xe2\x82", b"\xc0\xaf", b"\x00", b"\xf4\x90\x80\x80", b"\r\n"]
        contents = [
            b"".join(self.random.choices(pieces, k=self.random.randint(1, 30)))
            # A file may not begin like another encoding, and a quote not stay open.
            for _ in range(OPTIONS.records // 8)
        ]
        contents = [b"x," + content.replace(b'"', b'""') for content in contents]
        for content, records in zip(contents, self.read(contents, ",")):
            text = content.decode(errors="replace").replace("\0", "\ufffd")
            expected = parse(text, ",")
            self.assertEqual([cells for _, _, cells in records], [cells for _, cells in expected])
            for _, problem, cells in records:
                self.assertEqual(problem != "-", any("\ufffd" in cell for cell in cells), content)

    def test_a_file_that_the_parser_reads_ahead_on_a_thread(self):
        cells = ["plain", "with, comma", 'with "quotes"', "two\nlines", "", "é", "x" * 3000]
        for separator in (",", "\t"):
            text = io.StringIO(newline="")
            writer = csv.writer(text, delimiter=separator)
            while text.tell() < 40 << 20:
                block = [self.random.choices(cells, k=5) for _ in range(2000)]
                writer.writerows([f"id {self.random.random()}", *row] for row in block)
            content = text.getvalue()
            count = digest = 0
            for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator):
                count += 1
                joined = "".join(cell + "\x1f" for cell in row) + "\x1e"
                digest = zlib.crc32(joined.encode(), digest)
            [name] = self.write([content.encode()])
            found = self.run_program("--digest", separator, name)
            self.assertEqual(found, f"{count} {digest}\n")
            self.note_compared(count)


def trimmed(records, separator):
    outer = spaces(separator)
    return [(line, problem, [cell.strip(outer) for cell in cells]) for line, problem, cells in records]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--records", type=int, default=os.environ.get("CSV_RECORDS", 8000))
    parser.add_argument("--seed", type=int, default=1)
    OPTIONS = parser.parse_args()
    unittest.main(argv=[sys.argv[0], "--verbose"])
