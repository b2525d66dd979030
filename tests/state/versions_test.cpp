#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

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
    R"(run 20261123-213622-k7q2 load https://api.apollo.io a1b2c3d4 {"batch_size":2} /var/seqload-out 2026-11-23T21:36:22.000Z, planned 7 rows in 3
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

TEST_CASE("a new state has the same tables as one that came up from version 1") {
    const test::TemporaryDirectory directory;
    const auto old = state_of("version_1.sql", directory);
    open_store(old).reset();
    const auto fresh = directory.path() / "fresh.db";
    open_store(fresh).reset();
    CHECK(schema_of(fresh) == schema_of(old));
}

}  // namespace seqload::state
