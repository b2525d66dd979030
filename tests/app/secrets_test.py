#!/usr/bin/env python3
"""The key goes to Apollo, over TLS to a peer that has proved who it is, and nowhere else.

    secrets_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import os
import pathlib
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import time
import unittest

import end_to_end_test as base
from end_to_end_test import SAMPLES, EndToEnd, Outcome, contact, sequence, small_world

import skipping
from certificates import Authority
from listening_server import ListeningServer, tls_server

KEY = "a-key-that-is-told-nobody-" + os.urandom(8).hex()
NOBODY = 65534


class Peers(EndToEnd):
    """Servers that are not whom they ought to be. `heard` is what they could decrypt."""

    def load_from(self, server, authority, *options):
        return self.load(
            self.contacts(1, of=sequence(0)), *options,
            environment=self.environment(
                APOLLO_API_KEY=KEY,
                SEQLOAD_API_URL=f"https://localhost:{server.port}",
                SEQLOAD_CA_FILE=str(authority.certificate),
                SEQLOAD_TIME_SCALE="100",
            ))  # fmt: skip

    def load_from_peer(self, context, authority):
        with ListeningServer(context) as server:
            return self.load_from(server, authority, "--give-up-after", "5s"), server

    def assert_refused(self, context, authority, reason):
        outcome, server = self.load_from_peer(context, authority)
        self.assertEqual(outcome.code, 5, outcome.stderr)
        self.assertIn(reason.encode(), outcome.stderr)
        self.assertEqual(outcome.count(status="not_attempted"), 1)
        self.assertGreater(server.connections, 0)
        self.assertEqual(server.heard, b"")
        self.assertNotIn(KEY.encode(), server.wire)
        self.assertNotIn(KEY.encode(), outcome.stdout + outcome.stderr)

    def test_whoever_cannot_prove_to_be_apollo_is_named_so_and_never_sent_the_key(self):
        authority = Authority(self.folder)
        stranger = Authority(self.folder, "stranger")
        good = authority.server("good")
        cases = {
            "it has expired": tls_server(authority.server("old", since=-7200, until=-60)),
            "it is not yet valid (is the clock of this machine right?)":
                tls_server(authority.server("new", since=600, until=7200)),
            "it is for another host": tls_server(authority.server("else", names="DNS:example.com")),
            "it is self-signed": tls_server(authority.server("self", self_signed=True)),
            "it is signed by an unknown authority": tls_server(stranger.server("strange")),
            "its key is too weak": tls_server(authority.server("weak", kind="rsa1024"), weak=True),
            "the peer speaks no TLS 1.2 or later":
                tls_server(good, weak=True, version=ssl.TLSVersion.TLSv1_1),
        }  # fmt: skip
        for reason, context in cases.items():
            with self.subTest(reason):
                self.assert_refused(context, authority, reason)
        with self.subTest("the same server with nothing wrong hears it"):
            _, server = self.load_from_peer(tls_server(good), authority)
            self.assertIn(KEY.encode(), server.heard)

    def load_from_echo(self, status, body):
        """From a server whose every answer is this one, and calls its request by the key."""
        authority = Authority(self.folder)
        body = body.encode()
        answer = (b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\n"
                  b"Connection: close\r\nX-Request-Id: " + KEY.encode() +
                  b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)  # fmt: skip
        with ListeningServer(tls_server(authority.server("good")), answer) as server:
            outcome = self.load_from(server, authority, "--log-level", "debug")
        self.assertIn(KEY.encode(), server.heard)
        return outcome

    def test_an_answer_that_repeats_the_key_is_shown_and_kept_without_it(self):
        body = f'{{"error": "the key {KEY} may not do that"}}'
        outcome = self.load_from_echo(b"422 Unprocessable Entity", body)
        self.assertEqual(outcome.count(status="failed"), 1, outcome.stderr)
        self.assertIn("may not do that", outcome.rows[0]["detail"])
        assert_told_nobody(self, outcome)

    def test_so_is_a_good_answer(self):
        body = f'{{"contacts": [], "skipped_contact_ids": {{"{contact(0)}": "for {KEY}"}}}}'
        outcome = self.load_from_echo(b"200 OK", body)
        self.assertEqual(outcome.count(status="skipped"), 1, outcome.stderr)
        self.assertEqual(outcome.rows[0]["reason"], "for ***")
        assert_told_nobody(self, outcome)


def assert_told_nobody(test, *outcomes):
    """Neither in what was printed nor in any file below the test's folder."""
    for outcome in outcomes:
        test.assertNotIn(KEY.encode(), outcome.stdout + outcome.stderr)
    found = [path for path in test.folder.rglob("*") if path.is_file()]
    test.assertGreater(len(found), 3)
    for path in found:
        test.assertNotIn(KEY.encode(), path.read_bytes(), path)


class Traces(EndToEnd):
    def run_with_key(self, sandbox, *arguments):
        environment = self.environment(sandbox, APOLLO_API_KEY=KEY, GITHUB_ACTIONS="true",
                                       GITHUB_STEP_SUMMARY=str(self.folder / "step.md"))  # fmt: skip
        process = self.seqload(*arguments, "--state", self.folder / "state.db",
                               environment=environment)
        return Outcome(process, self.folder / "out")

    def test_no_command_leaves_the_key_in_a_file_a_log_or_an_error(self):
        faults = [{"kind": "drop", "when": "after", "route": "add_contact_ids", "nth": 2},
                  {"kind": "status", "status": 500, "route": "add_contact_ids", "nth": 1}]  # fmt: skip
        sandbox = self.sandbox("--time-scale", "100", "--limits", "unlimited", faults=faults,
                               world=small_world(40, keys=[KEY]))
        path = self.contacts(40, of=sequence(0))
        load = self.run_with_key(
            sandbox, "load", "--yes", "--batch-size", "10", "--log-level", "debug", "--log-format",
            "json", "--junit", self.folder / "junit.xml", "--metrics", self.folder / "metrics.prom",
            "--out", self.folder / "out", path)  # fmt: skip
        self.assertIn(load.code, (0, 1), load.stderr)
        run = load.summary["run_id"]
        more = [self.run_with_key(sandbox, *command) for command in (
            ["check", path], ["plan", path], ["runs"], ["report", run], ["verify", run],
            ["resume", run], ["undo", run, "--yes", "--out", self.folder / "undone"],
            ["config"], ["check", "--api-url", "https://localhost:1", "--no-such-option"])]  # fmt: skip
        self.assertTrue((self.folder / "step.md").exists())
        assert_told_nobody(self, load, *more)

    def test_a_key_that_stands_where_it_does_not_belong_is_not_repeated(self):
        (self.folder / "bad.toml").write_text(f'api-key = "{KEY}"\n')
        (self.folder / "key").write_text(KEY + "\x01\n")
        for arguments in (["check", "--config", self.folder / "bad.toml"],
                          ["check", "--api-key-file", self.folder / "key"]):  # fmt: skip
            process = self.seqload(*arguments, environment=self.environment())
            self.assertEqual(process.returncode, 2, process.stderr)
            self.assertNotIn(KEY.encode(), process.stdout + process.stderr)


class OfTheProcess(EndToEnd):
    """What others on this machine can see of it."""

    def running(self, key_file=None, user=None, limits=None):
        """A load that waits for an answer; whoever else wants to look at it may do so."""
        sandbox = self.sandbox(
            faults=[{"kind": "hang", "route": "add_contact_ids"}],
            world=small_world(1, keys=[KEY]))  # fmt: skip
        environment = self.environment(sandbox)
        del environment["APOLLO_API_KEY"]
        more = []
        if key_file:
            more = ["--api-key-file", str(key_file)]
        else:
            environment["APOLLO_API_KEY"] = KEY
        command = [base.SEQLOAD, "load", "--yes", "--no-check", "--state",
                   str(self.folder / "state.db"), "--out", str(self.folder / "out"), *more,
                   self.contacts(1, of=sequence(0))]  # fmt: skip
        if user is not None:
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, user, user)
            shutil.copy(environment["SEQLOAD_CA_FILE"], self.folder / "ca.pem")
            environment["SEQLOAD_CA_FILE"] = str(self.folder / "ca.pem")
        process = subprocess.Popen(
            command, env=environment, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, user=user, group=user,
            extra_groups=None if user is None else [], preexec_fn=limits)  # fmt: skip
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        while not sandbox.requests(route="add_contact_ids"):
            self.assertIsNone(process.poll(), "it ended too early")
            time.sleep(0.01)
        return process

    def test_the_list_of_processes_does_not_show_it(self):
        key_file = self.folder / "key"
        key_file.write_text(KEY + "\n")
        key_file.chmod(0o600)
        process = self.running(key_file)
        for name in ("cmdline", "environ"):
            shown = pathlib.Path(f"/proc/{process.pid}/{name}").read_bytes()
            self.assertIn(b"load" if name == "cmdline" else b"SEQLOAD_CA_FILE", shown)
            self.assertNotIn(KEY.encode(), shown)

    def test_a_crash_leaves_no_core_dump(self):
        def allow_dumps():
            resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)

        try:
            control = subprocess.Popen(["sleep", "60"], cwd=self.folder, preexec_fn=allow_dumps)
        except subprocess.SubprocessError:
            self.skipTest("this machine lets nobody leave core dumps")
        control.send_signal(signal.SIGABRT)
        _, status = os.waitpid(control.pid, 0)
        control.returncode = -signal.SIGABRT
        process = self.running(limits=allow_dumps)
        process.send_signal(signal.SIGABRT)
        _, crashed = os.waitpid(process.pid, 0)
        process.returncode = -signal.SIGABRT
        self.assertTrue(os.WIFSIGNALED(crashed))
        self.assertFalse(os.WCOREDUMP(crashed))
        if not os.WCOREDUMP(status):
            self.skipTest("this machine writes no core dumps, not even of sleep")

    def test_its_own_user_can_read_neither_its_memory_nor_its_environment(self):
        if os.geteuid() != 0:
            self.skipTest("only root can run it as another user")
        os.chmod(self.folder, 0o755)
        process = self.running(user=NOBODY)
        for name in ("environ", "mem", "maps"):
            looked = subprocess.run(
                ["head", "-c", "1", f"/proc/{process.pid}/{name}"], user=NOBODY, group=NOBODY,
                extra_groups=[], capture_output=True)  # fmt: skip
            self.assertNotEqual(looked.returncode, 0, name)
            self.assertIn(b"Permission denied", looked.stderr)
        if shutil.which("gcore"):
            dumped = subprocess.run(
                ["gcore", "-o", str(self.folder / "dump"), str(process.pid)], user=NOBODY,
                group=NOBODY, extra_groups=[], stdin=subprocess.DEVNULL, capture_output=True,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder)})  # fmt: skip
            self.assertNotEqual(dumped.returncode, 0, dumped.stdout)
            self.assertEqual(list(self.folder.glob("dump*")), [])


class KeyFiles(EndToEnd):
    def test_one_that_everybody_can_read_is_warned_about_and_used(self):
        sandbox = self.sandbox(world=small_world(1))
        environment = self.environment(sandbox)
        key_file = self.folder / "key"
        key_file.write_text(environment.pop("APOLLO_API_KEY") + "\n")
        for mode, warned in ((0o644, True), (0o604, True), (0o640, False), (0o600, False)):
            key_file.chmod(mode)
            process = self.seqload("check", "--api-key-file", key_file, environment=environment)
            self.assertEqual(process.returncode, 0, process.stderr)
            warning = f"warning: {key_file}: everybody on this machine can read the key in it"
            self.assertEqual(warning.encode() in process.stderr, warned, oct(mode))


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    skipping.main(argv=[sys.argv[0], *sys.argv[3:]])
