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

// migrations[n] makes version n + 1 of version n. Never changed once released.
constexpr std::array migrations{version_1};
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

Result<void> migrate(SQLite::Database& database, const std::string& file) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const SchemaMark mark = read_mark(database);
    if (auto known = check_mark(mark, file); !known)
        return known;
    for (auto version = static_cast<std::size_t>(mark.version); version < migrations.size();
         ++version)
        database.exec(migrations.at(version));
    database.exec(joined("PRAGMA application_id = ", std::to_string(stored::application_id)));
    database.exec(joined("PRAGMA user_version = ", std::to_string(stored::schema_version)));
    transaction.commit();
    return {};
}

}  // namespace seqload::state
