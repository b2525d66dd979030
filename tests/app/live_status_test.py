#!/usr/bin/env python3
"""The live status, looked at on the screen of a terminal (support/screen.py).

    live_status_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import fcntl
import os
import pathlib
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

import end_to_end_test as base
from end_to_end_test import UNLIMITED, sequence, small_world
from runs_fixture import Runs
from screen import Screen

SECONDS = 120  # for anything, on a busy machine
SLOW = {"kind": "latency", "ms": 400, "route": "add_contact_ids"}
HANGS = {"kind": "hang", "route": "add_contact_ids"}
FAILS = {"kind": "status", "status": 503, "times": 3, "route": "add_contact_ids"}
# The second request waits a minute, which is longer than anything is looked at.
ONE_A_MINUTE = ["--limits", "1/0/0"]


class Terminal:
    """A program on a terminal of its own, with the screen that it fills."""

    def __init__(self, command, environment, folder, reflows=True):
        self.screen = Screen(reflows=reflows)
        self.said = b""
        self.ours, theirs = os.openpty()
        self._set_size()
        # No letter is lost at Ctrl-C and Ctrl-Z: what a lost one leaves behind is chance.
        manners = termios.tcgetattr(theirs)
        manners[3] |= termios.NOFLSH
        termios.tcsetattr(theirs, termios.TCSANOW, manners)
        self.process = subprocess.Popen(
            command, env=environment, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))  # fmt: skip
        os.close(theirs)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.ours)

    def _set_size(self):
        size = struct.pack("HHHH", self.screen.rows, self.screen.columns, 0, 0)
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, size)  # which sends SIGWINCH

    def resize(self, columns):
        """Between two frames: in the midst of one, no program can say where its lines are."""
        deadline = time.monotonic() + SECONDS
        while self.screen.in_frame:
            self.read(deadline)
        self.screen.resize(columns)
        self._set_size()

    def type(self, text):
        os.write(self.ours, text)

    def read(self, deadline):
        """Whether there is more to come."""
        if not select.select([self.ours], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise AssertionError(f"in vain, on the screen:\n{self.screen.text}")
        try:
            portion = os.read(self.ours, 65536)
        except OSError:
            return False  # how a terminal says that nobody has it open any more
        self.said += portion
        self.screen.feed(portion)
        return bool(portion)

    def until(self, *texts):
        """Reads on until all of them are on the screen."""
        deadline = time.monotonic() + SECONDS
        while not all(text in self.screen.text for text in texts):
            if not self.read(deadline):
                raise AssertionError(f"it ended, on the screen:\n{self.screen.text}")

    def end(self):
        """Reads to the end; the exit code."""
        deadline = time.monotonic() + SECONDS
        while self.read(deadline):
            pass
        return self.process.wait(SECONDS)


class OnTerminal(Runs):
    def begin(self, sandbox, *arguments, command="load", rows=300, reflows=True, within=(), **variables):
        files = ()
        if command == "load":
            files = ("--no-check", "--out", str(self.folder / "out"),
                     self.contacts(rows, of=sequence(0)))
        environment = self.environment(sandbox, **{"TERM": "xterm", **variables})
        terminal = Terminal([*within, base.SEQLOAD, command, "--state", str(self.state), *arguments, *files],
                            environment, self.folder, reflows)
        self.addCleanup(terminal.close)
        return terminal

    def load(self, sandbox, *arguments, **more):
        return self.begin(sandbox, "--yes", "--connections", "1", *arguments, **more)

    def assert_no_block(self, screen):
        self.assertTrue(screen.breaks)
        for line in screen.shown:
            self.assertFalse(line.startswith(("rows ", "quota left", "waiting ", "to go ")), screen.text)

    def assert_one_block_per_frame(self, screen):
        for frame in screen.frames:
            starts = [line.startswith("rows ") for line in frame]
            self.assertLessEqual(sum(starts), 1, "\n".join(frame))
            if any(starts):
                self.assertTrue(frame[-1].startswith(("quota ", "requests ")), "\n".join(frame))


class Block(OnTerminal):
    def test_it_shows_how_far_the_run_is_and_is_gone_at_the_end(self):
        sandbox = self.sandbox("--limits", "2/0/0", "--time-scale", "60", world=small_world(500))
        terminal = self.load(sandbox, rows=500)
        terminal.until("200 of 500 settled, 40%  [########------------]", "added 200",
                       "waiting     until", "the minute quota is used up", "to go       about",
                       "requests    2 sent, 3 to go", "quota left  minute 0/2 until")
        self.assertEqual(terminal.end(), 0, terminal.screen.text)
        self.assert_no_block(terminal.screen)
        self.assert_one_block_per_frame(terminal.screen)
        self.assertIn("Finished: 500 of 500 rows added", terminal.screen.text)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 500)

    def test_log_lines_stand_above_it_each_once(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300), faults=[FAILS, SLOW])
        terminal = self.load(sandbox)
        self.assertEqual(terminal.end(), 0, terminal.screen.text)
        retries = [line for line in terminal.screen.shown if "503 Service Unavailable" in line]
        self.assertEqual(len(retries), 3, terminal.screen.text)
        self.assertGreater(len(terminal.screen.frames), 0)
        self.assert_no_block(terminal.screen)
        self.assert_one_block_per_frame(terminal.screen)

    def test_an_undo_has_one_too(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300))
        self.assertEqual(self.load(sandbox).end(), 0)
        run = self.listed()[0]["run_id"]
        sandbox.set_faults([{"kind": "latency", "ms": 400}])
        terminal = self.begin(sandbox, "--yes", "--connections", "1", run, command="undo")
        terminal.until("contacts    ", " of 300 settled, ", "requests    ")
        self.assertEqual(terminal.end(), 0, terminal.screen.text)
        self.assertFalse([line for line in terminal.screen.shown if line.startswith("contacts ")],
                         terminal.screen.text)


class Resized(OnTerminal):
    def look(self, reflows):
        sandbox = self.sandbox(*ONE_A_MINUTE, world=small_world(300))
        terminal = self.load(sandbox, reflows=reflows)
        terminal.until("waiting     until", "100 of 300 settled")
        screen = terminal.screen
        for columns, start in ((30, "rows 33%, 100 of 300"), (100, "rows        100 of 300"),
                               (20, "rows 33%, 100 of 3…")):  # fmt: skip
            frames = len(screen.frames)
            terminal.resize(columns)
            # That frame may have been made before the resize; the next one was not.
            deadline = time.monotonic() + SECONDS
            while len(screen.frames) < frames + 2 or start not in screen.text:
                self.assertTrue(terminal.read(deadline))
            block = screen.frames[-1][-6:]
            self.assertTrue(block[0].startswith(start), screen.text)
            self.assertEqual(sum("rows " in line and "100" in line for line in screen.frames[-1]), 1,
                             screen.text)
            self.assertTrue(all(len(line) < columns for line in block), screen.text)
        terminal.type(b"\x03")
        self.assertEqual(terminal.end(), -signal.SIGINT)
        self.assert_no_block(screen)

    def test_a_terminal_that_breaks_lines_anew_is_left_without_rubbish(self):
        self.look(reflows=True)

    def test_so_is_one_that_cuts_them_off(self):
        self.look(reflows=False)


class Question(OnTerminal):
    def test_it_is_gone_while_a_question_waits_and_comes_back(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300), faults=[SLOW])
        terminal = self.begin(sandbox, "--canary", "2", "--connections", "1")
        terminal.until("[y/N]")
        terminal.type(b"y\n")
        terminal.until("too? [y/N]")
        self.assertGreater(len(terminal.screen.frames), 0)
        self.assert_no_block(terminal.screen)
        terminal.type(b"y\n")
        terminal.until("too? [y/N] y", "rows        ", "of 300 settled")
        self.assertEqual(terminal.end(), 0, terminal.screen.text)
        self.assert_no_block(terminal.screen)
        self.assertIn("The canary passed: 2 of 2 rows added", terminal.screen.text)


class Interrupted(OnTerminal):
    def test_a_second_signal_takes_it_away_at_once(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300), faults=[HANGS])
        terminal = self.load(sandbox)
        terminal.until("rows        0 of 300 settled")
        terminal.type(b"\x03")
        terminal.until("seqload: stopping once", "rows        0 of 300 settled")
        terminal.type(b"\x03")
        self.assertEqual(terminal.end(), -signal.SIGINT)
        self.assert_no_block(terminal.screen)
        self.assertIn("seqload: stopping once", terminal.screen.text)

    def test_it_is_gone_while_the_run_is_stopped_and_comes_back(self):
        shell = ("sh", "-c", 'set -m; "$@"; echo "[stopped: $?]"; read -r line; fg', "sh")
        sandbox = self.sandbox(*ONE_A_MINUTE, world=small_world(300))
        terminal = self.load(sandbox, within=shell)
        terminal.until("rows        100 of 300 settled", "waiting     ")
        terminal.type(b"\x1a")
        terminal.until("[stopped: 148]")
        self.assert_no_block(terminal.screen)
        terminal.type(b"\n")
        terminal.until("rows        100 of 300 settled", "waiting     ")
        terminal.type(b"\x03")
        terminal.end()
        self.assert_no_block(terminal.screen)
        self.assertIn("Stopped (interrupted): 100 of 300 rows added", terminal.screen.text)

    def test_a_terminal_that_takes_nothing_does_not_stop_the_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300), faults=[SLOW])
        terminal = self.load(sandbox)
        terminal.until("rows        ")
        terminal.type(b"\x13")  # Ctrl-S
        deadline = time.monotonic() + SECONDS
        while sandbox.ledger()["totals"]["added"] < 300:
            self.assertLess(time.monotonic(), deadline)
        terminal.type(b"\x11")  # Ctrl-Q
        self.assertEqual(terminal.end(), 0, terminal.screen.text)
        self.assert_no_block(terminal.screen)


class Wanted(OnTerminal):
    def test_colours_are_there_unless_they_are_not_wanted(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300))
        for arguments, variables, paints in (
            ((), {}, True),
            ((), {"NO_COLOR": "1"}, False),
            ((), {"SEQLOAD_NO_COLOR": "true"}, False),
            (("--no-color",), {}, False),
        ):
            sandbox.reset()
            sandbox.set_faults([FAILS, SLOW])
            terminal = self.load(sandbox, *arguments, **variables)
            terminal.until("of 300 settled", "added 100")
            self.assertEqual(terminal.end(), 0, terminal.screen.text)
            self.assertEqual(terminal.screen.paints, paints, (arguments, variables))

    def test_where_it_is_not_wanted_no_code_is_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300))
        for arguments, variables in (
            (("--quiet", "--no-color"), {}),
            ((), {"TERM": "dumb"}),
            ((), {"TERM": ""}),
            (("--no-color",), {"CI": "true"}),
            (("--no-color",), {"GITHUB_ACTIONS": "true"}),
        ):
            sandbox.reset()
            sandbox.set_faults([FAILS, SLOW])
            terminal = self.load(sandbox, *arguments, **variables)
            self.assertEqual(terminal.end(), 0, terminal.screen.text)
            self.assertNotIn(b"\x1b", terminal.said, (arguments, variables))

    def test_the_word_error_is_painted_on_a_terminal_only(self):
        terminal = self.begin(None, "--batch-size", "none", rows=1)
        self.assertEqual(terminal.end(), 2)
        self.assertIn(b"seqload: \x1b[31merror\x1b[0m: ", terminal.said)
        terminal = self.begin(None, "--batch-size", "none", "--no-color", rows=1)
        self.assertEqual(terminal.end(), 2)
        self.assertIn(b"seqload: error: ", terminal.said)

    def test_a_pipe_is_sent_no_code_but_the_lines_now_and_then(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(300), faults=[FAILS])
        outcome = super().seqload(
            "load", "--yes", "--no-check", "--state", self.state, "--out", self.folder / "out",
            self.contacts(300, of=sequence(0)), environment=self.environment(sandbox, TERM="xterm"))
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertNotIn(b"\x1b", outcome.stderr + outcome.stdout)
        self.assertIn(b" warning: batch ", outcome.stderr)
        self.assertIn(b" info: 300 of 300 rows settled", outcome.stderr)


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
