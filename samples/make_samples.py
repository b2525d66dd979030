#!/usr/bin/env python3
"""Makes the sample files beside it, the same bytes every time.

    samples/make_samples.py            writes them
    samples/make_samples.py --check    exit code 1 if one is missing or not up to date
    samples/make_samples.py --out DIR  writes them elsewhere

Nobody in them exists: names are drawn from lists, addresses end in example.com.
"""

import argparse
import csv
import io
import json
import pathlib
import random
import sys

sys.dont_write_bytecode = True  # the folder stays clean
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from sample_people import (
    CITIES,
    COMPANIES,
    EVENT,
    FIRST_NAMES,
    GONE,
    LAST_NAMES,
    NEWS,
    OWNER,
    POOL,
    RENEWAL,
    RETIRED,
    ROBIN,
    SENDER,
    SUMMER,
    TITLES,
    WELCOME,
    contact_id,
    person,
)
from sample_renewals import RENEWAL_COLUMNS, renewals

HERE = pathlib.Path(__file__).resolve().parent


def json_text(value):
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def csv_text(rows, line_end="\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows(rows)
    return out.getvalue()


# ---- contacts.csv: an export ---------------------------------------------------------------------

EXPORT_COLUMNS = """First Name|Last Name|Title|Company|Company Name for Emails|Email|Email Status
Seniority|Departments|Contact Owner|Work Direct Phone|Stage|Lists|# Employees|Industry
Person Linkedin Url|City|State|Country|Company Address|Keywords|Notes
Apollo Contact Id|Apollo Account Id""".replace("\n", "|").split("|")

NOTES = [
    "",
    "",
    "",
    'Said "call me in spring"',
    "Two sites:\nSampletown and Beispielstadt",
    "Prefers e-mail, not phone",
    "First line\r\nsecond line, after a break as Windows writes it",
    "=SUM(A1:A9) stood in the form; left as it is",
    "  spaces on both sides  ",
]


# Of all contacts, the first 2% have no address, the next 3% an unverified one, and so on.
EXPORT_TRAITS = [
    (0.02, "no_email"),
    (0.05, "unverified_email"),
    (0.06, "job_change"),
    (0.07, "owned_by_other"),
    (0.075, "unsubscribed"),
]


def export_rows(count, chance):
    rows, contacts = [EXPORT_COLUMNS], []
    for number in range(count):
        first = chance.choice(FIRST_NAMES)
        last = chance.choice(LAST_NAMES)
        title = chance.choice(TITLES)
        company = chance.choice(COMPANIES)
        city, state, country = chance.choice(CITIES)
        email = f"contact.{number}@company-{number % 400}.example.com"
        identity = contact_id(number, 2)
        trait = ""
        drawn = chance.random()
        for share, name in EXPORT_TRAITS:
            if drawn < share:
                trait = name
                break
        verified = {"no_email": "Unavailable", "unverified_email": "Unverified"}
        rows.append(
            [
                first,
                last,
                title,
                company,
                company.split(",")[0],
                "" if trait == "no_email" else email,
                verified.get(trait, "Verified"),
                chance.choice(["C suite", "VP", "Head", "Manager"]),
                chance.choice(["Sales", "Operations", "Marketing, Product", "Engineering"]),
                "robin.sender@example.com",
                f"+1 555 01{number % 100:02d}",
                chance.choice(["Cold", "Approaching", "Interested"]),
                "Trade fair 2026",
                str(chance.choice([12, 80, 450, 2300])),
                chance.choice(["logistics & supply chain", "food & beverages", "renewables"]),
                f"http://www.linkedin.com/in/example-{number}",
                city,
                state,
                country,
                f"{number % 90 + 1} Example Street, {city}, {country}",
                chance.choice(["freight, cold chain", "optics; sensors", ""]),
                chance.choice(NOTES),
                identity,
                f"63f53afe4ceeca00{number % 400:08x}",
            ]
        )
        contact = person(identity, number, email)
        contact.update(first_name=first, last_name=last, title=title, company=company)
        if trait:
            contact["traits"] = [trait]
        if number % 3 == 0:
            contact["labels"] = ["Trade fair 2026"]
        contacts.append(contact)
    # Whom somebody has deleted since the export was made.
    for number in range(5):
        row = list(rows[1 + number])
        row[EXPORT_COLUMNS.index("Apollo Contact Id")] = contact_id(number, 0xED)
        row[EXPORT_COLUMNS.index("Notes")] = "deleted since"
        rows.append(row)
    return rows, contacts


# ---- labels, the do-not-contact list, faults, the world ------------------------------------------

LABELS = [
    ("66e361494acd1307386d4001", "Trade fair 2026"),
    ("66e361494acd1307386d4002", "Webinar: “Säulen, Rohre & mehr”"),
    ("66e361494acd1307386d4003", "Everyone unsubscribed"),
    ("66e361494acd1307386d4004", "Nobody yet"),
    ("66e361494acd1307386d4005", "  spaces count  "),
]


def label_rows():
    return [
        ["label", "sequence_id", "email_account_id", "Campaign manager"],
        [LABELS[1][1], WELCOME, ROBIN, "Robin"],
        [LABELS[2][1], WELCOME, ROBIN, "Robin"],
        [LABELS[3][1], WELCOME, ROBIN, "Kim"],
        [LABELS[4][1], WELCOME, f"{ROBIN};{NEWS}", "Kim"],
        ["No such label", WELCOME, ROBIN, "Kim"],
        [LABELS[1][1], WELCOME, ROBIN, "Robin, once more (duplicate)"],
        ["", WELCOME, ROBIN, "Kim (invalid: missing_contact_or_label)"],
    ]


# ---- names.csv: sequences, mailboxes and users by name -------------------------------------------


def name_rows():
    def row(number, *cells):
        return [f"66f0000000000000{900 + number:08x}", *cells]

    return [
        ["contact_id", "Sequence", "Email Account", "User", "What becomes of it"],
        row(0, "Welcome", "robin@mail.example.com", "kim.owner@example.com", "added"),
        row(1, "welcome", "Robin@Mail.example.com", "kim.owner@example.com", "added"),
        row(2, "Renewal 2026", "robin@mail.example.com;robin@news.example.com", "", "added"),
        row(3, "Renewal 2026", "robin.alias@mail.example.com", "", "added: an alias of Robin's"),
        row(4, "Wellcome", "robin@mail.example.com", "", "failed: sequence_not_found"),
        row(5, "Welcome", "robyn@mail.example.com", "", "failed: mailbox_inactive"),
        row(6, "Spring offer", "robin@mail.example.com", "", "failed: it is archived"),
    ]


def labelled_contacts():
    contacts = []
    for number in range(60):
        email = f"attendee.{number}@webinar-{number}.example.com"
        contact = person(contact_id(number, 3), number, email, labels=[LABELS[1][1]])
        if number >= 40:
            contact["labels"] = [LABELS[4][1]]
        if number >= 50:
            contact["labels"] = [LABELS[2][1]]
            contact["traits"] = ["unsubscribed"]
        contacts.append(contact)
    return contacts


def do_not_contact_rows():
    rows = [["Apollo Contact Id", "Asked on"]]
    rows += [[contact_id(number * 40, 2), f"2026-0{number % 9 + 1}-15"] for number in range(25)]
    rows += [[contact_id(number, 1), "2026-10-01"] for number in (3, 5, 8)]
    rows.append([contact_id(77, 0xEC), "2024-05-05"])
    return rows


FAULTS = [
    {
        "comment": "one addition in twenty is made, and the answer is lost",
        "kind": "drop",
        "when": "after",
        "route": "add_contact_ids",
        "probability": 0.05,
    },
    {"comment": "one in twenty is not even made", "kind": "reset", "when": "before", "probability": 0.05},
    {"kind": "status", "status": 503, "probability": 0.05},
    {"kind": "status", "status": 502, "when": "after", "probability": 0.05},
    {"comment": "the third and the fourth request meet a full window", "kind": "rate_limit",
     "retry_after": 2, "from": 3, "until": 4},
    {"kind": "broken_json", "route": "add_contact_ids", "probability": 0.03},
    {"kind": "half_body", "probability": 0.03},
    {"kind": "html", "probability": 0.02},
    {"kind": "close", "every": 10},
    {"kind": "latency", "virtual_ms": 300, "probability": 0.2},
    {
        "comment": "one contact that no batch can hold",
        "kind": "status",
        "status": 422,
        "body": "empty",
        "route": "add_contact_ids",
        "contact": contact_id(17, 2),
    },
]  # fmt: skip


def world(contacts):
    return {
        "keys": [
            "sandbox-master-key",
            {"key": "sandbox-search-key", "scopes": ["api/v1/contacts/search"]},
            {"key": "sandbox-closed-key", "closed": True},
        ],
        "tokens": ["sandbox-access-token"],
        "users": [
            {"id": SENDER, "first_name": "Robin", "last_name": "Sender",
             "email": "robin.sender@example.com"},
            {"id": OWNER, "first_name": "Kim", "last_name": "Owner",
             "email": "kim.owner@example.com"},
        ],
        "mailboxes": [
            {"id": ROBIN, "email": "robin@mail.example.com",
             "aliases": ["robin.alias@mail.example.com"]},
            {"id": NEWS, "email": "robin@news.example.com"},
            {"id": GONE, "email": "gone@mail.example.com", "active": False,
             "revoked_at": "2025-01-31T09:00:00.000Z", "inactive_reason": "Revoked by the user"},
            {"id": POOL, "email": "pool@mail.example.com", "aggregate": True},
        ],
        "sequences": [
            {"id": WELCOME, "name": "Welcome"},
            {"id": RENEWAL, "name": "Renewal 2026"},
            {"id": SUMMER, "name": "Summer offer", "active": False},
            {"id": EVENT, "name": "Event invitation", "aggregate_accounts": False},
            {"id": RETIRED, "name": "Spring offer", "active": False, "archived": True},
        ],
        "labels": [{"id": identity, "name": name} for identity, name in LABELS]
        + [{"id": "66e361494acd1307386d4009", "name": "Key accounts", "modality": "accounts"}],
        "contacts": contacts,
        "generate": {"prefix": "66f0000000000000", "count": 1000},
    }  # fmt: skip


def world_text(contacts):
    """A contact a line: the file is for people, too."""
    made = world([])
    lines = ",\n  ".join(json.dumps(contact, ensure_ascii=False) for contact in contacts)
    return json_text(made).replace('"contacts": []', f'"contacts": [\n  {lines}\n ]')


def files():
    """name -> bytes, of every sample that is made."""
    made = renewals()
    export, exported = export_rows(2400, random.Random(2026))
    contacts = made.contacts + exported + labelled_contacts()
    raw = b"".join(made.raw)
    return {
        "world.json": world_text(contacts).encode(),
        "contacts.csv": csv_text(export, "\r\n").encode("utf-8-sig"),
        "renewals.csv": csv_text([RENEWAL_COLUMNS] + made.rows).encode() + raw,
        "labels.csv": csv_text(label_rows()).encode(),
        "names.csv": csv_text(name_rows()).encode(),
        "do-not-contact.csv": csv_text(do_not_contact_rows()).encode(),
        "faults.json": json_text(FAULTS).encode(),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--out", type=pathlib.Path, default=HERE, help="where the files are")
    options = parser.parse_args()
    stale = []
    for name, data in files().items():
        path = options.out / name
        if options.check:
            if not path.exists() or path.read_bytes() != data:
                stale.append(name)
        else:
            path.write_bytes(data)
    if stale:
        print(f"not up to date: {', '.join(stale)}; run samples/make_samples.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
