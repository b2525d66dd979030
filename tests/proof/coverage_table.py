#!/usr/bin/env python3
"""The table of coverage.sh: lines and branches that were run through, by room and in total.

    coverage_table.py SUMMARY.json [--lines PERCENT] [--branches PERCENT] [--files N]

SUMMARY.json is what gcovr writes with --json-summary. Below the table stand the N files (ten) with
the most lines that were not run through. The exit code is 1 if the total is below one of the goals.
"""

import argparse
import collections
import json
import sys


def room_of(path):
    """src/ROOM/… or include/seqload/ROOM/…"""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" else parts[2]


class Count:
    def __init__(self):
        self.lines = self.lines_run = self.branches = self.branches_run = 0

    def take(self, file):
        self.lines += file["line_total"]
        self.lines_run += file["line_covered"]
        self.branches += file["branch_total"]
        self.branches_run += file["branch_covered"]

    @property
    def line_share(self):
        return 100 * self.lines_run / self.lines if self.lines else 100.0

    @property
    def branch_share(self):
        return 100 * self.branches_run / self.branches if self.branches else 100.0

    def row(self, name):
        return (
            f"| {name:<8} | {self.lines_run:>6,} of {self.lines:>6,} | {self.line_share:5.1f} % "
            f"| {self.branches_run:>6,} of {self.branches:>6,} | {self.branch_share:5.1f} % |"
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("summary", metavar="SUMMARY.json")
    parser.add_argument("--lines", type=float, default=0, metavar="PERCENT")
    parser.add_argument("--branches", type=float, default=0, metavar="PERCENT")
    parser.add_argument("--files", type=int, default=10, metavar="N")
    arguments = parser.parse_args()
    with open(arguments.summary, encoding="utf-8") as file:
        files = json.load(file)["files"]

    rooms, total = collections.defaultdict(Count), Count()
    for file in files:
        rooms[room_of(file["filename"])].take(file)
        total.take(file)
    print("| room     | lines            |         | branches         |         |")
    print("| -------- | ---------------- | ------- | ---------------- | ------- |")
    for name in sorted(rooms):
        print(rooms[name].row(name))
    print(total.row("all"))

    print("\nnot run through, most lines first:")
    for file in sorted(files, key=lambda file: file["line_covered"] - file["line_total"])[: arguments.files]:
        lines = file["line_total"] - file["line_covered"]
        branches = file["branch_total"] - file["branch_covered"]
        if lines:
            print(f"  {file['filename']}: {lines} lines, {branches} branches")
    return total.line_share >= arguments.lines and total.branch_share >= arguments.branches


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
