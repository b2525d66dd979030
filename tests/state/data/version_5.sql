-- A state of schema version 5: the one of version_4.sql as that version brought it up, and a run with
-- a batch of four rows: two have the outcome that stands with the batch, one fared otherwise, one was
-- verified.
-- Never changed; every later seqload must be able to open it.
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
, undoes                TEXT, process               INTEGER, requests_sent         INTEGER NOT NULL DEFAULT 0, requests_retried      INTEGER NOT NULL DEFAULT 0, requests_rate_limited INTEGER NOT NULL DEFAULT 0) STRICT;

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
    inode          INTEGER NOT NULL, of_labels INTEGER NOT NULL DEFAULT 0,
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
    members       BLOB    NOT NULL, common_status INTEGER CHECK (common_status BETWEEN 1 AND 8), common_reason           INTEGER, common_detail           INTEGER, common_contacts_added   INTEGER, common_contacts_skipped INTEGER, common_rows             INTEGER,
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
    settled_at        INTEGER, verified_at INTEGER,
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

INSERT INTO runs VALUES (1, '20261123-213622-k7q2', 'load', 'https://api.apollo.io', 'a1b2c3d4',
    '{"batch_size":2}', '/var/seqload-out', 1795469782000, 7, 3, NULL, NULL, NULL, NULL, NULL, 4711,
    4, 1, 1);
INSERT INTO runs VALUES (2, '20261124-080000-undo', 'undo', 'https://api.apollo.io', 'a1b2c3d4',
    '{"mode":"remove"}', '/var/seqload-out/undo', 1795507200000, 2, 1, NULL, NULL, NULL, NULL,
    '20261123-213622-k7q2', 4712, 1, 0, 0);
INSERT INTO inputs VALUES (1, 0, 'people.csv', '/data/people.csv', 420,
    '0123456789abcdef0123456789abcdef', x'00000000000000ff', 7, 1795460000000000000, 64769, 131, 0);
INSERT INTO targets VALUES (1, 0, x'660000000000000000000001', x'660000000000000000000002', '',
    NULL, 0, '', 0, 4, 1, 3);
INSERT INTO batches VALUES (1, 1, 0, NULL, 6, 1, 1795469784000, 1795469785000, 200, 'r-1', 1,
    x'0000000166000000000000000000001100000003660000000000000000000013',
    NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO batches VALUES (1, 2, 0, NULL, 4, 2, 1795469788000, 1795469788000, NULL, NULL, 1,
    x'0000000466000000000000000000001400000005660000000000000000000015',
    NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO batches VALUES (1, 3, 0, NULL, 6, 1, 1795469786000, 1795469787000, 200, NULL, 2,
    x'0000000700000003564950',
    NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO reasons VALUES (1, 'bad_contact_id');
INSERT INTO reasons VALUES (2, 'same_as_row');
INSERT INTO reasons VALUES (3, 'contact_not_found');
INSERT INTO reasons VALUES (4, 'contacts_already_exists_in_current_campaign');
INSERT INTO reasons VALUES (5, 'found_there');
INSERT INTO details VALUES (1, 1, 'not 24 hex characters: "xyz"');
INSERT INTO outcomes VALUES (1, 1, 1, NULL, NULL, NULL, 1, 0, 1, NULL, NULL);
INSERT INTO outcomes VALUES (1, 2, 6, 1, 1, NULL, NULL, NULL, NULL, 1795469783000, NULL);
INSERT INTO outcomes VALUES (1, 3, 2, 5, NULL, NULL, 0, NULL, 1, NULL, 1795469900000);
INSERT INTO outcomes VALUES (1, 6, 4, 2, NULL, 1, NULL, NULL, NULL, 1795469783000, NULL);
INSERT INTO outcomes VALUES (1, 7, 1, NULL, NULL, NULL, 1, 1, 3, NULL, NULL);
INSERT INTO label_contacts VALUES (1, 7, 1, x'660000000000000000000021', 1, NULL);
INSERT INTO label_contacts VALUES (1, 7, 2, x'660000000000000000000022', 2, 4);
INSERT INTO places VALUES (1, 'https://api.apollo.io', 'a1b2c3d4', x'660000000000000000000001');
INSERT INTO sources VALUES (1, '20261123-213622-k7q2');
INSERT INTO ledger VALUES (1, x'660000000000000000000013', 1, 2);
INSERT INTO ledger VALUES (1, x'660000000000000000000021', 1, 1);
INSERT INTO ledger VALUES (1, x'660000000000000000000022', 1, 2);
INSERT INTO removals VALUES (2, 1, 1, x'660000000000000000000011', x'660000000000000000000001', 2,
    NULL, NULL, 200, 1, 'r-2', 1795507201000);
INSERT INTO removals VALUES (2, 2, 7, x'660000000000000000000021', x'660000000000000000000001', 1,
    NULL, NULL, NULL, 0, NULL, NULL);

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

INSERT INTO quota_routes VALUES (1, 'https://api.apollo.io', 'a1b2c3d4',
    '/emailer_campaigns/{id}/add_contact_ids');
INSERT INTO quota_sources VALUES (1, 1);
INSERT INTO quota_sources VALUES (2, 1);
INSERT INTO quota_events VALUES (1, 1, 1, '{"sent":1}', 1795469785000);
INSERT INTO team_lists VALUES ('https://api.apollo.io', 'a1b2c3d4', 'users', '[]', 1795469785000);

CREATE TABLE expanded_labels (
    run       INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    row       INTEGER NOT NULL,
    target    INTEGER NOT NULL,
    first     INTEGER NOT NULL,
    contacts  INTEGER NOT NULL,
    read_at   INTEGER NOT NULL,
    PRIMARY KEY (run, row)
) STRICT, WITHOUT ROWID;

INSERT INTO runs VALUES (3, '20261125-080000-expd', 'load', 'https://api.apollo.io', 'a1b2c3d4',
    '{"expand_labels":true}', '/var/seqload-out/expd', 1795593600000, 1, 1, NULL, NULL, NULL, NULL,
    NULL, NULL, 1, 0, 0);
INSERT INTO inputs VALUES (3, 0, 'labels.csv', '/data/labels.csv', 40,
    'fedcba9876543210fedcba9876543210', x'00000000000000fe', 1, 0, 0, 0, 0);
INSERT INTO inputs VALUES (3, 1, '/var/seqload-out/expd/expanded-labels.csv',
    '/var/seqload-out/expd/expanded-labels.csv', 400, '00112233445566770011223344556677',
    x'00000000000000fd', 2, 0, 0, 0, 1);
INSERT INTO targets VALUES (3, 0, x'660000000000000000000001', x'660000000000000000000002', '',
    NULL, 0, '', 0, 0, 1, 1);
INSERT INTO batches VALUES (3, 1, 0, NULL, 6, 1, 1795593602000, 1795593603000, 200, 'r-3', 1,
    x'0000000266000000000000000000003100000003660000000000000000000032',
    NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO outcomes VALUES (3, 2, 1, NULL, NULL, NULL, 1, 0, 1, NULL, NULL);
INSERT INTO outcomes VALUES (3, 3, 3, 3, NULL, NULL, 0, 1, 1, NULL, NULL);
INSERT INTO sources VALUES (2, '20261125-080000-expd');
INSERT INTO ledger VALUES (1, x'660000000000000000000031', 2, 1);
INSERT INTO expanded_labels VALUES (3, 1, 0, 2, 2, 1795593601000);

INSERT INTO runs VALUES (4, '20261126-080000-comn', 'load', 'https://api.apollo.io', 'a1b2c3d4',
    '{"batch_size":4}', '/var/seqload-out/comn', 1795680000000, 4, 1, NULL, NULL, NULL, NULL,
    NULL, NULL, 1, 0, 0);
INSERT INTO inputs VALUES (4, 0, 'four.csv', '/data/four.csv', 160,
    '89abcdef0123456789abcdef01234567', x'00000000000000fc', 4, 0, 0, 0, 0);
INSERT INTO targets VALUES (4, 0, x'660000000000000000000001', x'660000000000000000000002', '',
    NULL, 0, '', 0, 4, 0, 1);
INSERT INTO batches VALUES (4, 1, 0, NULL, 6, 1, 1795680002000, 1795680003000, 200, 'r-4', 1,
    x'00000001660000000000000000000041000000026600000000000000000000420000000366000000000000000000004300000004660000000000000000000044',
    1, NULL, NULL, 1, 0, 2);
INSERT INTO outcomes VALUES (4, 2, 3, 3, NULL, NULL, 0, 1, 1, NULL, NULL);
INSERT INTO outcomes VALUES (4, 4, 2, 5, NULL, NULL, 0, NULL, 1, NULL, 1795680060000);
INSERT INTO sources VALUES (3, '20261126-080000-comn');
INSERT INTO ledger VALUES (1, x'660000000000000000000041', 3, 1);
INSERT INTO ledger VALUES (1, x'660000000000000000000043', 3, 1);
INSERT INTO ledger VALUES (1, x'660000000000000000000044', 3, 2);

PRAGMA application_id = 1936028012;
PRAGMA user_version = 5;
