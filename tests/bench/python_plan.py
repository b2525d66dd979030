#!/usr/bin/env python3
"""What `seqload plan` does to a file of make_rows.py, by Python's csv module.

    python_plan.py FILE          the same work; prints the totals as JSON
    python_plan.py --read FILE   only reads every record; prints how many there are
"""

import csv
import json
import re
import sys

is_id = re.compile("[0-9a-fA-F]{24}").fullmatch


def plan(records):
    next(records)
    seen = set()
    targets = {}
    rows = duplicate = invalid = 0
    for contact, sequence, mailbox, _ in records:
        rows += 1
        if not is_id(contact) or not is_id(sequence) or not is_id(mailbox):
            invalid += 1
            continue
        if (contact, sequence) in seen:
            duplicate += 1
            continue
        seen.add((contact, sequence))
        targets[sequence, mailbox] = targets.get((sequence, mailbox), 0) + 1
    return {"rows": rows, "to_send": sum(targets.values()), "duplicate": duplicate, "invalid": invalid,
            "targets": len(targets)}


def main():
    with open(sys.argv[-1], encoding="utf-8", newline="") as file:
        records = csv.reader(file)
        if sys.argv[1] == "--read":
            print(json.dumps({"rows": sum(1 for _ in records) - 1}))
        else:
            print(json.dumps(plan(records)))


if __name__ == "__main__":
    main()
