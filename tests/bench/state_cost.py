#!/usr/bin/env python3
"""What it costs that a load's state is on the disk before anything leaves or is told.

    state_cost.py SEQLOAD SANDBOX [--folder DIR] [--requests N] [--rounds N] [--connections N]

Loads the same rows at full speed with the state on a disk (--folder; the current folder) and in
memory (/dev/shm) in turn, and prints how many times longer the former takes: the best of each. The
goal is 1.3. All else is on the disk both times. Minimal answers are the harder case: nothing else to
be done stands beside the commits. Results are checked as in https_speed.py.
"""

import os
import sys
import tempfile

import measuring
from measuring import ROWS_PER_REQUEST, demand

MEMORY = "/dev/shm"
GOAL = 1.3


def file_system_of(folder):
    device = os.stat(folder).st_dev
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        for line in mounts:
            words = line.split()
            if words[2] == f"{os.major(device)}:{os.minor(device)}":
                return words[words.index("-") + 1]
    return "unknown"


def measure(kind, options):
    requests = options.requests * (1 if kind == "full" else 10)
    rows = requests * ROWS_PER_REQUEST
    best = {"disk": None, "memory": None}
    with (tempfile.TemporaryDirectory(dir=options.folder) as disk,
          tempfile.TemporaryDirectory(dir=MEMORY) as memory,
          measuring.unlimited_sandbox(options.sandbox, rows, minimal=kind == "minimal") as sandbox):
        rows_file = os.path.join(disk, "rows.csv")
        measuring.write_rows(rows_file, rows)
        for number in range(options.rounds):
            for place, folder in (("disk", disk), ("memory", memory)):
                state = os.path.join(folder, f"state{number}.db")
                done, _ = measuring.load(options.seqload, sandbox, rows_file, disk, rows,
                                         "--connections", options.connections, state=state)
                best[place] = done.better(best[place])
                os.unlink(state)
    return [kind, f"{rows:,}", f"{best['disk'].wall:.2f}", f"{best['memory'].wall:.2f}",
            f"{best['disk'].wall / best['memory'].wall:.2f}", f"{best['disk'].cpu:.2f}",
            f"{best['memory'].cpu:.2f}"]


def main():
    parser = measuring.parser_of(__doc__)
    parser.set_defaults(folder=".")
    parser.add_argument("--requests", type=int, default=2000, help="of full answers; minimal: tenfold")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    disk = file_system_of(options.folder)
    demand(disk not in ("tmpfs", "ramfs"), f"{options.folder} is in memory, too: name a --folder")
    if not os.path.isdir(MEMORY):
        sys.exit(f"there is no {MEMORY} here")

    rows = [measure(kind, options) for kind in ("full", "minimal")]
    print(measuring.table(["answers", "rows", "on disk, s", "in memory, s", "ratio",
                           "on disk, CPU s", "in memory, CPU s"], rows))
    print(f"\nGoal: {GOAL}. {disk}, {options.connections} connections, best of {options.rounds}; "
          f"{measuring.where_it_ran()}.")


if __name__ == "__main__":
    main()
