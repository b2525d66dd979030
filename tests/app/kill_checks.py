"""What must hold for a load that was killed, however often and wherever."""

import collections

import kill_world
from kill_state import IN_DOUBT, IN_FLIGHT, IN_FLIGHT_IN_DOUBT, SPLIT, WAITING


def demand(condition, *words):
    if not condition:
        raise AssertionError(" ".join(map(str, words)))


def additions(requests, up_to=None, after=None):
    """The requests that ask to add somebody, by the connection that they came on."""
    return [
        request
        for request in requests
        if request["route"] == "add_contact_ids"
        and (up_to is None or request["connection"] <= up_to)
        and (after is None or request["connection"] > after)
    ]


def asked_for(request):
    """(sequence, contact or label) of everyone whom a request is about."""
    asked = request["asked"]
    return {(sequence, each) for sequence in asked["sequence_ids"]
            for each in asked["contact_ids"] + asked["label_names"]}  # fmt: skip


def check_what_left_was_on_record(state, requests):
    """Every request that left stands in the state as one that may have."""
    on_record = {
        (batch.sequence, each)
        for batch in state.batches
        if batch.attempts > 0
        for each in batch.asked
    }
    for request in requests:
        unknown = asked_for(request) - on_record
        demand(not unknown, "a request left that is not on record as in flight:", unknown)


def check_nothing_was_forgotten(before, now):
    """Whatever was settled at an earlier death still is, and in the same way."""
    if not before.is_planned:
        return  # nothing was sent, and the first pass starts over
    for row, fate in before.settled.items():
        demand(now.settled.get(row) == fate, f"row {row} was {fate}, and is", now.settled.get(row))


def check_nothing_settled_was_sent_again(rows, state, mark, requests):
    settled = {rows[row - 1].key for row, fate in state.settled.items() if fate[2]}
    for request in additions(requests, after=mark.connection):
        again = asked_for(request) & settled
        demand(not again, "asked for again, though settled before the kill:", again)


def check_report(rows, report, label_people, ledger):
    """Each row once, its fate true; the report and the ledger name the same people."""
    demand([int(row["row"]) for row in report] == list(range(1, len(rows) + 1)),
           "report.csv has not every row once, in order")  # fmt: skip
    for listed, row in zip(rows, report):
        fate = (row["status"], row["reason"])
        demand(fate in listed.fates, f"row {row['row']} is {fate}, and can only be",
               sorted(listed.fates))  # fmt: skip

    told = [((row["sequence_id"], row["contact_id"]), row) for row in report if row["contact_id"]]
    told += [((rows[int(person["row"]) - 1].sequence, person["contact_id"]), person)
             for person in label_people]  # fmt: skip
    claimed = [key for key, row in told if row["status"] == "added"]
    lost = {key for key, row in told
            if (row["status"], row["reason"]) == ("already_in_sequence", "answer_lost")}  # fmt: skip
    before = kill_world.members_before()
    added = {key for key, entry in ledger.items() if entry["added"]}

    demand(len(claimed) == len(set(claimed)), "called added twice:",
           [key for key, times in collections.Counter(claimed).items() if times > 1])  # fmt: skip
    demand(not set(claimed) & before, "called added, but were there:", set(claimed) & before)
    demand(set(claimed) <= added, "called added, but were not:", set(claimed) - added)
    demand(added <= set(claimed) | lost, "added, but not told:", added - set(claimed) - lost)
    demand(lost <= added | before, "answer_lost, but never added:", lost - added - before)
    twice = [key for key, entry in ledger.items() if entry["added"] > 1]
    demand(not twice, "added more than once:", twice)


def check_summary(summary, report, label_people, code):
    statuses = collections.Counter(row["status"] for row in report)
    for status, count in summary["rows"].items():
        expected = len(report) if status == "total" else statuses[status]
        demand(count == expected, f"summary.json counts {count} {status}, report.csv {expected}")
    reasons = collections.Counter((row["status"], row["reason"]) for row in report)
    for (status, reason), count in reasons.items():
        if reason and not reason.startswith("same_as_row_"):
            told = summary["reasons"].get(status, {}).get(reason)
            demand(told == count, f"summary.json counts {told} {status}/{reason}, not {count}")
    added = sum(row["status"] == "added" and bool(row["contact_id"]) for row in report)
    added += sum(person["status"] == "added" for person in label_people)
    demand(summary["contacts"]["added"] == added,
           f"summary.json has {summary['contacts']['added']} contacts added, not {added}")
    demand(summary["exit_code"] == code, "summary.json has exit code", summary["exit_code"])
    demand(summary["stop_reason"] == "finished", "it stopped:", summary["stop_reason"])


def check_attention(attention, report):
    needing = [row for row in report if row["status"] in kill_world.NEEDS_A_PERSON]
    demand(
        [(row["result_status"], row["result_reason"]) for row in attention]
        == [(row["status"], row["reason"]) for row in needing],
        "attention.csv does not hold the rows that need a person",
    )


def check_requests_were_counted(summary, requests, spare):
    """Never fewer than came. More only where a connection went away under a request: spare of them
    by kills (and as many lost on the way once more), others by faults that end a connection."""
    came = additions(requests)
    seen = len(came)
    sent = summary["requests"]["sent"]
    demand(seen <= sent, f"{seen} requests came, and only {sent} were counted")
    most = seen + 2 * spare + sum(bool(request["faults"]) for request in came)
    demand(sent <= most, f"{sent} requests were counted, and at most {most} can have left")


def moments(state, seen, out):
    """What the process was about when it died, in the words of src/state/README.md."""
    if state.run is None:
        yield "before the run was on record"
        return
    if not state.is_planned:
        yield "during the first pass"
        return
    if state.has_ended:
        yield "after the ending was on record"
        return
    if not state.batches:
        yield "planned, before anything was in flight"
        return
    open_batches = state.open_batches
    if not open_batches and len(state.settled) == state.planned_rows:
        there = {path.name for path in out.iterdir()} if out.exists() else set()
        yield ("between the renames of the reports" if "report.csv" in there
               else "all settled, before the report's rename")  # fmt: skip
        return
    yield from (_moment_of_batch(batch, state, seen) for batch in open_batches)
    if not open_batches:
        yield "settled, before the next was in flight"


def _moment_of_batch(batch, state, seen):
    if batch.state == WAITING:
        return "refused for the quota, before the next try"
    if batch.state == IN_DOUBT:
        return "answer lost, before the next try"
    assert batch.state in (IN_FLIGHT, IN_FLIGHT_IN_DOUBT), batch.state
    whom = {(batch.sequence, each) for each in batch.asked}
    came = [request for request in seen if asked_for(request) == whom]
    if len(came) < batch.attempts:
        return "in flight, before the request had left"
    if came[-1]["whole"]:
        return "answered, before that was settled"
    return "sent, before the answer"


def is_halved(state):
    return any(batch.state == SPLIT for batch in state.batches)
