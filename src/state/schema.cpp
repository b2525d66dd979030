#include "schema.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"

#include <array>
#include <cstddef>

#include <SQLiteCpp/Transaction.h>

namespace seqload::state {

namespace {

constexpr const char* version_1 = R"sql(
CREATE TABLE runs (
    run               INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT    NOT NULL UNIQUE,
    command           TEXT    NOT NULL,
    api_url           TEXT    NOT NULL,
    team              TEXT    NOT NULL,
    options           TEXT    NOT NULL,
    output_directory  TEXT    NOT NULL,
    started_at        INTEGER NOT NULL,
    planned_rows      INTEGER,
    minimum_requests  INTEGER,
    finished_at       INTEGER,
    stop_reason       TEXT,
    exit_code         INTEGER,
    counters          TEXT
) STRICT;

CREATE TABLE inputs (
    run            INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    name           TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    bytes          INTEGER NOT NULL,
    fingerprint    TEXT    NOT NULL,
    block_digests  BLOB    NOT NULL,
    rows           INTEGER NOT NULL,
    modified_ns    INTEGER NOT NULL,
    device         INTEGER NOT NULL,
    inode          INTEGER NOT NULL,
    PRIMARY KEY (run, position)
) STRICT;

CREATE TABLE targets (
    run              INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    target           INTEGER NOT NULL,
    sequence         BLOB    NOT NULL,
    mailboxes        BLOB    NOT NULL,
    from_address     TEXT    NOT NULL,
    user             BLOB,
    initial_status   INTEGER NOT NULL,
    auto_unpause_at  TEXT    NOT NULL,
    flags            INTEGER NOT NULL,
    rows             INTEGER NOT NULL,
    labels           INTEGER NOT NULL,
    requests         INTEGER NOT NULL,
    PRIMARY KEY (run, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
    run           INTEGER NOT NULL,
    batch         INTEGER NOT NULL CHECK (batch > 0),
    target        INTEGER NOT NULL,
    parent        INTEGER,
    state         INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
    attempts      INTEGER NOT NULL,
    sent_at       INTEGER,
    changed_at    INTEGER NOT NULL,
    http_status   INTEGER,
    request_id    TEXT,
    members_kind  INTEGER NOT NULL CHECK (members_kind BETWEEN 1 AND 2),
    members       BLOB    NOT NULL,
    PRIMARY KEY (run, batch),
    FOREIGN KEY (run, target) REFERENCES targets (run, target) ON DELETE CASCADE
) STRICT;

CREATE TABLE reasons (
    reason  INTEGER PRIMARY KEY,
    text    TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE details (
    run     INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    detail  INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    PRIMARY KEY (run, detail)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
    run               INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    row               INTEGER NOT NULL CHECK (row BETWEEN 1 AND 4294967295),
    status            INTEGER NOT NULL CHECK (status BETWEEN 1 AND 8),
    reason            INTEGER,
    detail            INTEGER,
    same_as           INTEGER,
    contacts_added    INTEGER,
    contacts_skipped  INTEGER,
    batch             INTEGER,
    settled_at        INTEGER,
    PRIMARY KEY (run, row),
    CHECK ((batch IS NULL) <> (settled_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE label_contacts (
    run       INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    row       INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    contact   BLOB    NOT NULL,
    status    INTEGER NOT NULL CHECK (status BETWEEN 1 AND 8),
    reason    INTEGER,
    PRIMARY KEY (run, row, position)
) STRICT, WITHOUT ROWID;
)sql";

// The ledger is filled from the runs that say whose contacts theirs are: for each
// settled batch of contacts the recursion takes the members apart, and a member's
// first four bytes, as hex, are the number of its row.
constexpr const char* version_2 = R"sql(
ALTER TABLE runs ADD COLUMN undoes                TEXT;
ALTER TABLE runs ADD COLUMN process               INTEGER;
ALTER TABLE runs ADD COLUMN requests_sent         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN requests_retried      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN requests_rate_limited INTEGER NOT NULL DEFAULT 0;

UPDATE runs SET
    requests_sent = max(0, CAST(coalesce(
        json_extract(counters, '$.requests.sent'), 0) AS INTEGER)),
    requests_retried = max(0, CAST(coalesce(
        json_extract(counters, '$.requests.retried'), 0) AS INTEGER)),
    requests_rate_limited = max(0, CAST(coalesce(
        json_extract(counters, '$.requests.rate_limited'), 0) AS INTEGER))
WHERE json_valid(counters);

ALTER TABLE outcomes ADD COLUMN verified_at INTEGER;

CREATE TABLE places (
    place     INTEGER PRIMARY KEY,
    api_url   TEXT NOT NULL,
    team      TEXT NOT NULL,
    sequence  BLOB NOT NULL,
    UNIQUE (api_url, team, sequence)
) STRICT;

CREATE TABLE sources (
    source  INTEGER PRIMARY KEY,
    run_id  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE ledger (
    place    INTEGER NOT NULL,
    contact  BLOB    NOT NULL,
    source   INTEGER NOT NULL,
    how      INTEGER NOT NULL CHECK (how BETWEEN 1 AND 2),
    PRIMARY KEY (place, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE removals (
    run          INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number > 0),
    row          INTEGER NOT NULL,
    contact      BLOB    NOT NULL,
    sequence     BLOB    NOT NULL,
    status       INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
    reason       INTEGER,
    detail       INTEGER,
    http_status  INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0,
    request_id   TEXT,
    settled_at   INTEGER,
    PRIMARY KEY (run, number),
    CHECK ((status = 1) = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO places (api_url, team, sequence)
SELECT DISTINCT r.api_url, r.team, t.sequence
FROM runs r JOIN targets t USING (run) WHERE r.team <> '';

INSERT INTO sources (run_id) SELECT id FROM runs WHERE team <> '' ORDER BY run;

WITH RECURSIVE member (run, batch, target, at, members) AS (
    SELECT run, batch, target, 1, members
    FROM batches JOIN runs USING (run)
    WHERE team <> '' AND state = 6 AND members_kind = 1
    UNION ALL
    SELECT run, batch, target, at + 16, members FROM member WHERE at + 16 < length(members)
),
known (run, target, row, contact) AS MATERIALIZED (
    SELECT run, target, hex(substr(members, at, 4)), substr(members, at + 4, 12) FROM member
)
INSERT OR IGNORE INTO ledger (place, contact, source, how)
SELECT p.place, k.contact, s.source, o.status
FROM runs r
JOIN outcomes o ON o.run = r.run AND o.status <= 2
JOIN known k ON k.run = o.run AND k.row = printf('%08X', o.row)
JOIN targets t ON t.run = k.run AND t.target = k.target
JOIN places p ON p.api_url = r.api_url AND p.team = r.team AND p.sequence = t.sequence
JOIN sources s ON s.run_id = r.id
WHERE r.team <> ''
ORDER BY r.run, o.row;

INSERT OR IGNORE INTO ledger (place, contact, source, how)
SELECT p.place, c.contact, s.source, c.status
FROM runs r
JOIN label_contacts c ON c.run = r.run AND c.status <= 2
JOIN outcomes o ON o.run = c.run AND o.row = c.row
JOIN batches b ON b.run = o.run AND b.batch = o.batch
JOIN targets t ON t.run = b.run AND t.target = b.target
JOIN places p ON p.api_url = r.api_url AND p.team = r.team AND p.sequence = t.sequence
JOIN sources s ON s.run_id = r.id
WHERE r.team <> ''
ORDER BY r.run, c.row, c.position;
)sql";

// sources are never given twice, and events never go back: both outlive what is deleted.
constexpr const char* version_3 = R"sql(
CREATE TABLE quota_routes (
    route    INTEGER PRIMARY KEY,
    api_url  TEXT NOT NULL,
    team     TEXT NOT NULL,
    path     TEXT NOT NULL,
    UNIQUE (api_url, team, path)
) STRICT;

CREATE TABLE quota_sources (
    source  INTEGER PRIMARY KEY AUTOINCREMENT,
    route   INTEGER NOT NULL REFERENCES quota_routes (route)
) STRICT;

CREATE TABLE quota_events (
    event   INTEGER PRIMARY KEY AUTOINCREMENT,
    route   INTEGER NOT NULL REFERENCES quota_routes (route),
    source  INTEGER NOT NULL,
    what    TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX quota_events_of_route ON quota_events (route, event);

CREATE TABLE team_lists (
    api_url  TEXT    NOT NULL,
    team     TEXT    NOT NULL,
    list     TEXT    NOT NULL,
    content  TEXT    NOT NULL,
    read_at  INTEGER NOT NULL,
    PRIMARY KEY (api_url, team, list)
) STRICT, WITHOUT ROWID;
)sql";

// Rows of the plan from `first` on stand for the label row, which has no outcome itself.
constexpr const char* version_4 = R"sql(
CREATE TABLE expanded_labels (
    run       INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    row       INTEGER NOT NULL,
    target    INTEGER NOT NULL,
    first     INTEGER NOT NULL,
    contacts  INTEGER NOT NULL,
    read_at   INTEGER NOT NULL,
    PRIMARY KEY (run, row)
) STRICT, WITHOUT ROWID;

ALTER TABLE inputs ADD COLUMN of_labels INTEGER NOT NULL DEFAULT 0;
)sql";

// The outcome that most rows of a settled batch share. common_rows says how many still have it.
constexpr const char* version_5 = R"sql(
ALTER TABLE batches ADD COLUMN common_status INTEGER CHECK (common_status BETWEEN 1 AND 8);
ALTER TABLE batches ADD COLUMN common_reason           INTEGER;
ALTER TABLE batches ADD COLUMN common_detail           INTEGER;
ALTER TABLE batches ADD COLUMN common_contacts_added   INTEGER;
ALTER TABLE batches ADD COLUMN common_contacts_skipped INTEGER;
ALTER TABLE batches ADD COLUMN common_rows             INTEGER;
)sql";

// migrations[n] makes version n + 1 of version n. Never changed once released.
constexpr std::array migrations{version_1, version_2, version_3, version_4, version_5};
static_assert(migrations.size() == stored::schema_version);

}  // namespace

SchemaMark read_mark(SQLite::Database& database) {
    return {
        .application_id = database.execAndGet("PRAGMA application_id").getInt64(),
        .version = database.execAndGet("PRAGMA user_version").getInt64(),
        .has_tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() > 0,
    };
}

Result<void> check_mark(const SchemaMark& mark, const std::string& file) {
    if (mark.is_blank())
        return {};
    if (mark.application_id != stored::application_id || mark.version < 1)
        return fail(ErrorKind::local_fault, "this SQLite database is not a state of seqload", file,
                    "name another file with --state");
    if (mark.version > stored::schema_version)
        return fail(ErrorKind::local_fault,
                    joined("the state was written by a newer seqload (its schema is version ",
                           std::to_string(mark.version), ", this program knows up to ",
                           std::to_string(stored::schema_version), ")"),
                    file, "use that seqload, or name another file with --state");
    return {};
}

Result<void> migrate(SQLite::Database& database, const std::string& file,
                     const std::function<void()>& prove) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const SchemaMark mark = read_mark(database);
    if (auto known = check_mark(mark, file); !known)
        return known;
    if (mark.version == stored::schema_version)
        return {};
    for (auto version = static_cast<std::size_t>(mark.version); version < migrations.size();
         ++version)
        database.exec(migrations.at(version));
    database.exec(joined("PRAGMA application_id = ", std::to_string(stored::application_id)));
    database.exec(joined("PRAGMA user_version = ", std::to_string(stored::schema_version)));
    prove();
    transaction.commit();
    return {};
}

}  // namespace seqload::state
