#!/usr/bin/env python3
"""Where a process may find itself: closed streams, pipes that nobody reads, tiny limits, a wrong
clock, a full disk, a root that is read-only, the confinement of a service. Each run ends, says
what is the matter, with the right code; and nothing is lost or done twice.

    hygiene_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import fcntl
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time
import unittest

import end_to_end_test as base
from end_to_end_test import EndToEnd, Outcome, sequence, small_world

import confined
import skipping

ROWS = 60
LOCAL_FAULT = 6
FAKETIME = pathlib.Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")


def is_sanitized():
    return re.search(rb"lib[at]san\.so|__[at]san_init", pathlib.Path(base.SEQLOAD).read_bytes())


def can_unshare():
    return subprocess.run(["unshare", "-Urm", "true"], capture_output=True).returncode == 0


class Hygiene(EndToEnd):
    def setUp(self):
        super().setUp()
        self.api = self.sandbox("--limits", "unlimited", world=small_world(ROWS))
        self.rows = self.contacts(ROWS, of=sequence(0))
        self.state = self.folder / "state" / "state.db"
        self.out = self.folder / "out"

    def begin_anew(self):
        """A sandbox that knows nothing, and a state that knows nothing of it."""
        self.api.reset()
        shutil.rmtree(self.state.parent, ignore_errors=True)

    def command(self, *more):
        if "--minute-limit" not in more:  # nothing here is about the quota
            more += ("--minute-limit", "0", "--hour-limit", "0", "--day-limit", "0")
        return [base.SEQLOAD, "load", "--yes", "--no-check", "--batch-size", "10", "--state",
                str(self.state), "--out", str(self.out), *more, self.rows]  # fmt: skip

    def start(self, command, environment=None, **more):
        parts = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, cwd=self.folder,
                                   env=environment or self.environment(self.api),
                                   **{**parts, **more})  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def finished(self, process, timeout=120):
        process.stdout_text, process.stderr_text = process.communicate(timeout=timeout)
        return process

    def run_it(self, *more, **parts):
        return self.finished(self.start(self.command(*more), **parts))

    def assert_all_added_once(self):
        outcome = Outcome(subprocess.CompletedProcess([], 0), self.out)
        self.assertEqual(outcome.count(status="added"), ROWS)
        ledger = self.ledger(self.api)
        self.assertEqual((len(ledger), set(ledger.values())), (ROWS, {1}))

    def assert_goes_on(self):
        """Whatever a run could not do, the next one does, and nobody is added twice."""
        resumed = self.seqload("resume", "--state", self.state, sandbox=self.api)
        if resumed.returncode == 2:  # there was no run yet
            resumed = self.run_it()
        self.assertEqual(resumed.returncode, 0, resumed)
        ledger = self.ledger(self.api)
        self.assertEqual((len(ledger), set(ledger.values())), (ROWS, {1}))
        self.assertEqual(len(Outcome(resumed_like(resumed), self.out).rows), ROWS)


def resumed_like(process):
    return subprocess.CompletedProcess([], process.returncode)


class Streams(Hygiene):
    def test_closed_streams_stay_closed_and_nothing_else_gets_their_numbers(self):
        for closed, code in (((0,), 0), ((1,), LOCAL_FAULT), ((2,), 0), ((0, 1, 2), LOCAL_FAULT)):
            with self.subTest(closed=closed):
                self.begin_anew()
                process = self.run_it(preexec_fn=lambda: [os.close(each) for each in closed])
                self.assertEqual(process.returncode, code, process.stderr_text)
                self.assert_all_added_once()
                if code and 2 not in closed:
                    self.assertIn(b"standard output: cannot be written", process.stderr_text)

    def test_what_is_opened_after_them_never_stands_in_for_them(self):
        self.api.set_faults([{"kind": "hang", "route": "add_contact_ids"}])
        process = self.start(self.command(), preexec_fn=lambda: [os.close(n) for n in (0, 1, 2)])
        while not self.api.requests(route="add_contact_ids"):
            self.assertIsNone(process.poll(), "it ended too early")
            time.sleep(0.01)
        self.assertEqual([os.readlink(f"/proc/{process.pid}/fd/{n}") for n in (0, 1, 2)],
                         ["/dev/null"] * 3)

    def test_a_pipe_of_errors_that_nobody_reads_does_not_hold_up_the_run(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 8192)
        os.write(writer, b"#" * 8192)
        process = self.start(self.command(), stderr=writer)
        os.close(writer)
        self.assertIn(b"60 of 60 rows added", self.finished(process, 60).stdout_text)
        self.assertEqual(process.returncode, 0)
        self.assert_all_added_once()

    def test_a_signal_stops_a_run_whose_errors_nobody_reads(self):
        self.api.set_faults([{"kind": "latency", "ms": 200, "route": "add_contact_ids"}])
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 8192)
        process = self.start(self.command("--connections", "1"), stderr=writer)
        while not self.ledger(self.api):
            self.assertIsNone(process.poll(), "it ended too early")
            time.sleep(0.01)
        os.set_blocking(writer, False)
        try:
            while os.write(writer, b"#"):
                pass
        except BlockingIOError:
            os.set_blocking(writer, True)
        os.close(writer)
        process.terminate()
        self.assertEqual(self.finished(process, 60).returncode, -15)
        self.api.set_faults([])
        self.assert_goes_on()


class Limits(Hygiene):
    def limited(self, what, value):
        return self.run_it("--give-up-after", "1s",
                           preexec_fn=lambda: resource.setrlimit(what, (value, value)))

    def test_few_open_files_are_enough_or_named_as_the_reason(self):
        if is_sanitized():
            self.skipTest("UBSan stops at how Asio cleans up after its reactor could not be made")
        fates = set()
        for files in (5, 7, 9, 11, 13, 14, 24):
            with self.subTest(files=files):
                self.begin_anew()
                process = self.limited(resource.RLIMIT_NOFILE, files)
                fates.add(process.returncode)
                if process.returncode == 0:
                    self.assert_all_added_once()
                    continue
                # Where there is none left for a connection, it is waited for as any outage is.
                self.assertIn(process.returncode, (5, LOCAL_FAULT), process.stderr_text)
                self.assertRegex(process.stderr_text, b"[Tt]oo many open files|so many files")
                self.assert_goes_on()
        self.assertLessEqual({0, LOCAL_FAULT}, fates)

    def test_little_memory_is_enough_or_named_as_the_reason(self):
        if is_sanitized():
            self.skipTest("a sanitizer takes terabytes of addresses")
        fates = set()
        for mebibytes in (24, 32, 40, 44, 48, 49, 50, 52, 56, 64, 80, 96, 512):
            with self.subTest(mebibytes=mebibytes):
                self.begin_anew()
                process = self.limited(resource.RLIMIT_AS, mebibytes << 20)
                fates.add(process.returncode)
                if process.returncode == 0:
                    self.assert_all_added_once()
                    continue
                if b"shared librar" in process.stderr_text:
                    continue  # the loader found no room for the program
                self.assertEqual(process.returncode, LOCAL_FAULT, process.stderr_text)
                self.assertRegex(process.stderr_text, b"not enough memory|out of memory|no further")
                self.assert_goes_on()
        self.assertLessEqual({0, LOCAL_FAULT}, fates)


class Confinement(Hygiene):
    def test_a_hardened_service_can_load(self):
        if not confined.is_possible() or is_sanitized():
            self.skipTest("the filter of calls is written for x86-64, without sanitizers")
        control = self.start(["unshare", "-U", "true"], preexec_fn=confined.hold)
        self.assertNotEqual(self.finished(control).returncode, 0)
        self.assertIn(b"not permitted", control.stderr_text)
        process = self.run_it(preexec_fn=confined.hold)
        self.assertEqual(process.returncode, 0, process.stderr_text)
        self.assert_all_added_once()

    def test_only_the_state_and_the_reports_need_to_be_written(self):
        if not can_unshare():
            self.skipTest("this machine gives nobody a namespace of his own")
        for place in (self.state.parent, self.out):
            place.mkdir()
        script = """set -e
            for place in "$STATE" "$OUT"; do mount --bind "$place" "$place"; done
            mount -o remount,bind,ro / && mount -o remount,bind,ro /tmp 2>/dev/null || true
            if touch "$PWD/written" 2>/dev/null; then echo "not read-only" >&2; exit 99; fi
            exec setpriv --no-new-privs "$@" """
        environment = self.environment(self.api, STATE=str(self.state.parent), OUT=str(self.out))
        process = self.finished(self.start(
            ["unshare", "-Urm", "sh", "-c", script, "sh", *self.command()], environment))  # fmt: skip
        if process.returncode == 99:
            self.skipTest("this machine's root cannot be made read-only from within")
        self.assertEqual(process.returncode, 0, process.stderr_text)
        self.assert_all_added_once()

    def test_without_a_home_a_place_for_the_state_is_asked_for(self):
        environment = self.environment(self.api)
        del environment["HOME"]
        process = self.seqload("load", "--yes", self.rows, environment=environment)
        self.assertEqual(process.returncode, 2)
        self.assertIn(b"HOME is not set", process.stderr)
        self.assertIn(b"--state", process.stderr)
        self.assertEqual(self.run_it(environment=environment).returncode, 0)
        self.assert_all_added_once()

    def test_a_current_folder_that_is_gone_is_no_harm_where_places_are_named(self):
        gone = self.folder / "gone"
        gone.mkdir()
        process = self.run_it(preexec_fn=lambda: (os.chdir(gone), os.rmdir(gone)))
        self.assertEqual(process.returncode, 0, process.stderr_text)
        self.assert_all_added_once()


class FullDisk(Hygiene):
    def test_reports_that_find_no_room_any_more_are_written_by_resume(self):
        if not can_unshare():
            self.skipTest("this machine gives nobody a namespace of his own")
        self.out.mkdir()
        holder = self.start(
            ["unshare", "-Urm", "sh", "-c",
             'mount -t tmpfs -o size=3m none "$1" && echo ready && exec sleep 600', "sh",
             str(self.out)])  # fmt: skip
        self.addCleanup(holder.stdout.close)
        self.addCleanup(holder.stderr.close)
        self.assertEqual(holder.stdout.readline(), b"ready\n", "there is no such file system")
        within = ["nsenter", "-t", str(holder.pid), "-U", "-m", "--preserve-credentials"]
        self.api.set_faults([{"kind": "latency", "ms": 300, "route": "add_contact_ids"}])
        process = self.start([*within, *self.command("--connections", "1")])
        while not self.ledger(self.api):
            self.assertIsNone(process.poll(), "it ended too early")
            time.sleep(0.01)
        disk = pathlib.Path(f"/proc/{holder.pid}/root{self.out}")
        filler = disk / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while file.write(b"#" * 4096):
                    pass
            except OSError as full:
                self.assertIn("No space left", str(full))
        self.finished(process)
        self.assertEqual(process.returncode, LOCAL_FAULT, process.stderr_text)
        self.assertIn(b"No space left on device", process.stderr_text)
        self.assertEqual([each.name for each in disk.iterdir()], ["filler"])
        filler.unlink()
        self.api.set_faults([])
        resumed = self.finished(
            self.start([*within, base.SEQLOAD, "resume", "--state", str(self.state)]))
        self.assertEqual(resumed.returncode, 0, resumed.stderr_text)
        self.out = disk
        self.assert_all_added_once()


class WrongClock(Hygiene):
    def setUp(self):
        if not FAKETIME.exists():
            self.skipTest("libfaketime is not there (config/install-deps.sh all)")
        if is_sanitized():
            self.skipTest("a sanitizer bears nothing that is loaded before it")
        super().setUp()

    def at(self, offset, *more):
        environment = self.environment(
            self.api, LD_PRELOAD=str(FAKETIME), FAKETIME=offset, FAKETIME_DONT_FAKE_MONOTONIC="1",
            SEQLOAD_TIME_SCALE="1")  # fmt: skip
        return self.run_it(*more, environment=environment)

    def test_a_clock_that_is_off_by_days_is_suspected_and_nothing_is_sent(self):
        for offset, reason in (("-2d", b"not yet valid (is the clock of this machine right?)"),
                               ("+500d", b"it has expired")):  # fmt: skip
            with self.subTest(offset):
                process = self.at(offset, "--give-up-after", "1s")
                self.assertEqual(process.returncode, 5, process.stderr_text)
                self.assertIn(reason, process.stderr_text)
                self.assertEqual(self.ledger(self.api), {})

    def test_windows_that_a_wrong_clock_has_put_into_the_future_are_not_waited_for(self):
        ahead = self.at("+20h", "--minute-limit", "6", "--hour-limit", "6")
        self.assertEqual(ahead.returncode, 0, ahead.stderr_text)
        self.api.reset()
        again = self.run_it("--max-wait", "10s", "--minute-limit", "6", "--hour-limit", "6")
        self.assertEqual(again.returncode, 0, again.stderr_text)
        self.assert_all_added_once()

    def test_a_run_is_resumed_although_the_clock_was_set_back_meanwhile(self):
        self.api.set_faults([{"kind": "status", "status": 503, "route": "add_contact_ids"}])
        stopped = self.at("+20h", "--give-up-after", "1s")
        self.assertEqual(stopped.returncode, 5, stopped.stderr_text)
        self.api.set_faults([])
        self.assert_goes_on()


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    skipping.main(argv=[sys.argv[0], *sys.argv[3:]])
