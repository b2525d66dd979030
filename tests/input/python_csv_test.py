#!/usr/bin/env python3
"""The same records and cells as Python's csv module, for each separator and line ending.

    python_csv_test.py PRINT_RECORDS [--records N] [--seed N]

Random and adversarial files are read by the program PRINT_RECORDS and by csv.reader (not strict,
its default). Two things are ours and are put on top of what csv gives: blank lines are no records,
and of a quote that nobody closes only the first line is taken. Spaces around cells are compared
apart: they are ours to trim outside quotes.
"""

import argparse
import csv
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest
import zlib

SEPARATORS = [",", ";", "\t", "|"]
LINE_ENDINGS = ["\n", "\r\n", "\r"]
OPTIONS = argparse.Namespace()

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

    def setUp(self):
        self.random = random.Random(OPTIONS.seed)
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

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
        names = self.write(contents)
        for some in (names[at : at + 500] for at in range(0, len(names), 500)):
            for line in self.run_program(separator, *some).splitlines():
                record = json.loads(line)
                if record is None:
                    files.append([])
                else:
                    files[-1].append((record["line"], record["problem"], record["cells"]))
        return files[:-1]

    def compare(self, texts, separator, trim):
        found = self.read([text.encode() for text in texts], separator)
        self.assertEqual(len(found), len(texts))
        count = 0
        for text, records in zip(texts, found):
            expected = expected_records(text, separator)
            if trim:
                expected = trimmed(expected, separator)
                records = trimmed(records, separator)
            self.assertEqual(records, expected, f"separator {separator!r}, text {text!r}")
            count += len(records)
        return count

    def random_text(self, pieces):
        return "".join(self.random.choices(pieces, k=self.random.randint(1, 40)))

    def random_texts(self, pieces, wanted):
        """Texts with about as many records as are wanted."""
        texts = []
        count = 0
        while count < wanted:
            texts.append(self.random_text(pieces))
            count += 1 + texts[-1].count("\n") // 2
        return texts

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
            pieces += LINE_ENDINGS
            self.compare(self.random_texts(pieces, OPTIONS.records // 8), separator, trim=False)

    def test_random_files_with_spaces_give_the_same_cells_but_for_outer_spaces(self):
        for separator in SEPARATORS:
            pieces = ['"', separator, " ", "\t", "a", "b"] + LINE_ENDINGS
            self.compare(self.random_texts(pieces, OPTIONS.records // 8), separator, trim=True)

    def test_what_csv_writes_is_read_back_with_every_space(self):
        letters = ["a", "b", " ", "\t", '"', "\n", "\r", ",", ";", "|", "é", "\r\n"]
        for separator in SEPARATORS:
            rows = [
                ["".join(self.random.choices(letters, k=self.random.randint(0, 8))) for _ in range(4)]
                for _ in range(OPTIONS.records // 16)
            ]
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
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


def trimmed(records, separator):
    outer = spaces(separator)
    return [(line, problem, [cell.strip(outer) for cell in cells]) for line, problem, cells in records]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--records", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=1)
    OPTIONS = parser.parse_args()
    unittest.main(argv=[sys.argv[0], "--verbose"])
