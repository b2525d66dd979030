"""What a state file says after its process has died: read from a copy, so that looking changes
nothing. The format is in src/state/README.md.
"""

import shutil
import sqlite3
import tempfile
from pathlib import Path

STATUSES = (
    None,
    "added",
    "already_in_sequence",
    "skipped",
    "duplicate",
    "excluded",
    "invalid",
    "failed",
    "unconfirmed",
)
WAITING, IN_FLIGHT, IN_DOUBT, IN_FLIGHT_IN_DOUBT, SPLIT, SETTLED = range(1, 7)
NOT_REMOVED_YET = 1


def open_copy(path, folder):
    """A connection to a copy of the state with its log, as recovery would find it."""
    copy = Path(folder) / "copy.db"
    shutil.copyfile(path, copy)
    log = Path(f"{path}-wal")
    if log.exists():
        shutil.copyfile(log, f"{copy}-wal")
    return sqlite3.connect(copy)


class Batch:
    def __init__(self, number, state, attempts, sequence, kind, members):
        self.number = number
        self.state = state
        self.attempts = attempts
        self.sequence = sequence
        self.rows = []
        self.asked = set()  # contact ids or labels
        at = 0
        while at < len(members):
            self.rows.append(int.from_bytes(members[at : at + 4], "big"))
            if kind == 1:
                self.asked.add(members[at + 4 : at + 16].hex())
                at += 16
            else:
                length = int.from_bytes(members[at + 4 : at + 8], "big")
                self.asked.add(members[at + 8 : at + 8 + length].decode())
                at += 8 + length


class StateAtDeath:
    """One run as it stands in the state. A state that is not there, or does not know the run, has
    no run."""

    def __init__(self, path, command):
        self.version = None
        self.run = None
        self.is_planned = False
        self.planned_rows = None
        self.has_ended = False
        self.settled = {}  # row: (status, reason, whether it was in a batch)
        self.batches = []
        self.removals = {}  # number: (contact, sequence, settled)
        if not Path(path).exists():
            return
        with tempfile.TemporaryDirectory(prefix="state-at-death-") as folder:
            database = open_copy(path, folder)
            try:
                self._read(database, command)
            finally:
                database.close()

    def _read(self, database, command):
        damage = database.execute("PRAGMA quick_check").fetchall()
        if damage != [("ok",)]:
            raise AssertionError(f"the state is damaged: {damage}")
        self.version = database.execute("PRAGMA user_version").fetchone()[0]
        if self.version < 2:
            return
        found = database.execute(
            "SELECT run, id, planned_rows, finished_at FROM runs WHERE command = ? "
            "ORDER BY run DESC LIMIT 1",
            [command],
        ).fetchone()
        if found is None:
            return
        number, self.run, self.planned_rows, finished_at = found
        self.is_planned = self.planned_rows is not None
        self.has_ended = finished_at is not None
        self._read_rows(database, number)

    def _read_rows(self, database, number):
        for row, status, reason, same_as, batch in database.execute(
            "SELECT o.row, o.status, coalesce(r.text, ''), o.same_as, o.batch FROM outcomes o "
            "LEFT JOIN reasons r ON r.reason = o.reason WHERE o.run = ?",
            [number],
        ):
            reason = f"same_as_row_{same_as}" if same_as is not None else reason
            self.settled[row] = (STATUSES[status], reason, batch is not None)
        for batch in database.execute(
            "SELECT b.batch, b.state, b.attempts, hex(t.sequence), b.members_kind, b.members "
            "FROM batches b JOIN targets t ON t.run = b.run AND t.target = b.target "
            "WHERE b.run = ? ORDER BY b.batch",
            [number],
        ):
            self.batches.append(Batch(*batch[:3], batch[3].lower(), *batch[4:]))
        if self.version >= 5:
            self._read_common_outcomes(database, number)
        for place, contact, sequence, status in database.execute(
            "SELECT number, contact, sequence, status FROM removals WHERE run = ?", [number]
        ):
            self.removals[place] = (contact.hex(), sequence.hex(), status != NOT_REMOVED_YET)

    def _read_common_outcomes(self, database, number):
        """Rows without an entry of their own in outcomes have what their batch says."""
        for status, reason, members in database.execute(
            "SELECT b.common_status, coalesce(r.text, ''), b.members FROM batches b "
            "LEFT JOIN reasons r ON r.reason = b.common_reason "
            "WHERE b.run = ? AND b.common_rows > 0",
            [number],
        ):
            for at in range(0, len(members), 16):
                row = int.from_bytes(members[at : at + 4], "big")
                self.settled.setdefault(row, (STATUSES[status], reason, True))

    @property
    def open_batches(self):
        return [batch for batch in self.batches if batch.state not in (SPLIT, SETTLED)]
