#!/usr/bin/env python3
"""The configuration file at work: where it is found, what it changes, and when it is refused.

    config_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import json
import os
import stat
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, EndToEnd, contact, sequence, small_world


class Config(EndToEnd):
    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def contacts(self, count):
        return self.csv(["contact_id"], [[contact(number)] for number in range(count)])

    def in_force(self, *arguments, **more):
        """{option: (value, where it comes from)} by `seqload config --json`."""
        answer = self.seqload("config", "--json", *arguments, environment=self.environment(**more))
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return {option["option"]: (option["value"], option["place"] or option["source"])
                for option in json.loads(answer.stdout)["options"]}  # fmt: skip

    def assert_refused(self, answer, *texts):
        self.assertEqual(answer.returncode, 2, answer.stderr)
        self.assertEqual(answer.stdout, b"")
        for text in texts:
            self.assertIn(text, answer.stderr.decode())

    def test_a_load_can_be_told_everything_by_the_file_in_its_folder(self):
        # seqload load input.csv
        sandbox = self.sandbox(*UNLIMITED, world=small_world(5))
        self.write("seqload.toml", f"""
            api-url = "{sandbox.environment["SEQLOAD_API_URL"]}"
            ca-file = "{sandbox.environment["SEQLOAD_CA_FILE"]}"
            sequence-id = "{sequence(0)}"
            email-account-id = "{ROBIN}"
            batch_size = 2

            [load]
            yes = true
            no-check = true
            json = true
            out = "out"
        """)
        environment = self.environment(APOLLO_API_KEY=sandbox.key)
        answer = self.seqload("load", self.contacts(5), environment=environment)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(json.loads(answer.stdout)["requests"]["sent"], 3)
        self.assertTrue((self.folder / "out" / "report.csv").exists())
        self.assertEqual(sandbox.ledger()["totals"]["added"], 5)
        # It says where the key goes, and who says so.
        self.assertIn(b"./seqload.toml:2 sets api-url to https://localhost:", answer.stderr)
        self.assertIn(b"./seqload.toml:3 sets ca-file to ", answer.stderr)

    def test_quiet_is_quiet_about_the_file_too(self):
        sandbox = self.sandbox(*UNLIMITED, world=small_world(1))
        self.write("seqload.toml", f"""
            quiet = true
            api-url = "{sandbox.environment["SEQLOAD_API_URL"]}"
            ca-file = "{sandbox.environment["SEQLOAD_CA_FILE"]}"
        """)
        answer = self.seqload("check", environment=self.environment(APOLLO_API_KEY=sandbox.key))
        self.assertEqual((answer.returncode, answer.stderr), (0, b""))

    def test_the_first_file_that_is_there_is_the_one(self):
        self.write(".config/seqload/config.toml", "batch-size = 1\n")
        self.assertEqual(self.in_force()["batch-size"],
                         (1, f"{self.folder}/.config/seqload/config.toml:1"))
        xdg = str(self.write("xdg/seqload/config.toml", "batch-size = 2\n").parents[1])
        self.assertEqual(self.in_force(XDG_CONFIG_HOME=xdg)["batch-size"][0], 2)
        self.write("seqload.toml", "\nattempts = 3\n")
        found = self.in_force(XDG_CONFIG_HOME=xdg)
        self.assertEqual(found["attempts"], (3, "./seqload.toml:2"))
        self.assertEqual(found["batch-size"], (100, "default"), "one file, not two")
        named = str(self.write("named.toml", "batch-size = 4\n"))
        self.assertEqual(self.in_force(SEQLOAD_CONFIG=named)["batch-size"], (4, f"{named}:1"))
        self.assertEqual(self.in_force("--config", "", SEQLOAD_CONFIG=named)["attempts"][0], 5)
        self.assertEqual(self.in_force(SEQLOAD_CONFIG="/dev/null")["attempts"], (5, "default"))
        self.assertEqual(self.in_force(SEQLOAD_CONFIG="")["attempts"], (3, "./seqload.toml:2"))

    def test_each_place_is_named(self):
        self.write("seqload.toml", "timeout = '9s'\nattempts = 9\nno-check = true\n")
        found = self.in_force("load", "--timeout", "7s", SEQLOAD_ATTEMPTS="8", SEQLOAD_NO_CHECK="0")
        self.assertEqual(found["timeout"], ("7s", "command line"))
        self.assertEqual(found["attempts"], (8, "SEQLOAD_ATTEMPTS"))
        self.assertEqual(found["no-check"], (False, "SEQLOAD_NO_CHECK"))
        self.assertEqual(found["connections"], (4, "default"))
        self.assertEqual(found["state"],
                         (f"{self.folder}/.local/state/seqload/state.db", "default"))  # fmt: skip

    def test_what_nobody_knows_stops_everything_but_what_must_always_work(self):
        self.write("seqload.toml", "yes = true\nbatch-sise = 5\n[laod]\n")
        for arguments in (("load", self.contacts(1)), ("plan", self.contacts(1)), ("check",),
                          ("resume",), ("undo", "R"), ("verify",), ("report", "R"), ("runs",),
                          ("config",)):  # fmt: skip
            with self.subTest(command=arguments[0]):
                self.assert_refused(
                    self.seqload(*arguments, environment=self.environment()),
                    "seqload: error: ./seqload.toml:2: seqload has no option 'batch-sise' "
                    "(did you mean batch-size?)\n",
                    "seqload: error: ./seqload.toml:3: there is no command for the table [laod] "
                    "(did you mean [load]?)\n",
                )
        for arguments in (("--help",), ("--version",), ("load", "--help"), ("explain", "130")):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.seqload(*arguments).returncode, 0)
        self.assertEqual(self.seqload("config", "--config", "").returncode, 0)

    def test_a_value_is_refused_where_it_stands(self):
        self.write("seqload.toml", "[plan]\nmap = 'who=x'\n")
        file = self.contacts(1)
        self.assert_refused(self.seqload("plan", file),
                            "./seqload.toml:2: map: 'who' is not a column")
        self.assert_refused(
            self.seqload("plan", file, environment=self.environment(SEQLOAD_MAP="who=y")),
            "error: SEQLOAD_MAP: 'who' is not a column")
        self.assert_refused(self.seqload("plan", file, "--map", "who=z"),
                            "error: --map: 'who' is not a column")
        self.assert_refused(
            self.seqload("plan", file, environment=self.environment(SEQLOAD_MAX_CONTACT="9")),
            "SEQLOAD_MAX_CONTACT: there is no option of that name (did you mean "
            "SEQLOAD_MAX_CONTACTS?)")

    def test_the_key_is_never_repeated(self):
        self.write("seqload.toml", "[load]\napi-key = 'sesame'\n")
        answer = self.seqload("runs")
        self.assert_refused(answer, "./seqload.toml:2: api-key is a secret", "api-key-file")
        self.assertNotIn(b"sesame", answer.stderr)
        self.write("seqload.toml", "api-url = 'https://me:sesame@example.org'\n")
        for arguments in ((), ("--json",)):
            answer = self.seqload("config", *arguments)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            self.assertNotIn(b"sesame", answer.stdout + answer.stderr)

    def test_a_file_that_others_could_have_written_is_refused(self):
        path = self.write("seqload.toml", "")
        path.chmod(0o666)
        self.assert_refused(self.seqload("runs"), "./seqload.toml: everybody may write this file",
                            "chmod o-w")
        self.assert_refused(self.seqload("runs", "--config", path), "everybody may write")
        path.chmod(0o664)
        self.assertEqual(self.seqload("config").returncode, 0)

    @unittest.skipUnless(os.geteuid() == 0, "only root can give a file away")
    def test_a_file_of_another_user_is_not_read_unasked(self):
        path = self.write("seqload.toml", "api-url = 'https://elsewhere.example'\n")
        os.chown(path, 65534, 65534)
        self.assert_refused(self.seqload("check"), "./seqload.toml: this file belongs to another "
                            "user", "--config ./seqload.toml reads it")
        self.assertEqual(self.in_force("--config", str(path))["api-url"][0],
                         "https://elsewhere.example")
        self.assertEqual(self.seqload("config", "--config", "").returncode, 0)

    def test_a_pipe_that_is_named_is_read(self):
        # seqload config --config <(echo 'attempts = 6')
        read, write = os.pipe()
        os.write(write, b"attempts = 6\n")
        os.close(write)
        self.addCleanup(os.close, read)
        self.assertTrue(stat.S_ISFIFO(os.fstat(read).st_mode))
        answer = base.subprocess.run([base.SEQLOAD, "config", "--config", f"/dev/fd/{read}"],
                                     pass_fds=[read], capture_output=True, cwd=self.folder,
                                     env=self.environment(), timeout=100)  # fmt: skip
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn(f"/dev/fd/{read}:1".encode(), answer.stdout)

    def test_the_table_keeps_to_eighty_columns(self):
        answer = self.seqload("config", "load", "--config", "")
        lines = [line for line in answer.stdout.decode().splitlines()
                 if str(self.folder) not in line]  # fmt: skip
        self.assertGreater(len(lines), 50)
        self.assertEqual([line for line in lines if len(line) > 80], [])

    def test_a_run_on_record_keeps_its_own_pace(self):
        self.write("seqload.toml", "connections = 9\nmax-wait = '30m'\n[undo]\nconnections = 1\n")
        resumed = self.in_force("resume")
        self.assertEqual(resumed["connections"], (None, "default"))
        self.assertEqual(resumed["max-wait"], ("30m", "./seqload.toml:2"))
        self.assertEqual(self.in_force("undo")["connections"], (1, "./seqload.toml:4"))
        self.assertEqual(self.in_force("load")["connections"], (9, "./seqload.toml:1"))


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = map(os.path.abspath, sys.argv[1:3])
    del sys.argv[1:3]
    unittest.main()
