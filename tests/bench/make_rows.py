#!/usr/bin/env python3
"""Writes a CSV file of rows to be planned, the same one each time it is asked for.

    make_rows.py FILE ROWS [--targets N] [--order interleaved|sorted|pairs|different]

A row is about 100 bytes: contact_id, sequence_id, email_account_id and a company that means nothing
to seqload. Of 100 rows two repeat the contact and the sequence of an earlier one, and one has a
contact id that is none. Prints what a right answer is, as JSON:

    {"rows": …, "to_send": …, "duplicate": …, "invalid": …, "targets": …}

`sorted` has all rows of a target behind one another. `pairs` and `different` give each row a target
of its own: `pairs` out of few sequences and few mailboxes, of which no two rows have the same pair,
`different` with ids that no other row has.
"""

import argparse
import json
import math
import os
import random

HEADER = "contact_id,sequence_id,email_account_id,company\n"
ROWS_AT_ONCE = 100_000
DUPLICATES = 2  # of 100
INVALID = 1  # of 100
REMEMBERED = 50_000  # rows that a later one may repeat

# 22 bytes each, so that a row is 98 bytes with its line feed.
COMPANIES = [f"{name} {kind} {number:04}"[:22].ljust(22, "x")
             for number, (name, kind) in enumerate(
                 (name, kind)
                 for name in ("Aurora", "Bramble", "Cobalt", "Dovetail", "Ember", "Foxglove", "Granite", "Harbor")
                 for kind in ("Analytics", "Holdings", "Logistics", "Partners", "Robotics", "Software"))]


def hex_id(kind, number):
    """24 hex characters: four bytes as of a time, the rest scattered by a multiplication."""
    return f"66{kind:02x}e215{(number * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF:016x}"


class Rows:
    def __init__(self, count, targets, order, seed):
        self.count = count
        self.targets = targets
        self.order = order
        self.random = random.Random(seed)
        self.remembered = []
        self.totals = {"rows": count, "to_send": 0, "duplicate": 0, "invalid": 0}
        self.used = set()
        # Of a target's two ids: side by side, so that as many pairs as rows can be made of few.
        self.side = math.isqrt(count) + 1 if order == "pairs" else None

    def target_of(self, row):
        if self.order in ("pairs", "different"):
            return row
        if self.order == "sorted":
            return row * self.targets // self.count
        return self.random.randrange(self.targets)

    def ids_of(self, target):
        if self.side:
            return hex_id(1, target // self.side), hex_id(2, target % self.side)
        return hex_id(1, target), hex_id(2, target)

    def text_from(self, first, last):
        lines = []
        number = self.random.random
        totals, remembered, used = self.totals, self.remembered, self.used
        for row in range(first, last):
            target = self.target_of(row)
            dice = number() * 100
            if dice < INVALID:
                contact = hex_id(0xE9, row)[:-1] + "g"
                totals["invalid"] += 1
            elif dice < INVALID + DUPLICATES and remembered:
                contact, target = remembered[int(number() * len(remembered))]
                totals["duplicate"] += 1
            else:
                contact = hex_id(0xE9, row)
                totals["to_send"] += 1
                used.add(target)
                if len(remembered) < REMEMBERED:
                    remembered.append((contact, target))
                elif dice > 90:
                    remembered[row % REMEMBERED] = (contact, target)
            sequence, mailbox = self.ids_of(target)
            lines.append(f"{contact},{sequence},{mailbox},{COMPANIES[row % len(COMPANIES)]}\n")
        return "".join(lines)

    def write(self, file):
        file.write(HEADER)
        for first in range(0, self.count, ROWS_AT_ONCE):
            file.write(self.text_from(first, min(first + ROWS_AT_ONCE, self.count)))
        return self.totals | {"targets": len(self.used)}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file")
    options.add_argument("rows", type=int)
    options.add_argument("--targets", type=int, default=500)
    options.add_argument("--order", choices=("interleaved", "sorted", "pairs", "different"), default="interleaved")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--only-totals", action="store_true", help="write nothing")
    chosen = options.parse_args()
    with open(os.devnull if chosen.only_totals else chosen.file, "w", encoding="ascii", newline="") as file:
        totals = Rows(chosen.rows, chosen.targets, chosen.order, chosen.seed).write(file)
    print(json.dumps(totals))


if __name__ == "__main__":
    main()
