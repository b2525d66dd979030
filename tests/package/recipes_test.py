#!/usr/bin/env python3
"""The recipes in samples/ do what they say: their own commands are run against the sandbox.

    recipes_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]

What checks a recipe apart from that (systemd-analyze, promtool) is in config/install-deps.sh all;
without it, that test is skipped.
"""

import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import skipping
from apollo_sandbox import ROBIN, WELCOME, Sandbox, contact

SEQLOAD = "seqload"  # both set from the command line
SANDBOX = "apollo-sandbox"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
NIGHTLY = SAMPLES / "nightly.sh"
INSTALLED = "/usr/libexec/seqload/nightly"  # where the package has it
LIMITS = ["--limits", "unlimited"]
SLOW = {"kind": "latency", "ms": 300, "route": "add_contact_ids"}


def missing(program):
    return unittest.skipUnless(shutil.which(program), f"there is no {program}")


def run(*command, **more):
    return subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, stdin=subprocess.DEVNULL, **more)  # fmt: skip


def documents(path):
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


class Night(unittest.TestCase):
    """A folder that stands for /var/lib/seqload, and a sandbox."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="seqload-recipes-")
        self.addCleanup(directory.cleanup)
        self.folder = pathlib.Path(directory.name)
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "seqload").symlink_to(pathlib.Path(SEQLOAD).resolve())
        self.home = self.folder / "var"
        self.home.mkdir()
        self.key = self.folder / "apollo-api-key"
        self.list = self.leads("nightly.csv", 0, 20)
        self.sandbox = self.enterContext_(
            Sandbox(
                SANDBOX, *LIMITS,
                world={
                    "keys": ["sandbox-master-key"],
                    "mailboxes": [{"id": ROBIN, "email": "robin@mail.example.com"}],
                    "sequences": [{"id": WELCOME, "name": "Welcome"}],
                    "generate": [{"prefix": "66f0000000000000", "count": 1000}],
                }))  # fmt: skip
        self.key.touch(mode=0o600)  # one that everybody can read is warned about
        self.key.write_text(self.sandbox.key + "\n", encoding="utf-8")

    def enterContext_(self, context):
        """As unittest has it from Python 3.11 on, which Debian 12's users need not have."""
        result = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return result

    def leads(self, name, first, count):
        path = self.folder / name
        lines = ["contact_id,sequence_id,email_account_id"]
        lines += [f"{contact(n)},{WELCOME},{ROBIN}" for n in range(first, first + count)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def environment(self, key_in_environment=False, **more):
        """Where the sandbox is, and nothing of the tester's own; the recipe says the rest."""
        given = dict(self.sandbox.environment)
        if not key_in_environment:
            del given["APOLLO_API_KEY"]
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home),
            **given,
            **more,
        }

    def placed(self, command):
        """The recipe's command, with the places of this test."""
        for there, here in (
            (INSTALLED, NIGHTLY),
            ("/srv/seqload/nightly.csv", self.list),
            ("/lists/nightly.csv", self.list),
            ("/var/lib/seqload", self.home),
            ("/etc/seqload/apollo-api-key", self.key),
            ("/run/secrets/seqload/apollo-api-key", self.key),
        ):
            command = command.replace(there, str(here))
        self.assertNotIn("/seqload/nightly ", command)
        return command

    def added(self):
        return self.sandbox.ledger()["totals"]

    def assert_each_once(self, count):
        totals = self.added()
        self.assertEqual((totals["added"], totals["added_more_than_once"]), (count, 0))

    def assert_code(self, done, code):
        self.assertEqual(done.returncode, code, f"{done.stdout}\n{done.stderr}")


class Script(Night):
    """samples/nightly.sh, which the recipes run."""

    def nightly(self, *files, **more):
        environment = self.environment(
            key_in_environment=True, SEQLOAD_STATE=str(self.home / "state.db"), **more
        )
        return run(NIGHTLY, *files, env=environment, cwd=self.home)

    def stopped_night(self, path):
        """A night whose script got SIGTERM in the middle of a load."""
        self.sandbox.set_faults([SLOW])
        process = subprocess.Popen(
            [str(NIGHTLY), str(path)], cwd=self.home, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=self.environment(
                key_in_environment=True, SEQLOAD_STATE=str(self.home / "state.db"),
                SEQLOAD_BATCH_SIZE="1", SEQLOAD_CONNECTIONS="1"))  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        while self.added()["added"] == 0:
            self.assertIsNone(process.poll(), "it ended too early")
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
        self.sandbox.set_faults([])
        return code

    def test_after_a_good_night_the_next_one_loads_again(self):
        self.assert_code(self.nightly(self.list), 0)
        self.assert_each_once(20)
        self.assert_code(self.nightly(self.leads("next.csv", 20, 5)), 0)
        self.assert_each_once(25)

    def test_a_signal_is_passed_on_and_the_next_night_goes_on_before_it_loads(self):
        self.assertEqual(self.stopped_night(self.list), 143)
        before = self.added()["added"]
        self.assertLess(before, 20)
        self.assert_code(self.nightly(self.leads("next.csv", 20, 5)), 0)
        self.assert_each_once(25)
        listed = run(SEQLOAD, "runs", "--json", "--state", self.home / "state.db").stdout
        self.assertEqual([each["state"] for each in json.loads(listed)], ["finished"] * 2)

    def test_a_run_whose_list_was_replaced_does_not_hold_up_the_night(self):
        self.stopped_night(self.list)
        self.leads("nightly.csv", 100, 30)
        before = self.added()["added"]
        done = self.nightly(self.list, SEQLOAD_LOG_FORMAT="json")
        self.assert_code(done, 0)
        (told,) = [line for line in map(json.loads, done.stderr.splitlines())
                   if "stays unfinished" in line["message"]]  # fmt: skip
        self.assertIn(told["run_id"], told["message"])
        done = self.nightly(self.leads("next.csv", 200, 5))
        self.assertRegex(done.stderr, r"(?m)^nightly\.sh: run \S+ stays unfinished")
        self.assert_each_once(before + 35)

    def test_rows_of_an_earlier_night_that_need_a_person_are_not_forgotten(self):
        with open(self.list, "a", encoding="utf-8") as file:
            file.write(f"not-an-id,{WELCOME},{ROBIN}\n")
        self.stopped_night(self.list)
        self.assert_code(self.nightly(self.leads("next.csv", 20, 5)), 1)
        self.assert_each_once(25)

    def test_a_command_that_cannot_go_on_ends_the_night_with_its_own_code(self):
        self.assert_code(self.nightly(), 2)
        self.assert_code(self.nightly(self.folder / "missing.csv"), 3)
        self.assert_code(self.nightly(self.list, APOLLO_API_KEY="another"), 4)
        self.assert_each_once(0)

    def test_what_is_gone_on_with_has_metrics_of_its_own(self):
        self.stopped_night(self.list)
        metrics = self.home / "seqload.prom"
        self.assert_code(self.nightly(self.leads("n.csv", 20, 5), SEQLOAD_METRICS=str(metrics)), 0)
        self.assertIn('status="added"} 5', metrics.read_text(encoding="utf-8"))
        resumed = (self.home / "seqload-resumed.prom").read_text(encoding="utf-8")
        self.assertIn('name="seqload-resumed"', resumed)


def unit_settings(*paths):
    """What a unit and its drop-ins set: by name, the values in order."""
    settings = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and line[0] not in "#[":
                name, value = line.split("=", 1)
                settings.setdefault(name, []).append(value)
    return settings


UNIT = SAMPLES / "systemd/seqload-nightly.service"
DROP_IN = SAMPLES / "systemd/seqload-nightly.service.d/metrics.conf"


class Service(Night):
    def test_the_command_of_the_service_loads_with_its_credential_and_its_state(self):
        settings = unit_settings(UNIT, DROP_IN)
        (credential,) = settings["LoadCredential"]
        name, path = credential.split(":")
        credentials = self.folder / "credentials"
        credentials.mkdir()
        shutil.copy(self.placed(path), credentials / name)
        metrics = "/var/lib/prometheus/node-exporter"
        given = [each.replace(metrics, str(self.home)) for each in settings["Environment"]]
        environment = self.environment(
            **dict(pair.split("=", 1) for each in given for pair in shlex.split(each)),
            CREDENTIALS_DIRECTORY=str(credentials),
            STATE_DIRECTORY=str(self.home),
        )
        (command,) = settings["ExecStart"]
        done = run(*shlex.split(self.placed(command)), env=environment, cwd=self.home)
        self.assert_code(done, 0)
        self.assert_each_once(20)
        self.assertTrue((self.home / "state.db").is_file())
        self.assertIn('name="seqload"', (self.home / "seqload.prom").read_text(encoding="utf-8"))
        # The list that only grows costs requests for its new rows only.
        asked = len(self.sandbox.requests(route="add_contact_ids"))
        done = run(*shlex.split(self.placed(command)), env=environment, cwd=self.home)
        self.assert_code(done, 0)
        self.assertEqual(len(self.sandbox.requests(route="add_contact_ids")), asked)


@missing("systemd-analyze")
class Units(unittest.TestCase):
    def test_systemd_understands_the_units(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        units = pathlib.Path(directory.name) / "units"
        shutil.copytree(UNIT.parent, units)
        unit = units / UNIT.name
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, str(NIGHTLY))
        text = text.replace("file:///usr/share/doc/seqload", f"file://{ROOT}")
        unit.write_text(text, encoding="utf-8")
        for each in (unit, units / "seqload-nightly.timer"):
            done = run("systemd-analyze", "verify", "--man=no", each)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_the_service_is_exposed_to_little(self):
        done = run("systemd-analyze", "security", "--offline=true", "--threshold=20", UNIT)
        self.assertEqual(done.returncode, 0, done.stdout)


class Cron(Night):
    def test_the_line_loads_and_is_not_overtaken(self):
        lines = (SAMPLES / "seqload.cron").read_text(encoding="utf-8").splitlines()
        lines = [line for line in lines if line and not line.startswith("#")]
        settings = [line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line)]
        (entry,) = [line for line in lines if not re.match(r"[A-Z_]+=", line)]
        *_, user, command = entry.split(None, 6)
        self.assertEqual(user, "seqload")
        self.assertNotIn("%", command)  # cron would make a line break of it
        given = {name: self.placed(value) for name, value in settings if name.startswith("SEQLOAD")}
        shell = dict(settings)["SHELL"]

        def cron():
            return run(shell, "-c", self.placed(command), env=self.environment(**given))

        done = cron()
        self.assert_code(done, 0)
        self.assertEqual(done.stderr, "")
        self.assert_each_once(20)
        with open(self.home / "nightly.lock", "w", encoding="utf-8") as lock:
            with subprocess.Popen(
                ["flock", "--nonblock", str(self.home / "nightly.lock"), "cat"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:  # fmt: skip
                holder.stdin.write(b"held\n")
                holder.stdin.flush()
                self.assertEqual(holder.stdout.readline(), b"held\n")
                self.assert_code(cron(), 75)
                holder.stdin.close()
            lock.close()


class Kubernetes(Night):
    def job(self):
        (job,) = [
            each for each in documents(SAMPLES / "kubernetes/cronjob.yaml") if each["kind"] == "CronJob"
        ]
        return job["spec"]

    def test_the_command_of_the_pod_loads_and_a_pod_after_it_does_nothing_twice(self):
        (container,) = self.job()["jobTemplate"]["spec"]["template"]["spec"]["containers"]
        given = {each["name"]: self.placed(each["value"]) for each in container["env"]}
        # As the image has it (Dockerfile).
        environment = self.environment(**given, STATE_DIRECTORY=self.placed(container["workingDir"]))
        command = [self.placed(word) for word in container["command"] + container["args"]]
        for _ in range(2):
            self.assert_code(run(*command, env=environment, cwd=self.home), 0)
            self.assert_each_once(20)

    def test_whatever_is_mounted_is_a_volume_and_the_root_stays_unwritten(self):
        pod = self.job()["jobTemplate"]["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        volumes = {each["name"] for each in pod["volumes"]}
        self.assertEqual({each["name"] for each in container["volumeMounts"]}, volumes)
        self.assertTrue(container["securityContext"]["readOnlyRootFilesystem"])
        self.assertTrue(pod["securityContext"]["runAsNonRoot"])
        self.assertEqual(self.job()["concurrencyPolicy"], "Forbid")


class GithubActions(Night):
    def steps(self, job):
        (workflow,) = documents(SAMPLES / "github-actions.yml")
        return {each["name"]: each for each in workflow["jobs"][job]["steps"] if "name" in each}

    def step(self, job, name, **more):
        text = self.steps(job)[name]["run"]
        self.assertNotIn("${{", text)  # what others wrote comes as environment, never as text
        return run(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text, cwd=self.folder,
            env=self.environment(key_in_environment=True, **more))  # fmt: skip

    def setUp(self):
        super().setUp()
        for command, option in (("plan", "--save"), ("load", "--plan")):
            if option not in run(SEQLOAD, command, "--help-all").stdout:
                self.skipTest(f"this seqload {command} has no {option} yet")
        lists = self.folder / "lists"
        lists.mkdir()
        self.list.rename(lists / "leads.csv")

    def plan(self):
        summary = self.folder / "summary.md"
        done = self.step("plan", "Plan", GITHUB_STEP_SUMMARY=str(summary))
        self.assert_code(done, 0)
        self.assertIn("What would be sent", summary.read_text(encoding="utf-8"))
        return self.folder / "plan.json"

    def load(self):
        return self.step(
            "load", "Load", OUT=str(self.home / "pull-7"), SEQLOAD_STATE=str(self.home / "state.db")
        )

    @missing("jq")
    def test_the_plan_that_was_shown_is_loaded_and_only_once(self):
        self.assertTrue(self.plan().is_file())
        self.assert_each_once(0)
        for _ in range(2):
            self.assert_code(self.load(), 0)
            self.assert_each_once(20)

    @missing("jq")
    def test_lists_that_changed_since_the_approval_are_refused(self):
        self.plan()
        with open(self.folder / "lists/leads.csv", "a", encoding="utf-8") as file:
            file.write(f"{contact(500)},{WELCOME},{ROBIN}\n")
        self.assert_code(self.load(), 3)
        self.assert_each_once(0)


class Texts(unittest.TestCase):
    def test_every_recipe_in_yaml_can_be_read(self):
        found = [*SAMPLES.rglob("*.yml"), *SAMPLES.rglob("*.yaml")]
        self.assertGreaterEqual(len(found), 3)
        for path in found:
            self.assertTrue(all(documents(path)), path)

    def test_the_alerts_use_only_metrics_that_seqload_writes(self):
        source = (ROOT / "src/report/metrics.cpp").read_text(encoding="utf-8")
        used = re.findall(r"\bseqload_\w+", (SAMPLES / "alerts.yml").read_text(encoding="utf-8"))
        self.assertTrue(used)
        for name in sorted(set(used)):
            self.assertIn(f'"{name}"', source)


@missing("promtool")
class Alerts(unittest.TestCase):
    def test_the_alerts_say_what_they_should_of_nights_of_every_kind(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(SAMPLES / "alerts.yml", folder)
            tests = pathlib.Path(__file__).with_name("alerts_test.yml")
            done = run("promtool", "test", "rules", shutil.copy(tests, folder))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        SEQLOAD = sys.argv.pop(1)
        SANDBOX = sys.argv.pop(1)
    skipping.main()
