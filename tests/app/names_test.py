#!/usr/bin/env python3
"""Sequences, mailboxes and users by their names: looked up before anything is sent, then as by ids.

    names_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import json
import pathlib
import signal
import subprocess
import sys
import unittest

import end_to_end_test as base
from end_to_end_test import ROBIN, UNLIMITED, contact, sequence, small_world
from runs_fixture import SLOW, Runs

WELCOME = "66e9e21500000000000000aa"
RENEWAL = "66e9e21500000000000000ab"
RETIRED = "66e9e21500000000000000ac"  # archived, and called Welcome, too
LAST_YEAR = "66e9e21500000000000000ad"  # archived
TWINS = ("66e9e21500000000000000ba", "66e9e21500000000000000bb")
KIM = "6633baaece5fbd01c791d7aa"
GONE = "6633baaece5fbd01c791d7ab"  # what Kim's mailbox was before it was connected again
ANN = "66302798d03b9601c7934eaa"
BOB = "66302798d03b9601c7934eab"

NAMES = ["contact_id", "sequence", "email_account"]
LOOKED_UP = ["list_email_accounts", "search_sequences", "usage_stats"]


def world(count=5, welcome="Welcome", renewal="Renewal 2026", **more):
    made = small_world(count, **more)
    made["users"] = [
        {"id": ANN, "first_name": "Ann", "last_name": "A", "email": "ann@example.com"},
        {"id": BOB, "first_name": "Bob", "last_name": "B", "email": "bob@example.com"},
    ]
    made["sequences"] = [
        {"id": RETIRED, "name": welcome, "archived": True},
        {"id": WELCOME, "name": welcome},
        {"id": RENEWAL, "name": renewal},
        {"id": LAST_YEAR, "name": "Last year", "archived": True},
        *({"id": twin, "name": "Spring"} for twin in TWINS),
    ]
    made["mailboxes"] = [
        {"id": GONE, "email": "kim@mail.example.com", "active": False},
        {"id": ROBIN, "email": "robin@mail.example.com", "aliases": ["sales@example.com"]},
        {"id": KIM, "email": "Kim@mail.example.com"},
    ]
    return made


class Named(Runs):
    CHECK = ()

    def routes(self, sandbox):
        return sorted(request["route"] for request in sandbox.requests())

    def asked_of(self, sandbox, *routes):
        return [route for route in self.routes(sandbox) if route in routes]

    def by_name(self, *rows, header=NAMES):
        return self.csv(header, [[contact(number), *row] for number, row in enumerate(rows)])

    def check(self, *arguments, sandbox, **more):
        return self.command("check", *arguments, sandbox=sandbox, **more)


class Loads(Named):
    def test_a_file_by_names_is_loaded_as_by_ids_and_its_lists_are_read_once(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.by_name(
            ["Welcome", "robin@mail.example.com", "ann@example.com"],
            ["renewal 2026", "SALES@example.com;kim@mail.example.com", ""],
            ["Welcome", "Robin@Mail.example.com", "ann@example.com"],
            header=[*NAMES, "User"])  # fmt: skip
        loaded = self.load(path, "--check-age", "0", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual(
            [(row["sequence_id"], row["email_account_id"], row["status"], row["sequence"])
             for row in loaded.rows],
            [(WELCOME, ROBIN, "added", "Welcome"),
             (RENEWAL, f"{ROBIN};{KIM}", "added", "renewal 2026"),
             (WELCOME, ROBIN, "added", "Welcome")])  # fmt: skip
        self.assertEqual(set(self.ledger(sandbox)), {
            (WELCOME, contact(0)), (RENEWAL, contact(1)), (WELCOME, contact(2))})  # fmt: skip
        self.assertEqual(self.routes(sandbox), sorted(
            ["add_contact_ids", "add_contact_ids", *LOOKED_UP, "search_users"]))  # fmt: skip
        self.assertEqual(loaded.summary["requests"]["sent"], 2)
        self.assertIn(b"Welcome ", loaded.stderr)

    def test_names_are_looked_up_anew_whatever_the_state_remembers(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.by_name(["Welcome", "kim@mail.example.com"])
        for times in (1, 2):
            self.assertEqual(self.load(path, sandbox=sandbox).code, 0)
            self.assertEqual(len(self.asked_of(sandbox, "search_sequences")), times)
            self.assertEqual(len(self.asked_of(sandbox, "list_email_accounts")), times)

    def test_what_was_read_for_names_is_remembered_for_a_load_by_ids(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        self.load(self.by_name(["Welcome", "kim@mail.example.com"]), sandbox=sandbox)
        ids = self.by_name([WELCOME, KIM], header=["contact_id", "sequence_id", "email_account_id"])
        self.assertEqual(self.load(ids, sandbox=sandbox).code, 0)
        self.assertEqual(self.asked_of(sandbox, *LOOKED_UP), LOOKED_UP)

    def test_no_check_looks_names_up_and_checks_nothing_else(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.csv(["label", "contact_id", "sequence", "email_account"], [
            ["No such label", "", "Welcome", "kim@mail.example.com"]])  # fmt: skip
        loaded = self.load(path, "--no-check", sandbox=sandbox)
        self.assertEqual([row["sequence_id"] for row in loaded.rows], [WELCOME])
        self.assertEqual(self.asked_of(sandbox, "list_labels"), [])
        self.assertIn(b"Kim@mail.example.com", loaded.stderr)

    def test_a_file_of_ids_has_nothing_looked_up(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.by_name([WELCOME, KIM], header=["contact_id", "sequence_id", "email_account_id"])
        self.assertEqual(self.load(path, "--no-check", sandbox=sandbox).code, 0)
        self.assertEqual(self.routes(sandbox), ["add_contact_ids"])

    def test_the_whole_list_is_read_for_only_that_shows_that_a_name_is_one_thing_s(self):
        made = small_world(1, sequences=350)
        sandbox = self.sandbox(*UNLIMITED, world=made)
        loaded = self.load(self.by_name(["Sequence 0", "robin@mail.example.com"]), sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual(self.ledger(sandbox), {(sequence(0), contact(0)): 1})
        self.assertEqual(len(self.asked_of(sandbox, "search_sequences")), 4)

    def test_an_archived_twin_is_not_meant_and_an_archived_only_one_does_not_work(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        loaded = self.load(self.by_name(["Last year", "kim@mail.example.com"]), sandbox=sandbox)
        self.assertEqual(loaded.code, 3, loaded.stderr)
        self.assertIn(f"{LAST_YEAR} (Last year) is archived".encode(), loaded.stderr)
        loaded = self.load(self.by_name(["Welcome", "kim@mail.example.com"]), sandbox=sandbox)
        self.assertEqual([(row["sequence_id"], row["email_account_id"]) for row in loaded.rows],
                         [(WELCOME, KIM)])

    def test_options_are_names_for_rows_that_have_neither_id_nor_name(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.by_name(["", ""], ["Renewal 2026", ""], ["", RENEWAL],
                            header=["contact_id", "sequence", "sequence_id"])  # fmt: skip
        loaded = self.load(path, "--sequence", "Welcome", "--email-account",
                           "kim@mail.example.com; sales@example.com", "--user", "BOB@example.com",
                           sandbox=sandbox)  # fmt: skip
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual([row["sequence_id"] for row in loaded.rows], [WELCOME, RENEWAL, RENEWAL])
        self.assertEqual({row["email_account_id"] for row in loaded.rows}, {f"{ROBIN};{KIM}"})
        self.assertEqual({target["user_id"] for target in loaded.summary["targets"]}, {BOB})

    def test_an_option_by_id_and_by_name_together_is_wrong_usage(self):
        for id_option, option, value in (("--sequence-id", "--sequence", WELCOME),
                                         ("--email-account-id", "--email-account", KIM),
                                         ("--user-id", "--user", ANN)):  # fmt: skip
            for command in ("plan", "check", "load"):
                refused = self.seqload(command, "any.csv", id_option, value, option, "any")
                self.assertEqual(refused.returncode, 2, refused.stderr)
                self.assertIn(f"{id_option} {value} cannot be given together".encode(),
                              refused.stderr)

    def test_standard_input_is_read_for_its_names_first(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = pathlib.Path(self.by_name(["Welcome", "kim@mail.example.com"]))
        loaded = self.load("-", sandbox=sandbox, stdin=path.read_bytes())
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual([row["sequence_id"] for row in loaded.rows], [WELCOME])
        scratch = self.folder / "tmp"
        scratch.mkdir()
        checked = self.check("-", stdin=path.read_bytes(), sandbox=None,
                             environment=self.environment(sandbox, TMPDIR=str(scratch)))  # fmt: skip
        self.assertEqual(checked.code, 0, checked.stderr)
        self.assertIn(b"Everything would work.", checked.stdout)
        self.assertEqual(list(scratch.iterdir()), [])


class Trouble(Named):
    def unknown(self):
        return self.by_name(
            ["Welcome", "kim@mail.example.com"],
            ["Wellcome", "kim@mail.example.com"],
            ["Spring", "kim@mail.example.com"],
            ["Welcome", "kim@mail.example.com;him@mail.example.com"],
            ["Wellcome", "kim@mail.example.com"])  # fmt: skip

    def test_unknown_and_ambiguous_names_stop_a_load_before_there_is_a_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        refused = self.load(self.unknown(), sandbox=sandbox)
        self.assertEqual(refused.code, 3, refused.stderr)
        said = refused.stderr.decode()
        self.assertIn("input.csv:3: no sequence is called 'Wellcome' (2 rows)", said)
        self.assertIn(f"did you mean 'Welcome' {WELCOME}", said)
        self.assertIn("? If the column is not meant for seqload: --map sequence=", said)
        self.assertIn("input.csv:4: 2 sequences are called 'Spring' (1 row)", said)
        for twin in TWINS:
            self.assertIn(twin, said)
        self.assertIn("input.csv:5: no mailbox has the address 'him@mail.example.com' (1 row)", said)
        self.assertIn("3 names are unknown or ambiguous; nothing was sent", said)
        self.assertEqual(self.asked_of(sandbox, "add_contact_ids"), [])
        self.assertEqual(self.listed(), [])
        self.assertFalse(refused.out.exists())

    def test_check_finds_them_too(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        checked = self.check(self.unknown(), "--json", sandbox=sandbox)
        self.assertEqual(checked.code, 1, checked.stderr)
        found = json.loads(checked.stdout)
        self.assertFalse(found["ok"])
        self.assertEqual(
            [(one["what"], pathlib.Path(one["place"]).name, one["rows"])
             for one in found["findings"]],  # fmt: skip
            [("no sequence is called 'Wellcome'", "input.csv:3", 2),
             ("2 sequences are called 'Spring'", "input.csv:4", 1),
             ("no mailbox has the address 'him@mail.example.com'", "input.csv:5", 1)])
        self.assertEqual([(one["sequence_id"], one["name"]) for one in found["sequences"]],
                         [(WELCOME, "Welcome")])
        self.assertEqual(self.routes(sandbox), LOOKED_UP)
        text = self.check(self.unknown(), sandbox=sandbox)
        self.assertIn(b"3 problems would keep rows from being added", text.stdout)
        self.assertNotIn(b"ffffffff", text.stdout + checked.stdout)

    def test_allow_partial_fails_their_rows_and_sends_the_rest(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        for options in ([], ["--no-check"]):
            sandbox.reset()
            loaded = self.load(self.unknown(), "--allow-partial", *options, sandbox=sandbox)
            self.assertEqual(loaded.code, 1, loaded.stderr)
            self.assertEqual(
                [(row["status"], row["reason"], row["sequence_id"]) for row in loaded.rows],
                [("added", "", WELCOME), ("failed", "sequence_not_found", ""),
                 ("failed", "sequence_not_found", ""), ("failed", "mailbox_inactive", WELCOME),
                 ("failed", "sequence_not_found", "")])  # fmt: skip
            self.assertEqual(loaded.rows[1]["detail"].split(" (")[0],
                             "not sent: no sequence is called 'Wellcome'")
            self.assertIn(f"did you mean 'Welcome' {WELCOME}", loaded.rows[1]["detail"])
            self.assertEqual(loaded.rows[3]["email_account_id"], KIM)
            self.assertEqual(self.ledger(sandbox), {(WELCOME, contact(0)): 1})
            self.assertEqual(loaded.summary["requests"]["minimum"], 1)
            self.assertEqual([one["sequence_id"] for one in loaded.summary["targets"]], [WELCOME])
            everything = (loaded.out / "report.csv").read_text() + json.dumps(loaded.summary)
            self.assertNotIn("ffffffff", everything)

    def test_attention_csv_can_be_mended_and_loaded_as_it_is(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        loaded = self.load(self.unknown(), "--allow-partial", sandbox=sandbox)
        self.assertEqual([row["sequence"] for row in loaded.attention],
                         ["Wellcome", "Spring", "Welcome", "Wellcome"])
        mended = (loaded.out / "attention.csv").read_text(encoding="utf-8")
        mended = mended.replace("Wellcome", "Welcome").replace("Spring", "Renewal 2026")
        path = self.folder / "mended.csv"
        path.write_text(mended.replace(";him@", ";robin@"), encoding="utf-8")
        again = self.load(path, sandbox=sandbox)
        self.assertEqual(again.code, 0, again.stderr)
        self.assertEqual(sandbox.ledger()["totals"]["added"], 5)

    def test_a_row_whose_name_is_another_id_s_is_not_sent(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.by_name(
            [WELCOME, "Welcome", KIM, "kim@mail.example.com"],
            [WELCOME, "Renewal 2026", KIM, ""],
            [WELCOME, "Welcome", KIM, "robin@mail.example.com"],
            [WELCOME, "No such name", KIM, ""],
            [TWINS[1], "Spring", KIM, ""],
            header=["contact_id", "sequence_id", "sequence", "email_account_id", "email_account"])  # fmt: skip
        for checked, code in ((self.check(path, sandbox=sandbox), 0),
                              (self.load(path, sandbox=sandbox), 1)):
            self.assertEqual(checked.code, code, checked.stderr)
            self.assertIn(f'bad_sequence_id: {WELCOME} ("Renewal 2026" is {RENEWAL})'.encode(),
                          checked.stderr)
            self.assertIn(f'bad_email_account_id: {KIM} ("robin@mail.example.com" is {ROBIN})'.encode(),
                          checked.stderr)
        self.assertEqual(set(self.ledger(sandbox)),
                         {(WELCOME, contact(0)), (WELCOME, contact(3)), (TWINS[1], contact(4))})

    def test_a_column_that_is_not_meant_for_us_is_mapped_away(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        path = self.by_name([WELCOME, "Renewal 2026", KIM, "Anybody"],
                            header=["contact_id", "sequence_id", "Sequence", "email_account_id",
                                    "User"])  # fmt: skip
        refused = self.load(path, sandbox=sandbox)
        self.assertEqual(refused.code, 3, refused.stderr)
        self.assertIn(b"no user has the address 'Anybody'", refused.stderr)
        self.assertIn(b"--map user=", refused.stderr)
        loaded = self.load(path, "--map", "sequence=", "--map", "user=", sandbox=sandbox)
        self.assertEqual(loaded.code, 0, loaded.stderr)
        self.assertEqual([(row["status"], row["Sequence"], row["User"]) for row in loaded.rows],
                         [("added", "Renewal 2026", "Anybody")])

    def test_lists_that_cannot_be_read_stop_the_load(self):
        sandbox = self.sandbox(*UNLIMITED, "--time-scale", "100", world=world())
        sandbox.set_faults([{"kind": "status", "status": 500, "route": "search_sequences"}])
        path = self.by_name(["Welcome", "kim@mail.example.com"])
        for run in (self.load(path, "--attempts", "2", sandbox=sandbox),
                    self.check(path, "--attempts", "2", sandbox=sandbox)):
            self.assertEqual(run.code, 5, run.stderr)
            self.assertIn(b"cannot be looked up: the team's sequences could not be read", run.stderr)
        self.assertEqual(self.listed(), [])

    def test_a_refused_key_is_code_4_and_leaves_no_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        refused = self.load(self.by_name(["Welcome", "kim@mail.example.com"]),
                            environment=self.environment(sandbox, APOLLO_API_KEY="unknown"))  # fmt: skip
        self.assertEqual(refused.code, 4, refused.stderr)
        self.assertEqual(self.listed(), [])


class LaterOn(Named):
    def test_plan_groups_by_names_and_asks_nobody(self):
        path = self.by_name(
            ["Welcome", "", "robin@mail.example.com", ""],
            ["Welcome", "", "Robin@mail.example.com", ""],
            ["", WELCOME, "", KIM],
            ["No such name", "", "kim@mail.example.com;robin@mail.example.com", ""],
            header=["contact_id", "sequence", "sequence_id", "email_account", "email_account_id"])  # fmt: skip
        planned = self.seqload("plan", path, "--user", "ann@example.com")
        self.assertEqual(planned.returncode, 0, planned.stderr)
        self.assertIn(b"No such name ", planned.stdout)
        self.assertIn(b"as ann@example.com", planned.stdout)
        self.assertIn(b"names are not looked up here; `seqload check` does that", planned.stdout)
        targets = json.loads(self.seqload("plan", path, "--json").stdout)["targets"]
        self.assertEqual(
            [(one.get("sequence"), one.get("sequence_id"), one["contacts"]) for one in targets],
            [("Welcome", None, 2), (None, WELCOME, 1), ("No such name", None, 1)])
        self.assertEqual(targets[0]["email_account"], "robin@mail.example.com")
        self.assertEqual(targets[1]["email_account_id"], KIM)
        self.assertEqual(set(targets[2]["email_account"].split(";")),
                         {"kim@mail.example.com", "robin@mail.example.com"})
        by_ids = self.seqload("plan", self.contacts(3))
        self.assertNotIn(b"names are not looked up", by_ids.stdout)

    def test_a_killed_run_goes_on_with_the_ids_whatever_is_called_so_by_now(self):
        certificates = self.folder / "certificates"
        sandbox = self.sandbox(*UNLIMITED, "--cert-dir", certificates, world=world(20))
        sandbox.set_faults([SLOW])
        path = self.by_name(*[["Welcome", "robin@mail.example.com"]] * 20)
        process = self.start(path, sandbox=sandbox)
        process.kill()
        process.wait()
        before = self.ledger(sandbox)
        self.assertLess(len(before), 20)
        port = sandbox.port
        sandbox.end()
        renamed = self.sandbox(*UNLIMITED, "--cert-dir", certificates, port=port,
                               world=world(20, welcome="Renewal 2026", renewal="Welcome"))  # fmt: skip
        resumed = self.command("resume", sandbox=renamed)
        self.assertEqual(resumed.code, 0, resumed.stderr)
        self.assertEqual(set(self.routes(renamed)), {"add_contact_ids"})
        self.assertEqual({sequence_id for sequence_id, _ in self.ledger(renamed)}, {WELCOME})
        self.assertEqual(len(set(self.ledger(renamed)) | set(before)), 20)
        again = self.command("report", self.listed()[0]["run_id"], "--out", self.folder / "again",
                             out=self.folder / "again")  # fmt: skip
        self.assertEqual({row["sequence_id"] for row in again.rows}, {WELCOME})
        self.assertEqual({row["sequence"] for row in again.rows}, {"Welcome"})

    def test_an_interrupt_while_names_are_looked_up_leaves_no_run(self):
        sandbox = self.sandbox(*UNLIMITED, world=world())
        sandbox.set_faults([{"kind": "latency", "ms": 3000, "route": "usage_stats"}])
        path = self.by_name(["Welcome", "robin@mail.example.com"])
        for command in (["load", "--yes"], ["check"]):
            sandbox.reset()
            process = subprocess.Popen(
                [base.SEQLOAD, *command, "--state", str(self.state), path],
                env=self.environment(sandbox), cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
            self.addCleanup(process.wait)
            self.addCleanup(process.kill)
            while "search_sequences" not in self.routes(sandbox):
                self.assertIsNone(process.poll(), "it ended too early")
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=120)
            self.assertIn(process.returncode, (130, -signal.SIGINT), said)
            if process.returncode == 130:  # else it came between two stages, with nothing under way
                self.assertIn(b"stopping once the requests in flight are settled", said)
            self.assertEqual(self.asked_of(sandbox, "add_contact_ids"), [])
            self.assertEqual(self.listed(), [])


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
