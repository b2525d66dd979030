"""A place to kill seqload in: a sandbox of its own, a folder, the list, and the shim of
tests/support/kill_at.cpp.
"""

import csv
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import kill_world  # noqa: E402
from apollo_sandbox import Sandbox  # noqa: E402

PATIENCE = 300  # seconds for one run of seqload; it takes a tenth of one
MOMENTS = {
    "state_write": ("before", "half", "after"),
    "send": ("before", "half", "after"),
    "receive": ("after",),
}  # all other kinds: before and after
EARLY_SYNCS = 8


@dataclass(frozen=True)
class Programs:
    seqload: str
    sandbox: str
    kill_at: str


@dataclass(frozen=True)
class Point:
    """Where to die: at a system call, counted by the shim."""

    moment: str
    kind: str
    number: int

    def __str__(self):
        return f"{self.moment}_{self.kind}:{self.number}"


@dataclass(frozen=True)
class FromOutside:
    """Killed by another process, once the sandbox has done so much."""

    done: int

    def __str__(self):
        return f"from_outside:{self.done}"


@dataclass
class Ended:
    code: int
    stdout: str
    stderr: str

    @property
    def was_killed(self):
        return self.code == -signal.SIGKILL


@dataclass
class Mark:
    """A moment in the sandbox's life: every connection up to this one was made before it."""

    connection: int
    requests: list = field(repr=False)


def points_to_try(totals, count, chance):
    """count points, as many of each kind of call: where there are few calls of it, each is tried;
    otherwise the first ones, in which the run is begun and planned, and others spread over the
    rest."""
    every = [
        [Point(moment, kind, number) for number in range(1, total + 1)]
        for kind, total in totals.items()
        for moment in MOMENTS.get(kind, ("before", "after"))
    ]
    every = [points for points in every if points]
    # Between each two of a run's first commits, whatever else is left out.
    chosen = [Point("before", "state_sync", number) for number in range(2, EARLY_SYNCS + 1)]
    every = [[point for point in points if point not in chosen] for points in every]
    share = (count - len(chosen)) // max(1, len(every))
    while every and share > 0:
        small = [points for points in every if len(points) <= share]
        chosen += [point for points in small for point in points]
        every = [points for points in every if len(points) > share]
        if not small:
            chosen += [point for points in every for point in spread(points, share)]
            break
        share = (count - len(chosen)) // max(1, len(every))
    chance.shuffle(chosen)
    return chosen


def spread(points, count):
    """count of them: the first, and others evenly up to the last."""
    first, rest = points[: count // 3], points[count // 3 :]
    count -= len(first)
    return first + [rest[round(place * (len(rest) - 1) / max(1, count - 1))]
                    for place in range(count)]  # fmt: skip


class Lab:
    def __init__(self, programs, seed):
        self.programs = programs
        self.rows = kill_world.listed_rows()
        self._folder = tempfile.TemporaryDirectory(prefix="seqload-kill-")
        self.folder = pathlib.Path(self._folder.name)
        self.list = self.folder / "list.csv"
        self.exclusions = self.folder / "exclude.csv"
        kill_world.write_list(self.list, self.rows)
        kill_world.write_exclusions(self.exclusions)
        self.work = self.folder / "work"
        # Virtual time runs so fast that waiting before another try takes no time.
        self.sandbox = Sandbox(
            programs.sandbox, "--limits", "unlimited", "--time-scale", "1000", "--seed", seed,
            world=kill_world.world())  # fmt: skip

    def close(self):
        self.sandbox.end()
        self._folder.cleanup()

    @property
    def state(self):
        return self.work / "state" / "state.db"

    @property
    def out(self):
        return self.work / "out"

    def begin(self, faults):
        """A clean sandbox and an empty folder."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        self.sandbox.reset()
        self.sandbox.set_faults(faults)

    def load_command(self, connections=4):
        return ["load", self.list, "--yes", "--no-check", "--state", self.state, "--out", self.out,
                "--exclude", self.exclusions, "--batch-size", "6", "--attempts", "50",
                "--connections", connections,
                "--give-up-after", "1d", "--minute-limit", "0", "--hour-limit", "0",
                "--day-limit", "0"]  # fmt: skip

    def environment(self, **more):
        names = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")
        environment = {name: os.environ[name] for name in names if name in os.environ}
        environment["HOME"] = str(self.folder)
        return {**environment, **self.sandbox.environment, **more}

    def under_shim(self, **more):
        options = os.environ.get("ASAN_OPTIONS", "")
        return self.environment(
            LD_PRELOAD=self.programs.kill_at,
            KILL_STATE=str(self.state),
            ASAN_OPTIONS=f"{options}:verify_asan_link_order=0".lstrip(":"),
            **more,
        )

    def run(self, command, death=None):
        """seqload to its end, or to its death."""
        if isinstance(death, FromOutside):
            return self._run_and_kill(command, death)
        environment = self.under_shim(KILL_AT=str(death)) if death else self.environment()
        process = subprocess.run(
            [self.programs.seqload, *map(str, command)],
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )
        return Ended(process.returncode, process.stdout.decode(), process.stderr.decode())

    def _run_and_kill(self, command, death):
        process = subprocess.Popen(
            [self.programs.seqload, *map(str, command)],
            env=self.environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while process.poll() is None and self.deeds() < death.done:
                pass
        finally:
            process.kill()
            process.wait(PATIENCE)
        return Ended(process.returncode, "", "")

    def deeds(self):
        """How many contacts were added, removed, stopped or finished."""
        totals = self.sandbox.ledger("?contacts=false")["totals"]
        return sum(totals[deed] for deed in ("added", "removed", "stopped", "finished"))

    def count_points(self, command):
        """How often the command makes each kind of call."""
        counts = self.folder / "counts"
        process = subprocess.run(
            [self.programs.seqload, *map(str, command)],
            env=self.under_shim(KILL_COUNT_FILE=str(counts)),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )
        if process.returncode not in (0, 1):
            raise AssertionError(f"{command} ended with {process.returncode}: {process.stderr}")
        lines = [line.split() for line in counts.read_text().splitlines()]
        return {kind: int(count) for kind, count in lines}

    def mark(self):
        """Says to the sandbox: here. A connection that is made now has a higher number than every
        one that was there before, also than those of a process that has died."""
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.sandbox.port, context=self.sandbox.tls, timeout=60
        )
        try:
            connection.request("GET", "/api/v1/labels", headers={"x-api-key": self.sandbox.key})
            connection.getresponse().read()
        finally:
            connection.close()
        requests = self.sandbox.requests(asked=True)
        at = max(n for n, request in enumerate(requests) if request["route"] == "list_labels")
        return Mark(requests[at]["connection"], requests)

    def ledger(self):
        """(sequence, contact): what was done to whom, as the sandbox tells."""
        return {
            (sequence, contact): entry
            for sequence, content in self.sandbox.ledger()["sequences"].items()
            for contact, entry in content.get("contacts", {}).items()
        }

    def report(self, name="report.csv", out=None):
        with open((out or self.out) / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def summary(self, out=None):
        return json.loads(((out or self.out) / "summary.json").read_text(encoding="utf-8"))


def chance_of(trial):
    return random.Random(trial * 7919 + 1)
