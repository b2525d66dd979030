#!/usr/bin/env python3
"""How long seqload takes to begin, and how long to tell how a large run ended.

    start_and_end.py SEQLOAD SANDBOX [--rows N] [--rounds N]

`--version`, `plan` of 1,000 rows, and `report` of a run with a million rows (loaded for it). That
report.html takes is the time between the last change of summary.json, which is written just before
it, and its own. The reports must be the same, byte for byte, as those that the load itself wrote.
"""

import filecmp
import json
import os
import tempfile

import measuring
from measuring import demand

SMALL = 1000


def version(options):
    best = None
    for _ in range(options.rounds * 10):
        done = measuring.run([options.seqload, "--version"])
        demand(done.output.startswith("seqload "), f"--version says {done.output!r}")
        best = done.better(best)
    return best


def small_plan(options, folder):
    rows_file = os.path.join(folder, "small.csv")
    measuring.write_rows(rows_file, SMALL, sequences=10)
    best = None
    for _ in range(options.rounds * 5):
        done = measuring.run([options.seqload, "plan", rows_file, "--json", "--quiet", "--config", ""])
        plan = json.loads(done.output)
        demand(plan["rows"]["to_send"] == SMALL and len(plan["targets"]) == 10, plan["rows"])
        best = done.better(best)
    return best


def large_report(options, folder):
    rows_file = os.path.join(folder, "large.csv")
    measuring.write_rows(rows_file, options.rows)
    with measuring.unlimited_sandbox(options.sandbox, options.rows, minimal=True) as sandbox:
        _, summary = measuring.load(options.seqload, sandbox, rows_file, folder, options.rows,
                                    "--connections", 16)
    best, page = None, float("inf")
    for _ in range(options.rounds):
        done, again = measuring.report_again(options.seqload, summary["run_id"], folder)
        best = done.better(best)
        written = {name: os.stat(os.path.join(again, name)).st_mtime_ns
                   for name in ("summary.json", "report.html")}
        page = min(page, (written["report.html"] - written["summary.json"]) / 1e9)
        _, different, missing = filecmp.cmpfiles(os.path.join(folder, "out"), again,
                                                 ["report.csv", "attention.csv"], shallow=False)
        demand(not different and not missing, f"the second report differs: {different + missing}")
    return best, page


def main():
    parser = measuring.parser_of(__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        begun, planned = version(options), small_plan(options, folder)
        reported, page = large_report(options, folder)
    print(measuring.table(["", "wall", "CPU", "goal"], [
        ["--version", f"{begun.wall * 1e3:.1f} ms", f"{begun.cpu * 1e3:.1f} ms", "10 ms"],
        [f"plan of {SMALL:,} rows", f"{planned.wall * 1e3:.1f} ms", f"{planned.cpu * 1e3:.1f} ms",
         "25 ms"],
        [f"report of {options.rows:,} rows", f"{options.rows / reported.wall:,.0f} rows/s",
         f"{options.rows / reported.cpu:,.0f} rows/s", "500,000 rows/s"],
        ["of that, report.html", f"{page:.2f} s", "", "1 s"]]))
    print(f"\nBest of {options.rounds} and more; {measuring.where_it_ran()}.")


if __name__ == "__main__":
    main()
