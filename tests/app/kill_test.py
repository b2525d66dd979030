#!/usr/bin/env python3
"""seqload is killed at hundreds of moments, and nothing is lost, done twice or claimed falsely.

    kill_test.py SEQLOAD APOLLO_SANDBOX KILL_AT [--kills N] [--trial N] [unittest arguments]

KILL_AT is the shim that tests/support/kill_at.cpp makes. --kills says how many kills to try in all,
--trial N repeats a single one of each kind.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import sqlite3
import sys
import traceback
import unittest

import kill_world
from kill_checks import demand
from kill_lab import Lab, Point, Programs, chance_of, points_to_try, spread
from kill_state import StateAtDeath, open_copy
from kill_trials import LoadTrial, PreparedLoad, UndoTrial, deaths_for, from_outside

OPTIONS = None  # set from the command line
WORKERS = 2
ENOUGH_KILLS = 300  # to meet every moment
VERSION_1 = pathlib.Path(__file__).resolve().parents[1] / "state" / "data" / "version_1.sql"

# Those that kills must have met. Just settled, and nothing in flight, is rarely seen: what is
# settled and what goes in flight next mostly share a commit.
LOAD_MOMENTS = {
    "before the run was on record",
    "during the first pass",
    "planned, before anything was in flight",
    "in flight, before the request had left",
    "sent, before the answer",
    "answered, before that was settled",
    "answer lost, before the next try",
    "all settled, before the report's rename",
    "between the renames of the reports",
    "after the ending was on record",
}
UNDO_MOMENTS = {
    "undo: before the run was on record",
    "undo: before anything was settled",
    "undo: under way",
    "undo: all settled, before the ending",
    "undo: after the ending was on record",
}


class Tally:
    """What was tried, for the reader of the test's output."""

    def __init__(self):
        self.points = set()
        self.kills = 0
        self.moments = collections.Counter()

    def add(self, trial):
        self.kills += len(trial.tried)
        self.points.update(map(str, trial.tried))
        self.moments.update(trial.moments)

    def tell(self, what):
        kinds = collections.Counter(point.split(":")[0] for point in self.points)
        print(f"\n{what}: killed {self.kills} times at {len(self.points)} points: "
              + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
        for moment, count in self.moments.most_common():
            print(f"  {count:4} {moment}")
        sys.stdout.flush()


def shares(things, count):
    return [things[place::count] for place in range(count)]


def numbered(deaths):
    trials = list(enumerate(deaths, 1))
    return [trial for trial in trials if OPTIONS.trial in (None, trial[0])]


class Kills(unittest.TestCase):
    def in_labs(self, work, things):
        """work(lab, thing) for each, in a few labs at once; every failure is told."""
        failures = []

        def in_one_lab(share):
            lab = Lab(OPTIONS.programs, seed=7)
            try:
                for thing in share:
                    try:
                        work(lab, thing)
                    except Exception:  # noqa: BLE001 one bad trial must not hide the next
                        failures.append((thing, traceback.format_exc()))
            finally:
                lab.close()

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(in_one_lab, shares(things, WORKERS)))
        if failures:
            lines = [f"{number} ({point}): {text.splitlines()[-1]}"
                     for (number, point), text in sorted(failures, key=lambda one: one[0][0])]
            self.fail(f"{len(failures)} of {len(things)} trials failed:\n" + "\n".join(lines)
                      + f"\n\nthe first to fail:\n{failures[0][1]}")

    def lab(self):
        lab = Lab(OPTIONS.programs, seed=7)
        self.addCleanup(lab.close)
        return lab

    def test_a_load_that_is_killed_ends_with_every_row_once(self):
        kills = OPTIONS.kills * 2 // 3
        lab = self.lab()
        lab.begin(kill_world.load_faults(0))
        totals = lab.count_points(lab.load_command())
        self.assertTrue(all(totals.values()), f"a kind of call was not seen: {totals}")
        chance = chance_of(1)
        outside = max(4, kills // 10)
        firsts = points_to_try(totals, kills - outside, chance)
        firsts += from_outside(outside, kill_world.PLAIN, chance)
        tally = Tally()

        def work(lab, numbered_death):
            number, first = numbered_death
            trial = LoadTrial(lab, number, deaths_for(number, first, totals, chance_of(number)))
            try:
                trial.try_it()
            finally:
                tally.add(trial)

        self.in_labs(work, numbered(firsts))
        tally.tell("load")
        # So few kills that are drawn may miss one.
        if OPTIONS.trial is None and OPTIONS.kills >= ENOUGH_KILLS:
            self.assertFalse(LOAD_MOMENTS - set(tally.moments), "moments that no kill has met")

    def test_an_undo_that_is_killed_takes_back_exactly_what_the_load_added(self):
        kills = OPTIONS.kills // 4
        lab = self.lab()
        prepared = PreparedLoad(lab)
        counted = UndoTrial(lab, 0, [], prepared)
        lab.begin([])
        prepared.put_back(lab)
        lab.sandbox.set_faults(kill_world.undo_faults(0))
        totals = lab.count_points(counted.begin_command())
        chance = chance_of(2)
        outside = max(2, kills // 10)
        firsts = points_to_try(totals, kills - outside, chance)
        firsts += from_outside(outside, 2 * kill_world.PLAIN, chance)
        tally = Tally()
        loads = {}

        def work(lab, numbered_death):
            number, first = numbered_death
            if lab not in loads:
                loads[lab] = PreparedLoad(lab)
            deaths = deaths_for(number, first, totals, chance_of(number))
            trial = UndoTrial(lab, number, deaths, loads[lab])
            try:
                trial.try_it()
            finally:
                tally.add(trial)

        self.in_labs(work, numbered(firsts))
        tally.tell("undo")
        # So few kills that are drawn may miss one.
        if OPTIONS.trial is None and OPTIONS.kills >= ENOUGH_KILLS:
            self.assertFalse(UNDO_MOMENTS - set(tally.moments), "moments that no kill has met")

    def test_a_migration_that_is_killed_loses_nothing_of_the_old_state(self):
        lab = self.lab()
        lab.begin([])
        make_version_1(lab.state)
        old = facts_of_version_1(lab.state, lab.folder)
        totals = lab.count_points(["runs", "--state", lab.state])
        kinds = ("state_write", "state_sync", "unlink")
        every = {kind: [Point(moment, kind, number) for number in range(1, totals[kind] + 1)
                        for moment in ("before", "after")] for kind in kinds}  # fmt: skip
        share = max(4, OPTIONS.kills // 30)
        points = [point for chosen in every.values() if chosen
                  for point in spread(chosen, min(share, len(chosen)))]  # fmt: skip
        tally = Tally()

        def work(lab, numbered_death):
            number, death = numbered_death
            trial = LoadTrial(lab, number, [])
            lab.begin([])
            make_version_1(lab.state)
            killed = lab.run(lab.load_command(), death)
            if killed.was_killed:
                trial.tried.append(death)
                state = StateAtDeath(lab.state, "load")
                trial.moments[f"state left at version {state.version}"] += 1
            tally.add(trial)
            demand(facts_of_version_1(lab.state, lab.folder) == old, "the old run is not as it was")
            if killed.was_killed:
                ended = lab.run(lab.load_command())
                demand(ended.code == 1, f"the next load ended with {ended.code}:", ended.stderr)
            demand(facts_of_version_1(lab.state, lab.folder) == old, "the old run is not as it was")

        self.in_labs(work, numbered(points))
        tally.tell("migration")
        if OPTIONS.trial is None:
            self.assertIn("state left at version 1", tally.moments)


def make_version_1(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path)
    database.executescript(VERSION_1.read_text(encoding="utf-8"))
    database.execute("PRAGMA journal_mode = WAL")
    database.close()


def facts_of_version_1(path, folder):
    """All that version 1 has on record of its run."""
    database = open_copy(path, folder)
    try:
        columns = {
            "runs": "run, id, command, api_url, team, options, output_directory, started_at, "
            "planned_rows, minimum_requests, finished_at, stop_reason, exit_code, counters",
            "inputs": "run, position, name, path, bytes, fingerprint, block_digests, rows, "
            "modified_ns, device, inode",
            "targets": "*",
            "batches": "run, batch, target, parent, state, attempts, sent_at, changed_at, "
            "http_status, request_id, members_kind, members",
            "outcomes": "run, row, status, reason, detail, same_as, contacts_added, "
            "contacts_skipped, batch, settled_at",
            "label_contacts": "*",
            "details": "*",
        }
        return {
            table: database.execute(f"SELECT {names} FROM {table} WHERE run = 1").fetchall()
            for table, names in columns.items()
        }
    finally:
        database.close()


def options_from(arguments):
    parser = argparse.ArgumentParser()
    for program in ("seqload", "sandbox", "kill_at"):
        parser.add_argument(program, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--kills", type=int, default=int(os.environ.get("SEQLOAD_KILLS", "400")))
    parser.add_argument("--trial", type=int)
    options, rest = parser.parse_known_args(arguments)
    options.programs = Programs(options.seqload, options.sandbox, options.kill_at)
    return options, rest


if __name__ == "__main__":
    OPTIONS, rest = options_from(sys.argv[1:])
    unittest.main(argv=[sys.argv[0], *rest])
