// Batches whose rows share an outcome: it stands once, in the batch, and every row is told of all
// the same.

#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <cstdint>
#include <filesystem>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

namespace seqload::state {

namespace {

std::vector<RowNumber> rows_between(RowNumber first, RowNumber last) {
    std::vector<RowNumber> rows(last - first + 1);
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

std::int64_t number_in(const std::filesystem::path& file, const std::string& query) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    return database.execAndGet(query).getInt64();
}

void write_into(const std::filesystem::path& file, const char* statement) {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(statement);
}

// Rows 1 to 100 in one batch: all added, but for 7, which was skipped.
std::vector<Change> a_hundred() {
    auto outcomes = all(rows_between(1, 100), RowStatus::added, "paused", "later");
    for (Outcome& outcome : outcomes) {
        outcome.contacts_added = 1;
        outcome.contacts_skipped = 0;
    }
    outcomes[6] = all({7}, RowStatus::skipped, "contact_not_found")[0];
    return {in_flight(1, contacts(rows_between(1, 100), 1)), settled(1, outcomes)};
}

std::string why_refused(Store& store, std::initializer_list<Change> changes) {
    const std::string before = facts_of(store);
    const Error refused = apply(store, changes).error();
    CHECK(facts_of(store) == before);
    return refused.what.substr(refused.what.find(": ") + 2);
}

Change settled_alone(RowNumber row) {
    return RowsSettled{.outcomes = all({row}, RowStatus::invalid), .at = at(9)};
}

class AHundredRows {
public:
    AHundredRows() { must(store->apply(run_id, a_hundred())); }

    void open_anew() { store = open_store(file); }

    const test::TemporaryDirectory directory;
    const std::filesystem::path file = directory.path() / "state.db";
    std::unique_ptr<Store> store = begun(open_store(file));
};

}  // namespace

TEST_CASE("of a batch whose rows fared alike only those that did not have an entry of their own") {
    const AHundredRows state;
    CHECK(number_in(state.file, "SELECT count(*) FROM outcomes") == 1);
    CHECK(number_in(state.file, "SELECT row FROM outcomes") == 7);
    CHECK(number_in(state.file, "SELECT common_rows FROM batches") == 99);
    const auto outcomes = outcomes_of(*state.store);
    REQUIRE(outcomes.size() == 100);
    for (RowNumber row = 1; row <= 100; ++row) {
        const RecordedOutcome& recorded = outcomes[row - 1];
        CHECK(recorded.outcome.row == row);
        CHECK(recorded.outcome.status == (row == 7 ? RowStatus::skipped : RowStatus::added));
        CHECK(recorded.outcome.reason == (row == 7 ? "contact_not_found" : "paused"));
        CHECK(recorded.outcome.detail == (row == 7 ? "" : "later"));
        CHECK(recorded.outcome.contacts_added.value_or(9) == (row == 7 ? 9 : 1));
        CHECK(recorded.batch == 1);
        CHECK(recorded.request_id == "request-1");
        CHECK(recorded.settled_at == at(2));
        CHECK_FALSE(recorded.verified);
    }
}

TEST_CASE("a row that has its batch's outcome gets no second one, from whoever opened the state") {
    for (const bool anew : {false, true}) {
        for (const RowNumber row : {1U, 7U, 50U, 100U}) {
            CAPTURE(anew);
            CAPTURE(row);
            const std::string refusal = "row " + std::to_string(row) + " has an outcome already";
            AHundredRows alone;
            if (anew)
                alone.open_anew();
            CHECK(why_refused(*alone.store, {settled_alone(101), settled_alone(row)}) == refusal);

            AHundredRows in_a_batch;
            if (anew)
                in_a_batch.open_anew();
            CHECK(why_refused(*in_a_batch.store,
                              {in_flight(2, contacts({row, 101, 102})),
                               settled(2, all({row, 101, 102}, RowStatus::added))}) == refusal);
        }
    }
}

TEST_CASE("a row that has an outcome of its own gets none from a batch") {
    for (const bool anew : {false, true}) {
        CAPTURE(anew);
        AHundredRows state;
        must(apply(*state.store, {settled_alone(200)}));
        if (anew)
            state.open_anew();
        CHECK(why_refused(*state.store,
                          {in_flight(2, contacts(rows_between(198, 201))),
                           settled(2, all(rows_between(198, 201), RowStatus::added))}) ==
              "row 200 has an outcome already");
    }
}

TEST_CASE("rows at the ends of what a row can be are told apart") {
    const auto store = begun_in_memory();
    constexpr RowNumber last = 4'294'967'295;
    must(apply(*store, {in_flight(1, contacts({1, 65'536, 65'537, last - 1})),
                        settled(1, all({1, 65'536, 65'537, last - 1}, RowStatus::added)),
                        settled_alone(65'535), settled_alone(last)}));
    CHECK(plain_outcomes_of(*store).size() == 6);
    CHECK(why_refused(*store, {settled_alone(last - 2), settled_alone(last - 1)}) ==
          "row 4294967294 has an outcome already");
}

TEST_CASE("of two stores that write to one run in turn, neither settles what the other has") {
    const test::TemporaryDirectory directory;
    const auto first = begun(open_store(directory.path() / "state.db"));
    const auto second = open_store(directory.path() / "state.db");
    must(apply(*second, {settled_alone(1)}));
    must(apply(*first, {RowsSettled{.outcomes = all(rows_between(2, 60), RowStatus::invalid),
                                    .at = at(9)}}));
    CHECK(why_refused(*second,
                      {RowsSettled{.outcomes = all(rows_between(60, 160), RowStatus::invalid),
                                   .at = at(9)}}) == "row 60 has an outcome already");
}

TEST_CASE("what another store has settled is known to the one that takes the run from it") {
    const test::TemporaryDirectory directory;
    auto first = begun(open_store(directory.path() / "state.db"));
    const auto second = open_store(directory.path() / "state.db");
    must(apply(*second, {settled_alone(900)}));  // so it has looked what is settled
    must(first->apply(run_id, a_hundred()));
    first.reset();
    must(second->take(run_id));
    CHECK(why_refused(*second, {settled_alone(50)}) == "row 50 has an outcome already");
}

TEST_CASE("a row that is verified leaves the common outcome, and the others keep it") {
    for (const bool anew : {false, true}) {
        CAPTURE(anew);
        AHundredRows state;
        if (anew)
            state.open_anew();
        const auto verified_as = [](RowNumber row, RowStatus status, int second) {
            return RowsVerified{.outcomes = all({row}, status, "verified"), .at = at(second)};
        };
        must(apply(*state.store, {verified_as(50, RowStatus::failed, 60)}));
        must(apply(*state.store, {verified_as(51, RowStatus::failed, 61),
                                  verified_as(50, RowStatus::already_in_sequence, 62),
                                  verified_as(7, RowStatus::added, 63)}));
        CHECK(number_in(state.file, "SELECT common_rows FROM batches") == 97);
        CHECK(number_in(state.file, "SELECT count(*) FROM outcomes") == 3);
        const auto outcomes = outcomes_of(*state.store);
        REQUIRE(outcomes.size() == 100);
        CHECK(outcomes[49].outcome.status == RowStatus::already_in_sequence);
        CHECK(outcomes[49].settled_at == at(62));
        CHECK(outcomes[49].verified);
        CHECK(outcomes[49].batch == 1);
        CHECK(outcomes[50].outcome.status == RowStatus::failed);
        CHECK(outcomes[6].outcome.status == RowStatus::added);
        CHECK(outcomes[51].outcome.status == RowStatus::added);
        CHECK_FALSE(outcomes[51].verified);
        const Counts counts = must(state.store->counts(run_id));
        CHECK(counts.rows[RowStatus::added] == 98);
        CHECK(counts.rows[RowStatus::failed] == 1);
        CHECK(counts.rows.total() == 100);
        CHECK(counts.contacts_added == 97);
        CHECK(must(state.store->rows_to_verify(run_id, true)).size() == 97);
    }
}

TEST_CASE("when its last row is verified nothing has the common outcome any more") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1, 2})),
                        settled(1, all({1, 2}, RowStatus::unconfirmed, "answer_lost"))}));
    must(apply(*store,
               {RowsVerified{.outcomes = all({1, 2}, RowStatus::added, "verified"), .at = at(9)}}));
    CHECK(plain_outcomes_of(*store) == all({1, 2}, RowStatus::added, "verified"));
    const Counts counts = must(store->counts(run_id));
    CHECK(counts.rows[RowStatus::unconfirmed] == 0);
    CHECK(counts.reasons.size() == 1);
    CHECK(must(store->settled_rows(run_id))[2]);
    CHECK(why_refused(*store, {settled_alone(2)}) == "row 2 has an outcome already");
}

TEST_CASE("rows of a batch that do not ascend are told in order all the same") {
    const auto store = begun_in_memory();
    must(apply(*store,
               {in_flight(1, contacts({9, 2, 5})), settled(1, all({9, 5, 2}, RowStatus::added))}));
    CHECK(plain_outcomes_of(*store) == all({2, 5, 9}, RowStatus::added));
}

TEST_CASE("a run that is pruned takes its common outcomes with it") {
    const AHundredRows state;
    must(state.store->end_run(
        run_id,
        {.stop_reason = "finished", .exit_code = 0, .finished_at = at(3), .counters_json = "{}"}));
    const auto other = open_store(state.file);
    CHECK(must(other->prune(at(100))).runs == 0);  // it is still taken
    AHundredRows another;
    another.open_anew();
    CHECK(must(another.store->prune(at(100))).runs == 1);
    CHECK(number_in(another.file, "SELECT count(*) FROM batches") == 0);
    another.store = begun(std::move(another.store));
    CHECK(outcomes_of(*another.store).empty());
    must(another.store->apply(run_id, a_hundred()));
    CHECK(outcomes_of(*another.store).size() == 100);
}

TEST_CASE("members that cannot be read are damage to whoever asks for outcomes") {
    for (const char* statement :
         {"UPDATE batches SET members = x'0000'",
          "UPDATE batches SET members = substr(members, 1, 100)",
          "UPDATE batches SET members = x''",
          // no row; one twice; the last before the first
          "UPDATE batches SET members = CAST(x'00000000660000000000000000000001' || members AS "
          "BLOB)",
          "UPDATE batches SET members = CAST(substr(members, 1, 16) || members AS BLOB)",
          "UPDATE batches SET members = CAST(members || substr(members, 1, 16) AS BLOB)"}) {
        CAPTURE(statement);
        AHundredRows state;
        state.store.reset();
        write_into(state.file, statement);
        state.open_anew();
        const auto is_damage = [](const Error& error) {
            return error.what.starts_with("the state is damaged: ");
        };
        auto cursor = must(state.store->outcomes(run_id));
        auto read = cursor.next();
        while (read && *read)
            read = cursor.next();
        REQUIRE_FALSE(read);
        CHECK(is_damage(read.error()));
        CHECK(must(cursor.next()) == nullptr);
        CHECK(is_damage(state.store->rows_to_verify(run_id, true).error()));
        CHECK(is_damage(state.store->added_contacts(run_id, {}).error()));
    }
}

TEST_CASE("two batches that give one row an outcome are damage") {
    const AHundredRows state;
    must(apply(*state.store, {in_flight(2, contacts({101, 102})),
                              settled(2, all({101, 102}, RowStatus::added))}));
    write_into(state.file,
               "UPDATE batches SET members = (SELECT members FROM batches b "
               "WHERE b.batch = 1) WHERE batch = 2");
    auto cursor = must(state.store->outcomes(run_id));
    CHECK(must(cursor.next())->outcome.row == 1);
    CHECK(cursor.next().error().what == "the state is damaged: row 1 has two outcomes");
}

}  // namespace seqload::state
