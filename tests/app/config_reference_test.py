#!/usr/bin/env python3
"""config/seqload.toml and config/README.md say what the program says of its options.

    config_reference_test.py SEQLOAD [unittest arguments]
    config_reference_test.py SEQLOAD --write     write both anew, after an option has changed

An example for an option without a default stands in EXAMPLES; without one there, its kind makes do.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE_FILE = ROOT / "config" / "seqload.toml"
REFERENCE = ROOT / "config" / "README.md"
BEGIN, END = "<!-- Every option; written by tests/app/config_reference_test.py -->\n", "<!-- end -->\n"

SEQLOAD = ""  # set from the command line

EXAMPLES = {
    "api-key-file": "/etc/seqload/apollo-api-key",
    "auto-unpause-at": "2030-01-07T08:00:00Z",
    "ca-file": "/etc/ssl/certs/proxy.pem",
    "day-limit": 2000,
    "deadline": "06:00",
    "delimiter": ";",
    "email-account": "robin@mail.example.com",
    "email-account-id": "6633baaece5fbd01c791d701",
    "exclude": ["do-not-contact.csv"],
    "hour-limit": 400,
    "junit": "seqload.xml",
    "map": ["contact_id=Lead: Apollo ID"],
    "max-contacts": 5000,
    "max-failed": "5%",
    "max-skipped": "50%",
    "max-wait": "30m",
    "metrics": "/var/lib/prometheus/node-exporter/seqload.prom",
    "minute-limit": 200,
    "out": "reports",
    "prune": "90d",
    "send-email-from-email-address": "robin@example.com",
    "sequence": "Welcome",
    "sequence-id": "66e9e215ece19801b2199901",
    "state": "/var/lib/seqload/state.db",
    "status": "paused",
    "user": "kim@example.com",
    "user-id": "66e9e215ece19801b2199a01",
}
BY_WHAT_IT_TAKES = {"FILE": "a.file", "DIR": "folder", "DURATION": "30m", "TIME": "06:00"}

HEAD = """\
# seqload's configuration: every option that there is.
#
# Copy it to ./seqload.toml or ~/.config/seqload/config.toml and take the "#" away before the
# keys that you want; what is written here is what holds anyway, unless a remark says "example".
# Variables (SEQLOAD_BATCH_SIZE) and the command line are stronger. Keys stand for all commands that
# have the option; tables, at the end, for one command alone. config/README.md tells the rest, and
# `seqload config` shows what is in force.
"""

TABLES = """

# Tables: for one command alone, and stronger than the same key above. They stand last, for a key
# belongs to the table above it.

#[load]
#max-failed = "5%"

# What a run on record has been begun with (connections, limits, certificates…) is changed for
# these by their own tables only.
#[resume]
#connections = 4

#[undo]
#yes = false
"""


def run(*arguments):
    with tempfile.TemporaryDirectory(prefix="seqload-config-") as folder:
        return subprocess.run([SEQLOAD, *arguments], capture_output=True, text=True, cwd=folder,
                              env={"HOME": folder, "PATH": os.environ.get("PATH", "")},
                              check=False, timeout=120)  # fmt: skip


def described(command, *arguments):
    answer = run("config", "--json", *arguments, command)
    if answer.returncode != 0:
        raise AssertionError(f"seqload config {command}: {answer.stderr}")
    return json.loads(answer.stdout)


def on_record(option):
    return option["default_in_words"] == "as the run has it"


class Variant:
    """An option as several commands have it alike."""

    def __init__(self, option, command):
        self.option = option
        self.commands = [command]

        self.has_commands_on_record = on_record(option)

    def takes(self, option, command):
        """Whether the command has it alike; then it is one of ours. That a run on record has a
        value of its own makes no other option of it."""
        same = ["kind", "takes", "help"]
        if not on_record(option) and not on_record(self.option):
            same += ["default", "default_in_words"]
        if any(self.option[name] != option[name] for name in same):
            return False
        self.commands.append(command)
        self.has_commands_on_record = self.has_commands_on_record or on_record(option)
        return True


def options_of_all_commands():
    """{group: {option's name: [Variant]}}, in the order in which they come first."""
    groups, group_of = {}, {}
    for command in described("load")["commands"]:
        for option in described(command)["options"]:
            group = group_of.setdefault(option["option"], option["group"])
            variants = groups.setdefault(group, {}).setdefault(option["option"], [])
            if not any(variant.takes(option, command) for variant in variants):
                variants.append(Variant(option, command))
    return groups


def toml_value(value):
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def has_default(option):
    return option["default"] not in (None, [])


def example_of(option):
    if option["option"] in EXAMPLES:
        return EXAMPLES[option["option"]]
    if option["choices"]:
        return option["choices"][0]
    value = 100 if option["kind"] == "number" else BY_WHAT_IT_TAKES.get(option["takes"], "text")
    return [value] if option["kind"] == "list" else value


def example_lines(variants):
    option = variants[0].option
    remark = option["help"]
    if not has_default(option):
        otherwise = option["default_in_words"]
        remark += f" (default: {otherwise}; example)" if otherwise else " (example)"
    elif option["choices"]:
        words = option["choices"]
        remark += f" ({', '.join(words[:-1])} or {words[-1]})"
    lines = textwrap.wrap(remark, 98, break_on_hyphens=False, break_long_words=False)
    value = option["default"] if has_default(option) else example_of(option)
    return [f"# {line}" for line in lines] + [f"#{option['option']} = {toml_value(value)}"]


def example_file():
    text = HEAD
    for group, options in options_of_all_commands().items():
        names = [name for name in options if name != "config"]
        if not names:
            continue
        text += f"\n\n# ---- {group} ----\n"
        for name in names:
            text += "\n" + "\n".join(example_lines(options[name])) + "\n"
    return text + TABLES


def default_cell(variant):
    option = variant.option
    text = option["default_in_words"] or ""
    if has_default(option):
        text = f"`{toml_value(option['default'])}`"
    if variant.has_commands_on_record and not on_record(option):
        text = f"{text or 'none'}; as the run has it"
    return text


def cell(text):
    return text.replace("|", "\\|")


def reference():
    text = ""
    for group, options in options_of_all_commands().items():
        text += f"\n### {group}\n\n| option | variable | default | of | meaning |\n"
        text += "| --- | --- | --- | --- | --- |\n"
        for name, variants in options.items():
            for variant in variants:
                option = variant.option
                takes = f" {option['takes']}" if option["takes"] else ""
                text += "| " + " | ".join([
                    f"`{name}`{cell(takes)}", f"`{option['variable']}`",
                    cell(default_cell(variant)), ", ".join(variant.commands), cell(option["help"]),
                ]) + " |\n"  # fmt: skip
    return text + "\n"


def reference_file(text):
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:begin] + reference() + text[end:]


# One thing, by its id or by its name: an option of both is refused.
BY_ID = ["sequence-id", "email-account-id", "user-id"]
BY_NAME = ["sequence", "email-account", "user"]


def uncommented(text, but=()):
    """As somebody would have it who wants all of it: the "#" is gone where no space follows."""
    kept = "".join(f"(?!{key} =)" for key in but)
    return re.sub(rf"^#(?=[a-z\[]){kept}", "", text, flags=re.MULTILINE)


class ConfigReference(unittest.TestCase):
    maxDiff = 4000
    REMEDY = "the options have changed; run this with --write, and look at what it wrote"

    def setUp(self):
        self.text = EXAMPLE_FILE.read_text(encoding="utf-8")
        self.commands = described("load")["commands"]

    def test_the_example_is_what_the_program_says(self):
        self.assertEqual(self.text, example_file(), self.REMEDY)

    def test_the_reference_is_what_the_program_says(self):
        text = REFERENCE.read_text(encoding="utf-8")
        self.assertEqual(text, reference_file(text), self.REMEDY)

    def test_every_option_of_the_help_is_in_the_reference_and_the_other_way_round(self):
        rows = re.findall(r"^\| `([a-z-]+)`.*?\| `(SEQLOAD_[A-Z_]+)` \|[^|]*\| ([a-z, ]+) \|",
                          REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)  # fmt: skip
        self.assertGreater(len(rows), 50)
        for key, variable, _ in rows:
            self.assertEqual(variable, "SEQLOAD_" + key.upper().replace("-", "_"))
        for command in self.commands:
            with self.subTest(command=command):
                told = {key for key, _, commands in rows if command in commands.split(", ")}
                page = run(command, "--help-all").stdout
                helped = set(re.findall(r"^\s*(?:-\w, ?)?--([a-z][a-z-]*)", page, re.MULTILINE))
                self.assertEqual(helped - {"help", "version"}, told)

    def test_all_of_the_example_can_be_in_force_and_its_defaults_are_the_real_ones(self):
        for left_out in (BY_ID, BY_NAME):
            with self.subTest(left_out=left_out):
                self.everything_is_in_force(left_out)

    def test_what_is_said_by_id_and_by_name_is_refused(self):
        with tempfile.TemporaryDirectory(prefix="seqload-config-") as folder:
            path = pathlib.Path(folder) / "both.toml"
            path.write_text(uncommented(self.text), encoding="utf-8")
            refused = run("load", "--config", str(path), "leads.csv")
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn("cannot be given together", refused.stderr)

    def everything_is_in_force(self, left_out):
        text = uncommented(self.text, left_out)
        values = tomllib.loads(text)
        tables = {name for name, value in values.items() if isinstance(value, dict)}
        self.assertLessEqual(tables, set(self.commands))
        with tempfile.TemporaryDirectory(prefix="seqload-config-") as folder:
            path = pathlib.Path(folder) / "all.toml"
            path.write_text(text, encoding="utf-8")
            options = set()
            for command in self.commands:
                for option in described(command, "--config", str(path))["options"]:
                    name = option["option"]
                    options.add(name)
                    if name == "config" or name in left_out:
                        continue
                    self.assertIn(name, values, command)
                    if has_default(option):
                        self.assertEqual(values[name], option["default"], (command, name))
                    table = values[command] if command in tables else {}
                    told = table.get(name, values[name])
                    if option["source"] == "file":
                        self.assertEqual(option["value"], told, (command, name))
                    else:
                        self.assertTrue(on_record(option), name)
            self.assertEqual(options - {"config", *left_out}, set(values) - tables)

    def test_as_it_stands_it_changes_nothing(self):
        for command in self.commands:
            plain = described(command)["options"]
            told = described(command, "--config", str(EXAMPLE_FILE))["options"]
            for one, other in zip(plain, told, strict=True):
                if one["option"] != "config":
                    self.assertEqual(one["source"], other["source"], one["option"])


def write():
    EXAMPLE_FILE.write_text(example_file(), encoding="utf-8")
    text = REFERENCE.read_text(encoding="utf-8")
    REFERENCE.write_text(reference_file(text), encoding="utf-8")


if __name__ == "__main__":
    SEQLOAD = os.path.abspath(sys.argv.pop(1))
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        unittest.main()
