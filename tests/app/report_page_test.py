#!/usr/bin/env python3
"""report.html: a page that is whole, says what happened, and carries nothing of the input that runs.

    report_page_test.py SEQLOAD APOLLO_SANDBOX
"""

import html.parser
import pathlib
import re
import sys
import unittest

import end_to_end_test as base  # knows where the sandbox's words are
from apollo_sandbox import ROBIN
from end_to_end_test import UNLIMITED, sequence, small_world
from runs_fixture import Runs

VOID = {"meta", "br", "hr", "img", "link", "input", "wbr"}
LARGEST = 1_000_000

# What a cell may hold at its worst: tags, quotes, terminal escapes, writing turned around,
# bytes that are no UTF-8, and more than anybody wants to read.
HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</td></table></body></html><!--",
    "\x1b[2J\x1b]0;title\x07\u202eevil\u2066",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "long " * 20_000,
]


class Page(html.parser.HTMLParser):
    """A page taken apart, strictly: every tag is closed, in its order, and no id comes twice."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []  # (name, attributes) of every tag
        self.text = []
        self.problems = []
        self._open = []
        self.feed(text)
        self.close()
        if self._open:
            self.problems.append(f"left open: {self._open}")
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        self.problems += [f"id {each} twice" for each in set(ids) if ids.count(each) > 1]
        for _, attributes in self.tags:
            for named in attributes.get("aria-labelledby", "").split():
                if named not in ids:
                    self.problems.append(f"nothing is called {named}")

    def handle_starttag(self, tag, attrs):
        if len(attrs) != len(dict(attrs)):
            self.problems.append(f"an attribute of {tag} twice")
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()} closes nothing")

    def handle_data(self, data):
        if "style" not in self._open:
            self.text.append(data)

    def handle_comment(self, data):
        self.problems.append(f"a comment: {data!r}")

    def words(self):
        return re.sub(r"\s+", " ", " ".join(self.text))


class Reported(Runs):
    def page(self, folder="out"):
        data = (self.folder / folder / "report.html").read_bytes()
        self.assertLess(len(data), LARGEST)
        text = data.decode("utf-8")
        self.assertEqual([c for c in text if ord(c) < 32 and c != "\n" or 0x7F <= ord(c) < 0xA0], [])
        page = Page(text)
        self.assertEqual(page.problems, [])
        self.is_self_contained(page, text)
        return page

    def is_self_contained(self, page, text):
        self.assertTrue(text.startswith("<!DOCTYPE html>\n<html lang="))
        policy = [a["content"] for t, a in page.tags if a.get("http-equiv")]
        self.assertEqual(len(policy), 1)
        self.assertIn("default-src 'none'", policy[0])
        forbidden = {"script", "img", "link", "iframe", "object", "embed", "form", "base", "use"}
        self.assertEqual({t for t, _ in page.tags} & forbidden, set())
        for tag, attributes in page.tags:
            for name, value in attributes.items():
                self.assertFalse(name.startswith("on") or name in ("src", "style"), (tag, name))
                if name == "href":
                    self.assertIn(value, ("attention.csv", "report.csv", "summary.json"))
        self.assertNotIn("url(", text)
        self.assertNotIn("@import", text)
        for tag, attributes in page.tags:
            if tag == "svg":
                self.assertEqual(attributes["role"], "img")
                self.assertIn("aria-labelledby", attributes)


class Commands(Reported):
    def test_load_writes_it_and_names_sequences_mailboxes_and_steps(self):
        with self.sandbox(*UNLIMITED, world=small_world(40)) as sandbox:
            path = self.contacts(5, of=sequence(0))
            self.CHECK = ()  # the sequence is known by its name then
            outcome = self.load(path, sandbox=sandbox)
            self.assertEqual(outcome.code, 0, outcome.stderr)
            self.assertIn("report.html", outcome.stdout.decode())
        words = self.page().words()
        self.assertIn("5 of 5 rows added", words)
        self.assertIn("Finished", words)
        self.assertIn("No row needs a person", words)
        self.assertRegex(words, f"Sequence 0 {sequence(0)}")
        self.assertIn("Exit code 0", words)

    def test_resume_report_verify_and_undo_write_it_as_well(self):
        with self.sandbox(*UNLIMITED, world=small_world(40)) as sandbox:
            self.interrupted(sandbox, 12)
            page = self.page()
            self.assertIn("Stopped", page.words())
            run = self.listed()[0]["run_id"]
            self.assertIn(f"seqload resume {run}", page.words())
            (self.folder / "out" / "report.html").unlink()
            self.assertEqual(self.command("resume", sandbox=sandbox).code, 0)
            self.assertIn("12 of 12 rows added", self.page().words())
            (self.folder / "out" / "report.html").unlink()
            self.assertEqual(self.command("report", run).code, 0)
            self.assertIn("12 of 12 rows added", self.page().words())
            (self.folder / "out" / "report.html").unlink()
            self.assertEqual(self.command("verify", "--all", sandbox=sandbox).code, 0)
            self.assertIn("12 of 12 rows added", self.page().words())
            self.assertEqual(self.undo(run, sandbox=sandbox).code, 0)
            self.assertIn("12 of 12 contacts removed", self.page("undone").words())

    def test_no_rows_make_a_page_as_well(self):
        with self.sandbox(*UNLIMITED, world=small_world(40)) as sandbox:
            path = self.folder / "empty.csv"
            path.write_text("contact_id,sequence_id,email_account_id\n", encoding="utf-8")
            self.assertEqual(self.load(path, sandbox=sandbox).code, 0)
        self.assertIn("The input has no rows", self.page().words())


class Hostile(Reported):
    def test_nothing_of_the_input_becomes_a_part_of_the_page(self):
        name = "<b>'\" & leads.csv"
        path = self.folder / name
        lines = ["contact_id,sequence_id,email_account_id"]
        for cell in HOSTILE:
            quoted = cell.replace('"', '""')
            lines.append(f'"{quoted}",{sequence(0)},{ROBIN}')
        data = "\n".join(lines).encode() + b"\n\xff\xfe<i>," + f"{sequence(0)},{ROBIN}\n".encode()
        path.write_bytes(data)
        with self.sandbox(*UNLIMITED, world=small_world(40)) as sandbox:
            outcome = self.load(path, sandbox=sandbox)
            self.assertEqual(outcome.code, 1, outcome.stderr)
        page = self.page()
        words = page.words()
        self.assertIn("<script>alert(1)</script>", words)
        self.assertIn(name + ":2", words)
        self.assertIn("\\x1b[2J", words)
        self.assertIn("\\u202eevil\\u2066", words)
        self.assertIn("\ufffd", words)
        self.assertIn("…", words)
        self.assertIn("need a person", words)


class Colours(unittest.TestCase):
    """WCAG 2.1, 1.4.3 and 1.4.11, of the style as it is written."""

    STATUSES = ["added", "already_in_sequence", "skipped", "duplicate", "excluded", "invalid",
                "failed", "unconfirmed", "not_attempted", "bar"]  # fmt: skip

    @staticmethod
    def luminance(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(self, one, other):
        light, dark = sorted((self.luminance(one), self.luminance(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    def test_text_and_drawings_stand_out_in_light_in_dark_and_on_paper(self):
        root = pathlib.Path(__file__).resolve().parents[2]
        style = (root / "src/report/page_style.cpp").read_text(encoding="utf-8")
        schemes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
        self.assertEqual(len(schemes), 3)
        for scheme in schemes:
            colours = dict(re.findall(r"--(\w+): (#\w+);", scheme))
            for behind in ("paper", "panel"):
                for text in ("ink", "muted", "good", "bad"):
                    with self.subTest(text=text, behind=behind, paper=colours["paper"]):
                        self.assertGreaterEqual(self.contrast(colours[text], colours[behind]), 4.5)
            for drawn in self.STATUSES:
                with self.subTest(drawn=drawn, paper=colours["paper"]):
                    self.assertGreaterEqual(self.contrast(colours[drawn], colours["paper"]), 3)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
