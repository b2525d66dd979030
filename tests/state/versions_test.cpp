#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

namespace seqload::state {

namespace {

// A state file made of tests/state/data/NAME.
std::filesystem::path state_of(const std::string& name, const test::TemporaryDirectory& directory) {
    std::ifstream stream(std::filesystem::path(STATE_TEST_DATA) / name);
    REQUIRE(stream);
    std::ostringstream sql;
    sql << stream.rdbuf();
    auto file = directory.path() / "state.db";
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(sql.str());
    return file;
}

std::string schema_of(const std::filesystem::path& file) {
    SQLite::Database database(file.string());
    return database
        .execAndGet(
            "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)")
        .getString();
}

constexpr const char* worked_example =
    R"(run 20261123-213622-k7q2 load https://api.apollo.io a1b2c3d4 {"batch_size":2} /var/seqload-out 2026-11-23T21:36:22.000Z, planned 7 rows in 3; 0 sent, 0 retried, 0 limited
input people.csv /data/people.csv 420 0123456789abcdef0123456789abcdef 1 7
plan of 1 targets
batch 2 in flight, in doubt, 2 attempts, target 0: 4=660000000000000000000014 5=660000000000000000000015
row 1 added  "" 1/0 in batch 1: 200 1 r-1 2026-11-23T21:36:25.000Z
row 2 invalid bad_contact_id "not 24 hex characters: "xyz"" 0/0 in batch 0: 0 0  2026-11-23T21:36:23.000Z
row 3 skipped contact_not_found "" 0/1 in batch 1: 200 1 r-1 2026-11-23T21:36:25.000Z
row 6 duplicate same_as_row_1 "" 0/0 in batch 0: 0 0  2026-11-23T21:36:23.000Z
row 7 added  "" 1/1 in batch 3: 200 1  2026-11-23T21:36:27.000Z
reached 7 660000000000000000000021 added 
reached 7 660000000000000000000022 already_in_sequence contacts_already_exists_in_current_campaign
ledger of a1b2c3d4: 3
)";

constexpr const char* with_an_undo =
    R"(run 20261124-080000-undo undo https://api.apollo.io a1b2c3d4 {"mode":"remove"} /var/seqload-out/undo 2026-11-24T08:00:00.000Z, planned 2 rows in 1; 1 sent, 0 retried, 0 limited; undoes 20261123-213622-k7q2
plan of 0 targets
removal 1 of row 1: 660000000000000000000011 from 660000000000000000000001 removed  "" 200 1 r-2 2026-11-24T08:00:01.000Z
removal 2 of row 7: 660000000000000000000021 from 660000000000000000000001 not_attempted  "" 0 0  
ledger of a1b2c3d4: 3
run 20261123-213622-k7q2 load https://api.apollo.io a1b2c3d4 {"batch_size":2} /var/seqload-out 2026-11-23T21:36:22.000Z, planned 7 rows in 3; 4 sent, 1 retried, 1 limited
input people.csv /data/people.csv 420 0123456789abcdef0123456789abcdef 1 7
plan of 1 targets
batch 2 in flight, in doubt, 2 attempts, target 0: 4=660000000000000000000014 5=660000000000000000000015
row 1 added  "" 1/0 in batch 1: 200 1 r-1 2026-11-23T21:36:25.000Z
row 2 invalid bad_contact_id "not 24 hex characters: "xyz"" 0/0 in batch 0: 0 0  2026-11-23T21:36:23.000Z
row 3 already_in_sequence found_there "" 0/0 in batch 1: 200 1 r-1 2026-11-23T21:38:20.000Z verified
row 6 duplicate same_as_row_1 "" 0/0 in batch 0: 0 0  2026-11-23T21:36:23.000Z
row 7 added  "" 1/1 in batch 3: 200 1  2026-11-23T21:36:27.000Z
reached 7 660000000000000000000021 added 
reached 7 660000000000000000000022 already_in_sequence contacts_already_exists_in_current_campaign
ledger of a1b2c3d4: 3
)";

constexpr const char* with_an_expanded_label =
    R"(run 20261125-080000-expd load https://api.apollo.io a1b2c3d4 {"expand_labels":true} /var/seqload-out/expd 2026-11-25T08:00:00.000Z, planned 1 rows in 1; 1 sent, 0 retried, 0 limited
input labels.csv /data/labels.csv 40 fedcba9876543210fedcba9876543210 1 1
labels from /var/seqload-out/expd/expanded-labels.csv /var/seqload-out/expd/expanded-labels.csv
plan of 1 targets
row 1 added  "" 1/1 in batch 0: 0 0  2026-11-25T08:00:03.000Z
label of row 1, target 0: 2 rows from 2
ledger of a1b2c3d4: 4
)";

constexpr const char* with_a_common_outcome =
    R"(run 20261126-080000-comn load https://api.apollo.io a1b2c3d4 {"batch_size":4} /var/seqload-out/comn 2026-11-26T08:00:00.000Z, planned 4 rows in 1; 1 sent, 0 retried, 0 limited
input four.csv /data/four.csv 160 89abcdef0123456789abcdef01234567 1 4
plan of 1 targets
row 1 added  "" 1/0 in batch 1: 200 1 r-4 2026-11-26T08:00:03.000Z
row 2 skipped contact_not_found "" 0/1 in batch 1: 200 1 r-4 2026-11-26T08:00:03.000Z
row 3 added  "" 1/0 in batch 1: 200 1 r-4 2026-11-26T08:00:03.000Z
row 4 already_in_sequence found_there "" 0/0 in batch 1: 200 1 r-4 2026-11-26T08:01:00.000Z verified
ledger of a1b2c3d4: 7
)";

}  // namespace

TEST_CASE("a state of version 1 tells what it told when it was written") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_1.sql", directory));
    CHECK(facts_of(*store) == worked_example);
    CHECK(must(store->run(run_id)).inputs.front().block_digests == std::vector{std::uint64_t{255}});
}

TEST_CASE("a run of version 1 can be carried on") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_1.sql", directory));
    must(apply(*store, {BatchInDoubt{.batch = 2, .at = at(60)}, in_flight(2, std::nullopt, 3, 61),
                        settled(2, all({4, 5}, RowStatus::added), 62)}));
    CHECK(outcomes_of(*store).size() == 7);
    CHECK(must(store->open_batches(run_id)).empty());
}

TEST_CASE(
    "what version 1 knew of people and requests is in the ledger and the totals of version 2") {
    const test::TemporaryDirectory directory;
    const auto file = state_of("version_1.sql", directory);
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec(R"sql(UPDATE runs SET counters =
                            '{"requests":{"sent":7,"retried":2,"rate_limited":1}}')sql");
    }
    const auto store = open_store(file);
    CHECK(must(store->run(run_id)).requests ==
          RequestTotals{.sent = 7, .retried = 2, .rate_limited = 1});
    auto ledger = must(store->ledger("https://api.apollo.io", "a1b2c3d4"));
    for (const std::uint32_t contact : {0x11U, 0x21U, 0x22U})
        CHECK(must(ledger.find(id(1), id(contact))) == run_id);
    for (const std::uint32_t contact : {0x13U, 0x14U, 0x15U})  // skipped; still on their way
        CHECK_FALSE(must(ledger.find(id(1), id(contact))));
    CHECK(must(ledger.size()) == 3);
}

TEST_CASE("runs of version 1 that did not say whose contacts theirs are stay out of the ledger") {
    const test::TemporaryDirectory directory;
    const auto file = state_of("version_1.sql", directory);
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec("UPDATE runs SET team = '', counters = 'no JSON'");
    }
    const auto store = open_store(file);
    CHECK(must(store->run(run_id)).requests == RequestTotals{});
    CHECK(must(must(store->ledger("https://api.apollo.io", "")).size()) == 0);
}

TEST_CASE("a state of version 2 tells what it told when it was written") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_2.sql", directory));
    CHECK(facts_of(*store) == with_an_undo);
    auto ledger = must(store->ledger("https://api.apollo.io", "a1b2c3d4"));
    CHECK(must(ledger.find(id(1), id(0x13))) == run_id);
    CHECK_FALSE(must(ledger.find(id(1), id(0x11))));  // the undo took it out
}

TEST_CASE("an undo of version 2 can be carried on") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_2.sql", directory));
    must(store->apply("20261124-080000-undo",
                      std::vector<Change>{RemovalsSettled{
                          .outcomes = {{.number = 2, .status = RemovalStatus::removed}},
                          .leaves_sequence = true,
                          .http_status = 200,
                          .attempts = 1,
                          .at = at(90)}}));
    CHECK(must(must(store->ledger("https://api.apollo.io", "a1b2c3d4")).size()) == 2);
    CHECK(must(store->added_contacts(run_id, {})).empty());
}

TEST_CASE("a state of version 3 tells what it told when it was written") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_3.sql", directory));
    CHECK(facts_of(*store) == with_an_undo);
    const auto log = must(store->join_quota_log({.api_url = "https://api.apollo.io",
                                                 .team = "a1b2c3d4",
                                                 .path = "/emailer_campaigns/{id}/add_contact_ids"},
                                                at(0)));
    CHECK(log.writer.source == 3);  // the second one left nothing
    REQUIRE(log.foreign.size() == 1);
    CHECK(log.foreign.front() == ForeignQuotaEvent{1, 1, {.what = R"({"sent":1})", .at = at(3)}});
}

TEST_CASE("a state of version 3 has no expanded labels, and can have some") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_3.sql", directory));
    CHECK(must(store->expanded_labels(run_id)).empty());
    CHECK_FALSE(must(store->run(run_id)).expanded_labels);
    must(store->begin_run(new_run("20261125-080000-expd")));
    const std::vector<ExpandedLabel> labels{{.row = 1, .target = 0, .first = 2, .contacts = 1}};
    must(store->expand_labels("20261125-080000-expd", labels, at(1)));
    CHECK(must(store->expanded_labels("20261125-080000-expd")) == labels);
}

TEST_CASE("a state of version 4 tells what it told when it was written") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_4.sql", directory));
    const std::string facts = facts_of(*store);
    CHECK(facts.substr(0, facts.find("run 20261124")) == with_an_expanded_label);
    CHECK(all_of(store->outcomes("20261125-080000-expd", OutcomesOf::plan)).size() == 2);
}

TEST_CASE("what was settled row by row in version 4 stays so, and what follows is shared") {
    const test::TemporaryDirectory directory;
    const auto file = state_of("version_4.sql", directory);
    const auto store = open_store(file);
    must(apply(*store, {BatchInDoubt{.batch = 2, .at = at(60)}, in_flight(2, std::nullopt, 3, 61),
                        settled(2, all({4, 5}, RowStatus::added), 62)}));
    const auto outcomes = outcomes_of(*store);
    REQUIRE(outcomes.size() == 7);
    CHECK(outcomes[0].outcome.status == RowStatus::added);
    CHECK(outcomes[3].outcome == all({4}, RowStatus::added).front());
    CHECK(outcomes[4].batch == 2);
    CHECK(must(store->counts(run_id)).rows[RowStatus::added] == 4);
    SQLite::Database database(file.string());
    CHECK(database.execAndGet("SELECT count(*) FROM outcomes WHERE run = 1").getInt() == 5);
    CHECK(apply(*store, {RowsSettled{.outcomes = all({1}, RowStatus::invalid), .at = at(70)}})
              .error()
              .what.ends_with("row 1 has an outcome already"));
}

TEST_CASE("a state of version 5 tells what it told when it was written") {
    const test::TemporaryDirectory directory;
    const auto store = open_store(state_of("version_5.sql", directory));
    const std::string facts = facts_of(*store);
    CHECK(facts.substr(0, facts.find("run 20261125")) == with_a_common_outcome);
    CHECK(must(store->counts("20261126-080000-comn")).contacts_added == 2);
}

TEST_CASE("an older state whose tables turn out to be damaged stays in its version") {
    const test::TemporaryDirectory directory;
    const auto file = state_of("version_4.sql", directory);
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        database.exec(R"sql(PRAGMA writable_schema = ON;
                            UPDATE sqlite_schema SET sql = replace(sql, 'detail ', 'dexail ')
                            WHERE name = 'outcomes')sql");
    }
    const auto refused = Store::open(file);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::local_fault);
    CHECK(refused.error().what.contains("detail"));
    SQLite::Database database(file.string());
    CHECK(database.execAndGet("PRAGMA user_version").getInt() == 4);
}

TEST_CASE("a new state has the same tables as one that came up from an older version") {
    for (const std::string version :
         {"version_1.sql", "version_2.sql", "version_3.sql", "version_4.sql", "version_5.sql"}) {
        CAPTURE(version);
        const test::TemporaryDirectory directory;
        const auto old = state_of(version, directory);
        open_store(old).reset();
        const auto fresh = directory.path() / "fresh.db";
        open_store(fresh).reset();
        CHECK(schema_of(fresh) == schema_of(old));
    }
}

}  // namespace seqload::state
