#!/usr/bin/env python3
"""How fast `seqload plan` reads, beside others that do the same work or less, in one run.

    plan_speed.py SEQLOAD [--rows N] [--order ORDER] [--rounds N] [--node-modules DIR] [--without-python]

Makes a file of rows (make_rows.py) in a temporary folder, runs each program on it in turn, that many
rounds, and prints the best of each as a table: wall clock, CPU time, peak memory, and how many times
seqload's wall clock the others take. Each result is held against what the file is known to hold; a
wrong one ends the benchmark with code 1, as does too much memory.

DuckDB takes part where --node-modules names a folder with @duckdb/node-api in it
(npm install @duckdb/node-api).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
BASE_BYTES = 64 << 20
BYTES_PER_ROW = 24


@dataclass
class Contestant:
    name: str
    command: list
    totals_of: object
    environment: dict = field(default_factory=dict)
    wall: float = float("inf")
    cpu: float = float("inf")
    peak_bytes: int = 0


def run(contestant):
    with tempfile.TemporaryFile() as output:
        began = time.monotonic()
        process = subprocess.Popen(contestant.command, stdout=output, env=os.environ | contestant.environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode != 0:
        sys.exit(f"{contestant.name}: exit code {process.returncode}")
    contestant.wall = min(contestant.wall, wall)
    contestant.cpu = min(contestant.cpu, usage.ru_utime + usage.ru_stime)
    contestant.peak_bytes = max(contestant.peak_bytes, usage.ru_maxrss * 1024)
    return contestant.totals_of(text)


def seqload_totals(text):
    plan = json.loads(text)
    rows = plan["rows"]
    if rows["to_send"] != sum(target["contacts"] for target in plan["targets"]):
        sys.exit("seqload: the targets' contacts are not the rows to be sent")
    return {"rows": rows["total"], "to_send": rows["to_send"], "duplicate": rows["duplicate"],
            "invalid": rows["invalid"], "targets": len(plan["targets"])}


def contestants_for(file, options):
    yield Contestant("seqload plan", [options.seqload, "plan", "--quiet", "--json", file], seqload_totals)
    yield Contestant("wc -l", ["wc", "-l", file], lambda text: {"rows": int(text.split()[0]) - 1})
    if options.node_modules:
        yield Contestant("DuckDB, same work", ["node", str(HERE / "duckdb_plan.cjs"), file], json.loads,
                         {"NODE_PATH": options.node_modules})
    if not options.without_python:
        script = str(HERE / "python_plan.py")
        yield Contestant("Python csv, same work", [sys.executable, script, file], json.loads)
        yield Contestant("Python csv, only read", [sys.executable, script, "--read", file], json.loads)


def table(contestants):
    best = contestants[0]
    lines = ["| | wall, s | CPU, s | peak, MB | times seqload's wall |", "| --- | --- | --- | --- | --- |"]
    for one in contestants:
        lines.append(f"| {one.name} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak_bytes / 1e6:.0f} "
                     f"| {one.wall / best.wall:.2f} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seqload")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--order", choices=("interleaved", "sorted", "pairs", "different"), default="interleaved")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--node-modules")
    parser.add_argument("--without-python", action="store_true")
    parser.add_argument("--file", help="a file that make_rows.py made of as many rows, to save time")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        file = options.file or os.path.join(folder, "rows.csv")
        made = [sys.executable, str(HERE / "make_rows.py"), file, str(options.rows), "--order", options.order]
        if options.file:
            made.append("--only-totals")
        expected = json.loads(subprocess.run(made, check=True, capture_output=True).stdout)
        contestants = list(contestants_for(file, options))
        for _ in range(options.rounds):
            for contestant in contestants:
                told = run(contestant)
                if any(told[name] != expected[name] for name in told):
                    sys.exit(f"{contestant.name} says {told}, but the file holds {expected}")
        size = os.path.getsize(file)

    print(f"{options.rows:,} rows ({options.order}), {size / 1e6:,.0f} MB, best of {options.rounds}\n")
    print(table(contestants))
    bound = BASE_BYTES + BYTES_PER_ROW * options.rows
    print(f"\nseqload's peak: {contestants[0].peak_bytes / 1e6:.0f} MB; allowed are {bound / 1e6:.0f} MB.")
    if contestants[0].peak_bytes > bound:
        sys.exit("seqload took more memory than it may")


if __name__ == "__main__":
    main()
