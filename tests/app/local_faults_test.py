#!/usr/bin/env python3
"""What this machine can do to a run: a disk that fills, places that cannot be written, a state that
is damaged. Each ends with code 6 and says what to do; what can go on, goes on.

    local_faults_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import unittest

import kill_checks as checks
import kill_world
from kill_lab import Lab, Programs
from kill_state import StateAtDeath

PROGRAMS = None  # set from the command line
LOCAL_FAULT = 6
PAGE = 4096


def with_room_for(size):
    """For the child: no file may grow beyond size, as on a full disk. The signal is the child's affair."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


class LocalFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(PROGRAMS, seed=7)
        cls.addClassCleanup(cls.lab.close)

    def setUp(self):
        self.lab.begin(kill_world.load_faults(3))

    def seqload(self, *arguments, preexec_fn=None):
        return subprocess.run(
            [PROGRAMS.seqload, *map(str, arguments)],
            env=self.lab.environment(),
            cwd=self.lab.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            preexec_fn=preexec_fn,
        )

    def load(self, **places):
        command = self.lab.load_command()
        for option, place in places.items():
            command[command.index(f"--{option}") + 1] = place
        return self.seqload(*command)

    def assert_told(self, process, *words):
        """Code 6, and one error that says where and what to do."""
        self.assertEqual(process.returncode, LOCAL_FAULT, process.stderr)
        for word in words:
            self.assertIn(word, process.stderr)

    def assert_nothing_was_sent(self):
        self.assertEqual(self.lab.sandbox.requests(), [])


class FullDisk(LocalFaults):
    def test_wherever_the_state_finds_no_more_room_the_run_stops_and_goes_on_when_there_is(self):
        self.assertEqual(self.seqload(*self.lab.load_command()).returncode, 1)
        stopped = set()
        for number, size in enumerate((16, 48, 80, 112, 160, 256, 384, 512, 768, 1024)):
            with self.subTest(kibibytes=size):
                stopped |= self.fill_up(number, size * 1024)
        self.assertLessEqual({"before the run", "in the middle"}, stopped)

    def fill_up(self, number, size):
        lab = self.lab
        lab.begin(kill_world.load_faults(number))
        full = self.seqload(*lab.load_command(), preexec_fn=with_room_for(size))
        if full.returncode == 1:
            return {"not at all"}
        self.assert_told(full, "error: ")
        mark = lab.mark()
        state = StateAtDeath(lab.state, "load")
        seen = checks.additions(mark.requests, up_to=mark.connection)
        checks.check_what_left_was_on_record(state, seen)
        if state.run is None:
            self.assertEqual(seen, [])
            ended = lab.run(lab.load_command())
        else:
            ended = lab.run(["resume", "--state", lab.state])
        self.assertEqual(ended.code, 1, ended.stderr)
        report = lab.report()
        people = lab.report("label-contacts.csv")
        checks.check_report(lab.rows, report, people, lab.ledger())
        checks.check_summary(lab.summary(), report, people, ended.code)
        requests = lab.mark().requests
        checks.check_nothing_settled_was_sent_again(lab.rows, state, mark, requests)
        return {"in the middle" if seen else "before the run"}


class UnwritablePlaces(LocalFaults):
    """Found before any request is sent."""

    def places(self):
        """Where nobody can write, root included."""
        file = self.lab.work / "a file"
        file.write_text("not a folder", encoding="utf-8")
        return [file / "below", pathlib.Path("/proc/seqload")]

    def test_reports_without_a_place_are_found_before_anything_is_sent(self):
        for place in self.places():
            with self.subTest(place):
                self.assert_told(self.load(out=place), str(place), "--out")
                self.assert_nothing_was_sent()

    def test_a_state_without_a_place_is_found_before_anything_is_sent(self):
        for place in self.places():
            with self.subTest(place):
                self.assert_told(self.load(state=place / "state.db"), str(place), "--state")
                self.assert_nothing_was_sent()

    def test_reports_of_an_undo_without_a_place_are_found_before_anyone_is_removed(self):
        self.assertEqual(self.load().returncode, 1)
        run = self.lab.summary()["run_id"]
        before = self.lab.deeds()
        for place in self.places():
            with self.subTest(place):
                process = self.seqload("undo", run, "--yes", "--state", self.lab.state,
                                       "--out", place)  # fmt: skip
                self.assert_told(process, str(place), "--out")
                self.assertEqual(self.lab.deeds(), before)

    def test_a_plan_is_the_same_when_the_disk_does_not_take_what_memory_has_no_room_for(self):
        rows = self.lab.folder / "different.csv"
        with open(rows, "w", encoding="utf-8") as file:
            file.write("contact_id,sequence_id,email_account_id\n")
            # Each row with ids of its own; every thousandth once more.
            for number in range(300_000):
                row = ",".join(f"66e9e215ece1{4 * number + column:012x}" for column in range(3)) + "\n"
                file.write(row * (2 if number % 1000 == 0 else 1))
        usual = self.seqload("plan", "--quiet", rows)
        full = self.seqload("plan", "--quiet", rows, preexec_fn=with_room_for(1 << 20))
        for process in (usual, full):
            self.assertEqual((process.returncode, process.stderr), (0, ""))
            self.assertIn("300,300 rows read: 300,000 to send, 300 duplicate\n300,000 requests,", process.stdout)
        first_lines = slice(0, 20)  # what follows is the quota's, and tells the time
        self.assertEqual(full.stdout.splitlines()[first_lines], usual.stdout.splitlines()[first_lines])


class DamagedState(LocalFaults):
    def damaged(self, page):
        """Overwrites one page of the state, counted from 1, and says what its bytes are then."""
        with open(self.lab.state, "r+b") as file:
            file.seek((page - 1) * PAGE)
            file.write(b"\xa5" * PAGE)
        return self.lab.state.read_bytes()

    def tables(self):
        database = sqlite3.connect(self.lab.state)
        try:
            return database.execute(
                "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 1 ORDER BY rootpage"
            ).fetchall()
        finally:
            database.close()

    def test_a_damaged_state_is_refused_untouched_by_every_command_that_could_send(self):
        self.assertEqual(self.load().returncode, 1)
        run = self.lab.summary()["run_id"]
        whole = self.lab.folder / "whole.db"
        shutil.copyfile(self.lab.state, whole)
        requests = len(self.lab.sandbox.requests())
        commands = [
            self.lab.load_command(),
            ["resume", "--state", self.lab.state],
            ["undo", run, "--yes", "--state", self.lab.state, "--out", self.lab.out],
            ["verify", "--state", self.lab.state],
        ]
        pages = dict(self.tables())
        pages["the page in the middle"] = whole.stat().st_size // PAGE // 2
        for number, (what, page) in enumerate(pages.items()):
            with self.subTest(what):
                shutil.copyfile(whole, self.lab.state)
                bytes_before = self.damaged(page)
                process = self.seqload(*commands[number % len(commands)])
                self.assert_told(process, "damaged", str(self.lab.state), ".recover", "backup")
                self.assertEqual(self.lab.state.read_bytes(), bytes_before)
        self.assertEqual(len(self.lab.sandbox.requests()), requests)

    def test_what_is_no_state_at_all_is_refused_untouched(self):
        self.lab.state.parent.mkdir()
        text = b"Dear diary, today I was not a database.\n" * 200
        self.lab.state.write_bytes(text)
        self.assert_told(self.load(), "no SQLite database", str(self.lab.state), "--state")
        self.assertEqual(self.lab.state.read_bytes(), text)
        self.assert_nothing_was_sent()


if __name__ == "__main__":
    seqload, sandbox = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    PROGRAMS = Programs(seqload, sandbox, kill_at="")
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
