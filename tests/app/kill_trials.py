"""One trial each: something is begun, killed, taken up again (and perhaps killed again) until it is
done, and then held against the sandbox.
"""

import collections
import shutil

import kill_checks as checks
import kill_world
from kill_checks import demand
from kill_lab import FromOutside, Point
from kill_state import StateAtDeath

MOST_DEATHS = 10


class Trial:
    """What is common to loads and undos. number makes the trial: its faults and its deaths."""

    command = None  # as runs.command has it

    def __init__(self, lab, number, deaths):
        self.lab = lab
        self.number = number
        self.deaths = deaths
        self.tried = []  # where it really died
        self.moments = collections.Counter()
        self.died = []  # (state, mark) after each death

    def begin_command(self):
        raise NotImplementedError

    def went_well(self, code):
        raise NotImplementedError

    def run(self):
        """Until it is done: what the last process said."""
        left = list(self.deaths)
        command = self.begin_command()
        while True:
            death = left.pop(0) if left else None
            ended = self.lab.run(command, death)
            if not ended.was_killed:
                return ended
            self.tried.append(death)
            demand(len(self.tried) <= MOST_DEATHS, "it dies without being killed:", ended.stderr)
            command = self.after_death()

    def after_death(self):
        """Looks at what is left, and says how it goes on."""
        mark = self.lab.mark()
        state = StateAtDeath(self.lab.state, self.command)
        self.look(state, mark)
        if self.died:
            checks.check_nothing_was_forgotten(self.died[-1][0], state)
        self.died.append((state, mark))
        if state.run is None:
            return self.begin_command()
        which = [state.run] if self.number % 2 else []  # the latest by itself
        return ["resume", *which, "--state", self.lab.state]

    def look(self, state, mark):
        raise NotImplementedError

    def resume_again(self, ended):
        """Once it has ended, resuming says so, sends nothing, and exits as it did."""
        mark = self.lab.mark()
        again = self.lab.run(["resume", "--state", self.lab.state])
        demand(again.code == ended.code, f"resumed once more it exits with {again.code}, "
               f"not {ended.code}:", again.stderr)  # fmt: skip
        demand("has ended" in again.stderr + again.stdout,
               "resumed once more it does not say that it has ended:", again.stderr)  # fmt: skip
        self.demand_no_request_after(mark)

    def demand_no_request_after(self, mark):
        later = [request for request in self.lab.sandbox.requests()
                 if request["connection"] > mark.connection]  # fmt: skip
        demand(not later, "it sent requests, and had nothing to send:",
               [(request["route"], request["contacts"]) for request in later])  # fmt: skip


class LoadTrial(Trial):
    command = "load"

    @property
    def connections(self):
        return 1 if self.number % 4 == 1 else 4

    def begin_command(self):
        return self.lab.load_command(self.connections)

    def try_it(self):
        lab = self.lab
        lab.begin(kill_world.load_faults(self.number))
        ended = self.run()
        demand(ended.code == 1, f"it ended with {ended.code}:", ended.stderr)
        requests = lab.mark().requests
        report = lab.report()
        people = lab.report("label-contacts.csv")
        checks.check_report(lab.rows, report, people, lab.ledger())
        checks.check_summary(lab.summary(), report, people, ended.code)
        checks.check_attention(lab.report("attention.csv"), report)
        checks.check_requests_were_counted(
            lab.summary(), requests, self.connections * len(self.died)
        )
        for state, mark in self.died:
            checks.check_nothing_settled_was_sent_again(lab.rows, state, mark, requests)
            self.demand_told_as_settled(state, report)
        self.resume_again(ended)

    def look(self, state, mark):
        seen = checks.additions(mark.requests, up_to=mark.connection)
        checks.check_what_left_was_on_record(state, seen)
        self.moments.update(set(checks.moments(state, seen, self.lab.out)))
        if checks.is_halved(state):
            self.moments["with a batch that was halved"] += 1

    def demand_told_as_settled(self, state, report):
        if not state.is_planned:
            return
        for number, (status, reason, _) in state.settled.items():
            row = report[number - 1]
            demand((row["status"], row["reason"]) == (status, reason),
                   f"row {number} was settled {status}/{reason}, and is told as", row)  # fmt: skip


class UndoTrial(Trial):
    """The undo of a load that was made before: its state is in prepared.state, and what it added
    is put into the sandbox anew."""

    command = "undo"

    def __init__(self, lab, number, deaths, prepared):
        super().__init__(lab, number, deaths)
        self.prepared = prepared
        self.mode = ("remove", "remove", "stop", "mark_as_finished")[number % 4]
        self.with_answer_lost = number % 5 == 0

    def begin_command(self):
        more = ["--include-answer-lost"] if self.with_answer_lost else []
        return ["undo", self.prepared.run, "--yes", "--state", self.lab.state,
                "--out", self.lab.out, "--mode", self.mode, "--attempts", "50",
                "--give-up-after", "1d", *more]  # fmt: skip

    def try_it(self):
        lab = self.lab
        lab.begin([])
        self.prepared.put_back(lab)
        lab.sandbox.set_faults(kill_world.undo_faults(self.number))
        ended = self.run()
        demand(ended.code == 0, f"it ended with {ended.code}:", ended.stderr)
        self.check_ledger(lab.ledger())
        self.check_report(lab.report(), lab.summary(), ended.code)
        self.check_nothing_settled_was_sent_again()
        self.resume_again(ended)
        self.undo_again()

    def look(self, state, mark):
        self.moments.update([undo_moment(state)])

    def own(self):
        """Whom the undo is about: (sequence, contact)."""
        return self.prepared.added | (self.prepared.lost if self.with_answer_lost else set())

    def check_ledger(self, ledger):
        deed = {"remove": "removed", "stop": "stopped", "mark_as_finished": "finished"}[self.mode]
        done = {key for key, entry in ledger.items() if entry[deed]}
        demand(done == self.own(), "not removed:", self.own() - done, "or removed, and not its own:",
               done - self.own())  # fmt: skip
        others = {key for key, entry in ledger.items()
                  for other in ("removed", "stopped", "finished") if other != deed and entry[other]}
        demand(not others, "something else was done to", others)

    def check_report(self, report, summary, code):
        done = {"remove": "removed", "stop": "stopped"}.get(self.mode, self.mode.replace("mark", "marked"))
        told = [(row["sequence_id"], row["contact_id"]) for row in report]
        demand(sorted(told) == sorted(self.own()), "report.csv does not name its contacts once each")
        for row in report:
            demand(row["status"] in (done, "not_in_sequence"), f"not {done}:", row)
            demand(row["status"] == done or row["reason"] == "answer_lost"
                   or self.never_was_there(row), "told as never there:", row)  # fmt: skip
        # The summary counts whatever was done as removed, and names the mode beside it.
        statuses = collections.Counter(
            "removed" if row["status"] == done else row["status"] for row in report)
        told = {status: count for status, count in summary["contacts"].items() if count}
        demand(told == {"total": len(report), **statuses}, "summary.json counts", told)
        demand(summary["exit_code"] == code, "summary.json has exit code", summary["exit_code"])

    def never_was_there(self, row):
        return (row["sequence_id"], row["contact_id"]) in self.prepared.lost

    def check_nothing_settled_was_sent_again(self):
        requests = self.lab.mark().requests
        for state, mark in self.died:
            settled = {(sequence, contact) for contact, sequence, is_settled
                       in state.removals.values() if is_settled}  # fmt: skip
            for request in requests:
                if request["connection"] > mark.connection:
                    again = checks.asked_for(request) & settled
                    demand(not again, "removed again, though settled before the kill:", again)

    def undo_again(self):
        mark = self.lab.mark()
        again = self.lab.run(self.begin_command())
        demand(again.code == 0, f"undone once more it ends with {again.code}:", again.stderr)
        self.demand_no_request_after(mark)


def undo_moment(state):
    if state.run is None:
        return "undo: before the run was on record"
    if not state.is_planned:
        return "undo: before the removals were on record"
    if state.has_ended:
        return "undo: after the ending was on record"
    settled = sum(is_settled for _, _, is_settled in state.removals.values())
    if settled == len(state.removals):
        return "undo: all settled, before the ending"
    return "undo: under way" if settled else "undo: before anything was settled"


def is_lost(row):
    return (row["status"], row["reason"]) == ("already_in_sequence", "answer_lost")


class PreparedLoad:
    """A load that has ended, to be undone again and again."""

    def __init__(self, lab):
        lab.begin(kill_world.load_faults(0))
        ended = lab.run(lab.load_command())
        demand(ended.code == 1, f"the load ended with {ended.code}:", ended.stderr)
        self.run = lab.summary()["run_id"]
        self.state = lab.folder / "prepared.db"
        shutil.copyfile(lab.state, self.state)
        report = lab.report()
        self.added = self._keys(report, lambda row: row["status"] == "added")
        self.lost = self._keys(report, is_lost)
        demand(self.lost, "no answer was lost: the undo would prove too little")
        for person in lab.report("label-contacts.csv"):
            key = (lab.rows[int(person["row"]) - 1].sequence, person["contact_id"])
            if person["status"] == "added":
                self.added.add(key)
            elif is_lost(person):
                self.lost.add(key)
        # Whoever a contact row and a label name: one of them has added.
        self.lost -= self.added
        self.in_sequences = collections.defaultdict(list)
        for (sequence, contact), entry in lab.ledger().items():
            if entry["added"]:
                self.in_sequences[sequence].append(contact)

    @staticmethod
    def _keys(report, wanted):
        return {(row["sequence_id"], row["contact_id"])
                for row in report if row["contact_id"] and wanted(row)}  # fmt: skip

    def put_back(self, lab):
        lab.state.parent.mkdir(parents=True)
        shutil.copyfile(self.state, lab.state)
        for sequence, contacts in self.in_sequences.items():
            answer = lab.sandbox.add(sequence, contacts)
            demand(answer.status == 200, answer.body)


def deaths_for(number, first, totals, chance):
    """Where a trial's processes die: the first as told, and in a third of the trials those that
    take it up again, too, once or twice."""
    deaths = [first]
    if number % 3 == 0:
        kinds = [kind for kind, total in totals.items() if total]
        for _ in range(chance.choice((1, 2))):
            kind = chance.choice(kinds)
            moment = "after" if kind == "receive" else chance.choice(("before", "after"))
            deaths.append(Point(moment, kind, chance.randint(1, max(1, totals[kind] // 2))))
    return deaths


def from_outside(count, most, chance):
    return [FromOutside(chance.randint(0, most)) for _ in range(count)]
