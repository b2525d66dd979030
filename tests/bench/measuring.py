"""What the benchmarks share: a sandbox without quota, rows that it knows, a program's time and memory.

Whatever is measured is also checked: `demand` ends the benchmark with code 1.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from apollo_sandbox import Sandbox, contact  # noqa: E402

MAILBOX = "6633baaece5fbd01c791d701"
SEQUENCE_PREFIX = "66e9e215ece198"  # then 10 hex characters
CONTACT_PREFIX = "66f0000000000000"  # then 8 hex characters
ROWS_PER_REQUEST = 100
ROWS_AT_ONCE = 50_000


def parser_of(description):
    """For the arguments that all have: the two programs, and where the files go."""
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seqload")
    parser.add_argument("sandbox")
    parser.add_argument("--folder", help="a place on the disk that is measured")
    return parser


def demand(holds, what):
    if not holds:
        sys.exit(f"wrong result: {what}")


def sequence(number):
    return f"{SEQUENCE_PREFIX}01{number:08x}"


def world(contacts, sequences=1, minimal=False):
    """Contacts that may all be added, to each of the sequences; minimal: answers are bare ids."""
    made = {
        "keys": ["sandbox-master-key"],
        "users": [{"id": "66302798d03b9601c7934ebf", "first_name": "Robin", "last_name": "Sender",
                   "email": "robin.sender@example.com"}],
        "mailboxes": [{"id": MAILBOX, "email": "robin@mail.example.com"}],
        "generate_sequences": {"prefix": sequence(0)[:16], "count": sequences},
        "generate": {"prefix": CONTACT_PREFIX, "count": contacts},
    }
    return made | ({"answers": {"contacts": "ids"}} if minimal else {})


def write_rows(path, rows, sequences=1):
    """Row n is contact n; the sequences take turns."""
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write("contact_id,sequence_id,email_account_id\n")
        ends = [f",{sequence(number)},{MAILBOX}\n" for number in range(sequences)]
        for first in range(0, rows, ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, rows)
            file.write("".join(f"{CONTACT_PREFIX}{row:08x}{ends[row % sequences]}"
                               for row in range(first, last)))


@dataclass
class Run:
    wall: float
    cpu: float
    peak_bytes: int
    output: str

    def better(self, other):
        """Of two runs the best of each figure: what disturbs a program only makes it slower."""
        if other is None:
            return self
        return Run(min(self.wall, other.wall), min(self.cpu, other.cpu),
                   max(self.peak_bytes, other.peak_bytes), self.output)


def run(command, environment=None, expected=0):
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=errors,
                                   env=os.environ | (environment or {}))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        demand(process.returncode == expected,
               f"{command[0]} ended with {process.returncode}: {errors.read().decode()[-2000:]}")
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024,
                   output.read().decode())


def cpu_seconds(process_id):
    """What a living process has used so far."""
    with open(f"/proc/{process_id}/stat", encoding="ascii") as file:
        words = file.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def unlimited_sandbox(program, contacts, sequences=1, minimal=False):
    return Sandbox(program, "--limits", "unlimited",
                   world=world(contacts, sequences, minimal))


def load(seqload, sandbox, rows_file, folder, rows, *options, state=None):
    """A load of all rows, checked: seqload, its report and the sandbox say that each was added once.

    The folder must be new to seqload; the sandbox is as at its start when the load begins.
    """
    sandbox.reset()
    out = os.path.join(folder, "out")
    done = run([seqload, "load", rows_file, "--yes", "--quiet", "--json", "--no-check", "--config", "",
                "--state", state or os.path.join(folder, "state.db"), "--out", out, *options],
               sandbox.environment)
    summary = json.loads(done.output)
    demand(summary["rows"]["added"] == rows, f"{summary['rows']} of {rows} rows")
    demand(summary["requests"]["sent"] == summary["requests"]["minimum"], summary["requests"])
    totals = sandbox.ledger("?contacts=false")["totals"]
    demand(totals["added"] == rows and totals["added_more_than_once"] == 0, totals)
    demand(lines_in(os.path.join(out, "report.csv")) == rows + 1, "report.csv lacks rows")
    return done, summary


def report_again(seqload, run_id, folder):
    """Writes the reports of a run that load() made there anew: the run of seqload, and where they are."""
    again = os.path.join(folder, "again")
    return run([seqload, "report", run_id, "--quiet", "--config", "",
                "--state", os.path.join(folder, "state.db"), "--out", again]), again


def lines_in(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def where_it_ran():
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end"
