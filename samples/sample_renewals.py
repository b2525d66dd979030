"""renewals.csv: rows of every fate, and the contacts of the world that they are about."""

from sample_people import (
    EVENT,
    GONE,
    NEWS,
    POOL,
    RENEWAL,
    ROBIN,
    SENDER,
    SUMMER,
    UNKNOWN_SEQUENCE,
    WELCOME,
    contact_id,
    person,
)

# trait of the contact, the reason that Apollo gives, the flag that waives it
SKIPS = [
    line.split()
    for line in """
no_email contacts_without_email sequence_no_email
unverified_email contacts_unverified_email sequence_unverified_email
unverified_user_managed contacts_with_unverified_user_managed_email contact_verification_skipped
job_change contacts_with_job_change sequence_job_change
active_elsewhere contacts_active_in_other_campaigns sequence_active_in_other_campaigns
finished_elsewhere contacts_finished_in_other_campaigns sequence_finished_in_other_campaigns
colleague_in_sequence contacts_in_same_company sequence_same_company_in_same_campaign
owned_by_other contacts_without_ownership_permission contacts_without_ownership_permission
pending contacts_in_pending_state add_if_in_queue
unsubscribed contacts_unsubscribed -
""".strip().splitlines()
]

RENEWAL_COLUMNS = """contact_id sequence_id email_account_id status auto_unpause_at user_id
send_email_from_email_address sequence_no_email sequence_unverified_email sequence_job_change
sequence_active_in_other_campaigns sequence_finished_in_other_campaigns
sequence_same_company_in_same_campaign contacts_without_ownership_permission add_if_in_queue
contact_verification_skipped""".split() + ["Customer No.", "What becomes of it"]


class Renewals:
    """Rows for renewals.csv, and the contacts of the world that they are about."""

    def __init__(self):
        self.rows = []
        self.contacts = []
        self.raw = []  # lines that csv would not write
        self.count = 0

    def contact(self, *traits, **more):
        self.count += 1
        number = self.count
        email = f"renewal.{number}@customer-{number}.example.com"
        made = person(contact_id(number, 1), number, email, **more)
        if traits:
            made["traits"] = list(traits)
        self.contacts.append(made)
        return made["id"]

    def row(self, contact, fate, sequence=RENEWAL, mailbox=ROBIN, **cells):
        cells = {"contact_id": contact, "sequence_id": sequence, "email_account_id": mailbox, **cells}
        cells["Customer No."] = f"C-{len(self.rows) + 1:05d}"
        cells["What becomes of it"] = fate
        self.rows.append([cells.get(column, "") for column in RENEWAL_COLUMNS])


def renewals():
    made = Renewals()
    for _ in range(230):
        made.row(made.contact(), "added")
    for _ in range(12):
        made.row(made.contact(), "added, several mailboxes in turn", mailbox=f"{ROBIN};{NEWS}")
    for _ in range(10):
        made.row(made.contact(), "added, paused: the sequence is inactive", sequence=SUMMER)
    for _ in range(5):
        made.row(
            made.contact(),
            "added, paused until 2099",
            status="paused",
            auto_unpause_at="2099-01-07T08:00:00+01:00",
            user_id=SENDER,
        )
    for _ in range(3):
        made.row(
            made.contact(),
            "added, sent from an alias",
            send_email_from_email_address="robin.alias@mail.example.com",
        )
    for status in ("active", "paused", "finished"):
        contact = made.contact(memberships=[{"sequence": RENEWAL, "status": status}])
        made.row(contact, "already_in_sequence")
    for trait, reason, flag in SKIPS:
        made.row(made.contact(trait), f"skipped: {reason}")
        if flag != "-":
            made.row(made.contact(trait), f"added: {flag} allows it", **{flag: "yes"})
    elsewhere = made.contact(memberships=[{"sequence": WELCOME, "status": "active"}])
    made.row(elsewhere, "skipped: contacts_active_in_other_campaigns")
    finished = made.contact(memberships=[{"sequence": WELCOME, "status": "finished"}])
    made.row(finished, "skipped: contacts_finished_in_other_campaigns")
    made.contact(account=7, memberships=[{"sequence": RENEWAL, "status": "active"}])
    made.row(made.contact(account=7), "skipped: contacts_in_same_company")
    for number in range(4):
        made.row(contact_id(number, 0xEE), "skipped: contact_not_found")
    repeated = made.contact()
    made.row(repeated, "added")
    made.row(repeated, "duplicate")
    made.row(repeated.upper(), "duplicate: an id's case does not matter")
    made.row(made.contact(), "failed: sequence_not_found", sequence=UNKNOWN_SEQUENCE)
    made.row(made.contact(), "failed: mailbox_inactive", mailbox=GONE)
    made.row(made.contact(), "failed: mailbox_not_supported", sequence=EVENT, mailbox=POOL)
    invalid_renewals(made)
    return made


def invalid_renewals(made):
    made.row("", "invalid: missing_contact_or_label")
    made.row("66e34b81740c5001", "invalid: bad_contact_id (too short)")
    made.row("zz34b81740c5001000000001", "invalid: bad_contact_id (no hex)")
    made.row(made.contact(), "invalid: missing_sequence_id", sequence="")
    made.row(made.contact(), "invalid: bad_sequence_id", sequence="Renewal")
    made.row(made.contact(), "invalid: missing_email_account_id", mailbox="")
    made.row(made.contact(), "invalid: bad_email_account_id", mailbox=f"{ROBIN};nobody")
    made.row(made.contact(), "invalid: bad_flag", sequence_no_email="maybe")
    made.row(made.contact(), "invalid: bad_status", status="sleeping")
    made.row(made.contact(), "invalid: bad_user_id", user_id="robin")
    made.row(
        made.contact(), "invalid: bad_email_address", send_email_from_email_address="not an address"
    )
    for when, why in [
        ("2099-01-07 08:00", "no zone"),
        ("2001-01-07T08:00:00Z", "in the past"),
        ("next week", "no date"),
    ]:
        made.row(
            made.contact(),
            f"invalid: bad_auto_unpause_at ({why})",
            status="paused",
            auto_unpause_at=when,
        )
    made.row(
        made.contact(),
        "invalid: bad_auto_unpause_at (without status paused)",
        auto_unpause_at="2099-01-07T08:00:00Z",
    )
    good = f"{RENEWAL},{ROBIN}"
    made.raw.append(f"{made.contact()},{good}\n".encode())  # wrong_column_count: too few
    made.raw.append(f"{made.contact()},{good}{',' * 20}\n".encode())  # … too many
    padding = "," * 13
    tail = "C-90001,invalid: bad_utf8 \xff\xfe"
    made.raw.append(f"{made.contact()},{good},{padding}{tail}\n".encode("latin-1"))
    tail = "C-90002,invalid: nul_byte \0"
    made.raw.append(f"{made.contact()},{good},{padding}{tail}\n".encode())
    tail = 'C-90003,"invalid: unterminated_quote'
    made.raw.append(f"{made.contact()},{good},{padding}{tail}\n".encode())
