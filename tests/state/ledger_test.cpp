#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

const Id here = id(0xa1);
const Id elsewhere = id(0xa2);

std::optional<RunId> known_from(const Store& store, const Id& contact, const Id& sequence = here,
                                const std::string& team = "a1b2c3d4") {
    auto ledger = must(store.ledger("https://api.apollo.io", team));
    return must(ledger.find(sequence, contact));
}

std::uint64_t size_of(const Store& store, const std::string& team = "a1b2c3d4") {
    return must(must(store.ledger("https://api.apollo.io", team)).size());
}

// One more run with the same plan.
void begin_another(Store& store, const RunId& name, const std::string& team = "a1b2c3d4") {
    NewRun run = new_run(name);
    run.team = team;
    must(store.begin_run(run));
    must(store.record_plan(name, plan_of(two_targets())));
}

void settle_in(Store& store, const RunId& run, std::vector<Outcome> outcomes,
               const Batch& content) {
    const std::vector<Change> changes{in_flight(1, content), settled(1, std::move(outcomes))};
    must(store.apply(run, changes));
}

}  // namespace

TEST_CASE("whom a run added or found there already is known from then on, and nobody else") {
    const auto store = begun_in_memory();
    std::vector<Outcome> outcomes = all({1}, RowStatus::added, "paused");
    for (const auto& more :
         {all({2}, RowStatus::already_in_sequence, "contacts_already_exists_in_current_campaign"),
          all({3}, RowStatus::already_in_sequence, "answer_lost"),
          all({4}, RowStatus::already_in_sequence, "known_from_run_20260101-000000-aaaa"),
          all({5}, RowStatus::skipped, "contact_not_found"),
          all({6}, RowStatus::unconfirmed, "answer_lost"), all({7}, RowStatus::failed)})
        outcomes.push_back(more.front());
    settle_in(*store, run_id, outcomes, contacts({7, 6, 5, 4, 3, 2, 1}));

    for (const RowNumber row : {1U, 2U, 3U})
        CHECK(known_from(*store, id(row)) == run_id);
    for (const RowNumber row : {4U, 5U, 6U, 7U, 8U})
        CHECK_FALSE(known_from(*store, id(row)));
    CHECK_FALSE(known_from(*store, id(1), elsewhere));
    CHECK(size_of(*store) == 3);
}

TEST_CASE("however many a batch shows to be there, each is known, and who was added is the run's") {
    const RunId later = "20261124-000000-0000";
    for (const RowNumber count : {1U, 9U, 10U, 99U, 100U, 111U, 250U}) {
        CAPTURE(count);
        const auto store = begun_in_memory();
        std::vector<RowNumber> rows(count);
        std::iota(rows.begin(), rows.end(), RowNumber{1});
        settle_in(*store, run_id, all(rows, RowStatus::added), contacts(rows));
        begin_another(*store, later);
        auto mixed = all(rows, RowStatus::added);
        for (std::size_t i = 0; i < mixed.size(); i += 3)
            mixed[i].status = RowStatus::already_in_sequence;
        settle_in(*store, later, mixed, contacts(rows));
        CHECK(size_of(*store) == count);
        for (const Outcome& outcome : mixed)
            CHECK(known_from(*store, id(outcome.row)) ==
                  (outcome.status == RowStatus::added ? later : run_id));
    }
}

TEST_CASE("what a load of labels tells of people is known as well") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, label(1, "VIP", 1)),
                        BatchSettled{
                            .batch = 1,
                            .outcomes = all({1}, RowStatus::added),
                            .label_contacts = {{1, id(21), RowStatus::added, ""},
                                               {1, id(22), RowStatus::already_in_sequence, "there"},
                                               {1, id(23), RowStatus::skipped, "no_email"}},
                            .at = at(2)}}));
    CHECK(known_from(*store, id(21), elsewhere) == run_id);
    CHECK(known_from(*store, id(22), elsewhere) == run_id);
    CHECK_FALSE(known_from(*store, id(23), elsewhere));
    CHECK(size_of(*store) == 2);
}

TEST_CASE("the run that knew first is the one that is named") {
    const auto store = begun_in_memory();
    settle_in(*store, run_id, all({1}, RowStatus::added), contacts({1}));
    begin_another(*store, "later");
    settle_in(*store, "later", all({1, 2}, RowStatus::already_in_sequence), contacts({1, 2}));
    CHECK(known_from(*store, id(1)) == run_id);
    CHECK(known_from(*store, id(2)) == "later");
}

TEST_CASE("of many who are settled at once each is known as it was told") {
    for (const std::size_t count : {49U, 50U, 51U, 100U}) {
        CAPTURE(count);
        const auto store = begun_in_memory();
        settle_in(*store, run_id, all({1, 2}, RowStatus::already_in_sequence), contacts({1, 2}));
        begin_another(*store, "later");
        std::vector<RowNumber> rows(count);
        std::iota(rows.begin(), rows.end(), RowNumber{1});
        std::vector<Outcome> outcomes = all(rows, RowStatus::added);
        outcomes[1].status = RowStatus::already_in_sequence;
        settle_in(*store, "later", outcomes, contacts(rows));
        // Whom it added was not there before; whom it found, an earlier run had found.
        CHECK(known_from(*store, id(1)) == "later");
        CHECK(known_from(*store, id(2)) == run_id);
        for (RowNumber row = 3; row <= count; ++row)
            CHECK(known_from(*store, id(row)) == "later");
        CHECK(size_of(*store) == count);
    }
}

TEST_CASE("teams and hosts never share what is known") {
    const auto store = begun_in_memory();
    settle_in(*store, run_id, all({1}, RowStatus::added), contacts({1}));
    CHECK_FALSE(known_from(*store, id(1), here, "other team"));
    CHECK_FALSE(must(must(store->ledger("https://other.example", "a1b2c3d4")).find(here, id(1))));
    begin_another(*store, "of others", "other team");
    settle_in(*store, "of others", all({1}, RowStatus::added), contacts({1}));
    CHECK(known_from(*store, id(1), here, "other team") == "of others");
    CHECK(known_from(*store, id(1)) == run_id);
}

TEST_CASE("a run that does not say whose contacts its are leaves nothing in the ledger") {
    const auto store = must(Store::open_in_memory());
    begin_another(*store, run_id, "");
    settle_in(*store, run_id, all({1}, RowStatus::added), contacts({1}));
    CHECK(size_of(*store, "") == 0);
}

TEST_CASE("what is refused leaves nothing in the ledger") {
    const auto store = begun_in_memory();
    REQUIRE_FALSE(
        apply(*store, {in_flight(1, contacts({1})), settled(1, all({1}, RowStatus::added)),
                       BatchWaiting{.batch = 1, .at = at(3)}})
            .has_value());
    CHECK(size_of(*store) == 0);
}

TEST_CASE("an open ledger sees what is committed after it, and outlives its store") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto store = begun(open_store(file));
    auto ledger = must(store->ledger("https://api.apollo.io", "a1b2c3d4"));
    CHECK_FALSE(must(ledger.find(here, id(1))));
    settle_in(*store, run_id, all({1}, RowStatus::added), contacts({1}));
    CHECK(must(ledger.find(here, id(1))) == run_id);
    store.reset();
    CHECK(must(ledger.find(here, id(1))) == run_id);
    CHECK(must(ledger.size()) == 1);
}

}  // namespace seqload::state
