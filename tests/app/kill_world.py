"""What the kill test loads: a team, a list of a few hundred rows for it, and what must become of
each row, worked out here and not asked of seqload.
"""

import csv
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from apollo_sandbox import ROBIN, contact  # noqa: E402

SEQUENCES = 12
PLAIN = 216  # contacts without anything special, 18 for each sequence
LABELS = 4
LABEL_PEOPLE = 9  # for each label

NOBODY_YET = frozenset({("added", ""), ("already_in_sequence", "answer_lost")})
THERE_BEFORE = frozenset({("already_in_sequence", ""), ("already_in_sequence", "answer_lost")})

NEEDS_A_PERSON = ("invalid", "failed", "unconfirmed")


def sequence(number):
    return contact(number, "66e9e21500000000")


def plain(number):
    return contact(number)


def label_person(label, place):
    return contact(label + place * LABELS, "66f1000000000000")


def special(number):
    return contact(number, "66f2000000000000")


def label_name(number):
    return f"Label {number}"


# Those whom the team knows and whose fate is their own: how many, and what Apollo answers.
UNSUBSCRIBED = range(0, 8)
WITHOUT_EMAIL = range(8, 16)
MEMBERS = range(16, 28)  # in their sequence before any run
REFUSED = special(40)  # every request that asks for this one is answered 422
UNKNOWN = [special(number) for number in range(60, 64)]
EXCLUDED = [plain(number) for number in (5, 50, 150)]


def sequence_of_special(number):
    return sequence(number % SEQUENCES)


def world():
    """The team as apollo-sandbox takes it."""
    specials = [{"id": special(n), "traits": ["unsubscribed"]} for n in UNSUBSCRIBED]
    specials += [{"id": special(n), "traits": ["no_email"]} for n in WITHOUT_EMAIL]
    specials += [
        {"id": special(n), "memberships": [{"sequence": sequence_of_special(n)}]} for n in MEMBERS
    ]
    specials.append({"id": REFUSED})
    return {
        "keys": ["sandbox-master-key"],
        "mailboxes": [{"id": ROBIN, "email": "robin@mail.example.com"}],
        "generate_sequences": [
            {"prefix": "66e9e21500000000", "count": SEQUENCES, "name": "Sequence"}
        ],
        "labels": [
            {"id": contact(n, "66f3000000000000"), "name": label_name(n)} for n in range(LABELS)
        ],
        "contacts": specials,
        "generate": [
            {"prefix": "66f0000000000000", "count": PLAIN},
            {
                "prefix": "66f1000000000000",
                "count": LABELS * LABEL_PEOPLE,
                "labels": [
                    {"name": label_name(n), "every": LABELS, "offset": n} for n in range(LABELS)
                ],
            },
        ],
    }


def members_before():
    """(sequence, contact) of everyone who was in a sequence before the run."""
    return {(sequence_of_special(n), special(n)) for n in MEMBERS}


@dataclass
class ListedRow:
    contact: str
    label: str
    sequence: str
    fates: frozenset = field(compare=False)  # every (status, reason) that would be true

    @property
    def key(self):
        return (self.sequence, self.contact or self.label)


def _sure(status, reason):
    return frozenset({(status, reason)})


def _rows_to_send():
    excluded = set(EXCLUDED)
    for number in range(PLAIN):
        fates = _sure("excluded", "") if plain(number) in excluded else NOBODY_YET
        yield ListedRow(plain(number), "", sequence(number % SEQUENCES), fates)
    for numbers, fates in (
        (UNSUBSCRIBED, _sure("skipped", "contacts_unsubscribed")),
        (WITHOUT_EMAIL, _sure("skipped", "contacts_without_email")),
        (MEMBERS, THERE_BEFORE),
    ):
        for number in numbers:
            yield ListedRow(special(number), "", sequence_of_special(number), fates)
    for number, nobody in enumerate(UNKNOWN):
        yield ListedRow(nobody, "", sequence(number), _sure("skipped", "contact_not_found"))
    # Killed on the way, its try may have been carried out: then only doubt is true.
    yield ListedRow(
        REFUSED, "", sequence(3), frozenset({("failed", "rejected"), ("unconfirmed", "answer_lost")})
    )
    for label in range(LABELS):
        yield ListedRow("", label_name(label), sequence(label), NOBODY_YET)
        # Whoever comes second of the label and this row finds the contact there.
        yield ListedRow(
            label_person(label, 0), "", sequence(label), NOBODY_YET | {("already_in_sequence", "")}
        )
    yield ListedRow("", "Nobody's", sequence(0), _sure("skipped", "label_matched_nobody"))


def _rows_not_to_send():
    for number in range(3):
        yield ListedRow(f"person {number}", "", sequence(0), _sure("invalid", "bad_contact_id"))
        yield ListedRow(plain(number), "", "66e9", _sure("invalid", "bad_sequence_id"))
        yield ListedRow("", "", sequence(1), _sure("invalid", "missing_contact_or_label"))
        yield ListedRow(
            plain(number), "Both", sequence(2), _sure("invalid", "both_contact_and_label")
        )


def listed_rows():
    """The rows of the list, in its order; the first is row 1."""
    rows = [*_rows_to_send(), *_rows_not_to_send()]
    again = [row for row in rows[::20] if ("excluded", "") not in row.fates]
    rows += [ListedRow(row.contact, row.label, row.sequence, row.fates) for row in again]
    random.Random(20261124).shuffle(rows)
    first = {}
    for number, row in enumerate(rows, 1):
        if next(iter(row.fates))[0] == "invalid":
            continue
        if row.key in first:
            row.fates = _sure("duplicate", f"same_as_row_{first[row.key]}")
        else:
            first[row.key] = number
    return rows


def write_list(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Name", "contact_id", "label", "sequence_id", "email_account_id"])
        for number, row in enumerate(rows, 1):
            writer.writerow([f"Row {number}", row.contact, row.label, row.sequence, ROBIN])


def write_exclusions(path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("contact_id\n" + "".join(f"{each}\n" for each in EXCLUDED))


def load_faults(trial):
    """The rules for one trial: about a fifth of the requests is struck, other ones each time."""
    kinds = [
        {"kind": "drop", "when": "after"},
        {"kind": "reset", "when": "after"},
        {"kind": "status", "status": 503, "when": "after"},
        {"kind": "status", "status": 502},
        {"kind": "drop", "when": "before"},
        {"kind": "half_body"},
        {"kind": "broken_json"},
        {"kind": "rate_limit", "retry_after": 1},
        {"kind": "close_silently"},
        {"kind": "latency", "ms": 2},
    ]  # fmt: skip
    turn = trial % len(kinds)
    rules = [{"probability": 0.025, **kind} for kind in kinds[turn:] + kinds[:turn]]
    refusal = {"kind": "status", "status": 422, "body": "empty", "contact": REFUSED}
    return [{"route": "add_contact_ids", **rule} for rule in [refusal, *rules]]


def undo_faults(trial):
    """The same for removals."""
    return [{**rule, "route": "remove_or_stop_contact_ids", "probability": 0.05}
            for rule in load_faults(trial)[1:]]  # fmt: skip
