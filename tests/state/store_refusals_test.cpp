#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <numeric>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

// Applies changes that must be refused; nothing of them may be left.
std::string refusal_of(Store& store, std::initializer_list<Change> changes) {
    const std::string before = facts_of(store);
    const Result<void> applied = apply(store, changes);
    REQUIRE_FALSE(applied.has_value());
    CHECK(applied.error().kind == ErrorKind::local_fault);
    CHECK(applied.error().where == ":memory:");
    CHECK(facts_of(store) == before);
    constexpr std::string_view start = "this contradicts what is on record: ";
    REQUIRE(applied.error().what.starts_with(start));
    return applied.error().what.substr(start.size());
}

Change rows_settled(std::vector<Outcome> outcomes) {
    return RowsSettled{.outcomes = std::move(outcomes), .at = at(1)};
}

}  // namespace

TEST_CASE("no row gets two outcomes") {
    const Change first = rows_settled(all({1, 2}, RowStatus::invalid));
    auto store = begun_in_memory();
    must(apply(*store, {first}));
    CHECK(refusal_of(*store, {rows_settled(all({3, 2}, RowStatus::duplicate))}) ==
          "row 2 has an outcome already");

    store = begun_in_memory();
    CHECK(refusal_of(*store, {rows_settled(all({4, 4}, RowStatus::invalid))}) ==
          "row 4 has an outcome already");

    store = begun_in_memory();
    must(apply(*store, {first}));
    CHECK(refusal_of(*store,
                     {in_flight(1, contacts({2, 9})), settled(1, all({2, 9}, RowStatus::added))}) ==
          "row 2 has an outcome already");

    store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({5})), in_flight(2, contacts({5})),
                        settled(1, all({5}, RowStatus::added))}));
    CHECK(refusal_of(*store, {settled(2, all({5}, RowStatus::added))}) ==
          "row 5 has an outcome already");
}

TEST_CASE("nor where many are written at once, wherever among them the row stands") {
    for (const std::size_t count : {49U, 50U, 51U, 100U}) {
        std::vector<RowNumber> rows(count);
        std::iota(rows.begin(), rows.end(), RowNumber{1});
        for (const RowNumber known : {1U, 30U, static_cast<unsigned>(count)}) {
            CAPTURE(count);
            CAPTURE(known);
            auto store = begun_in_memory();
            must(apply(*store, {rows_settled(all({known}, RowStatus::invalid))}));
            CHECK(refusal_of(*store, {rows_settled(all(rows, RowStatus::duplicate))}) ==
                  "row " + std::to_string(known) + " has an outcome already");
        }
    }
}

TEST_CASE("a batch is settled by one outcome for each of its rows, and by no others") {
    for (const auto& rows :
         std::vector<std::vector<RowNumber>>{{1}, {1, 2, 3}, {1, 1}, {1, 3}, {}}) {
        CAPTURE(rows.size());
        const auto store = begun_in_memory();
        must(apply(*store, {in_flight(1, contacts({1, 2}))}));
        CHECK(refusal_of(*store, {settled(1, all(rows, RowStatus::added))}) ==
              "the outcomes of batch 1 are not about exactly its rows");
    }
}

TEST_CASE("people are reached by rows of the batch only") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, label(1, "VIP"))}));
    CHECK(refusal_of(*store, {BatchSettled{.batch = 1,
                                           .outcomes = all({1}, RowStatus::added),
                                           .label_contacts = {{2, id(9), RowStatus::added, ""}},
                                           .at = at(2)}}) ==
          "the outcomes of batch 1 are not about exactly its rows");
}

TEST_CASE("not attempted is no outcome to record, and 0 is no row") {
    CHECK(refusal_of(*begun_in_memory(), {rows_settled(all({1}, RowStatus::not_attempted))}) ==
          "row 1 cannot be settled as not_attempted");
    CHECK(refusal_of(*begun_in_memory(), {rows_settled(all({0}, RowStatus::invalid))}) ==
          "row 0 cannot be settled as invalid");
}

TEST_CASE("a batch is split into parts that hold exactly its rows") {
    const std::vector<std::vector<std::pair<BatchNumber, Batch>>> wrong{
        {},
        {{2, contacts({1, 2, 3})}},                      // no part of it
        {{2, contacts({1})}, {3, contacts({2})}},        // one is lost
        {{2, contacts({1, 2})}, {3, contacts({2, 3})}},  // one is doubled
        {{2, contacts({1, 2})}, {3, contacts({4})}},     // one is another
        {{2, contacts({1, 2, 3})}, {3, contacts({})}},   // nothing in it
        {{2, contacts({1, 2}, 1)}, {3, contacts({3}, 1)}},
    };
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        CAPTURE(i);
        const auto store = begun_in_memory();
        must(apply(*store, {in_flight(1, contacts({1, 2, 3}))}));
        CHECK(refusal_of(*store, {BatchSplit{.batch = 1, .halves = wrong[i], .at = at(2)}}) ==
              "batch 1 is split into parts that do not hold exactly its rows");
    }
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1, 2})), in_flight(2, contacts({3}))}));
    CHECK(refusal_of(*store, {BatchSplit{.batch = 1,
                                         .halves = {{3, contacts({1})}, {2, contacts({2})}},
                                         .at = at(2)}}) == "there is a batch 2 already");
}

TEST_CASE("a batch keeps its rows") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1, 2})), BatchWaiting{.batch = 1, .at = at(2)}}));
    CHECK(refusal_of(*store, {in_flight(1, contacts({1, 3}))}) == "batch 1 had other rows before");
}

TEST_CASE("a new batch comes with rows, and for a target of the plan") {
    CHECK(refusal_of(*begun_in_memory(), {in_flight(1, std::nullopt)}) ==
          "batch 1 is not known, and its rows were not given");
    CHECK(refusal_of(*begun_in_memory(), {in_flight(1, contacts({}))}) ==
          "batch 1 is not known, and its rows were not given");
    CHECK(refusal_of(*begun_in_memory(), {in_flight(1, contacts({1}, 2))}) ==
          "batch 1 is for target 2, but the plan on record has 2 targets");
    const auto unplanned = must(Store::open_in_memory());
    must(unplanned->begin_run(new_run()));
    CHECK(refusal_of(*unplanned, {in_flight(1, contacts({1}))}) ==
          "batch 1 is for target 0, but the plan on record has 0 targets");
}

TEST_CASE("rows may be settled before the plan is finished") {
    const auto store = must(Store::open_in_memory());
    must(store->begin_run(new_run()));
    must(apply(*store, {rows_settled(all({1}, RowStatus::invalid))}));
    must(store->record_plan(run_id, plan_of(two_targets())));
    CHECK(outcomes_of(*store).size() == 1);
}

TEST_CASE("what stands before a refused change in its transaction is not recorded either") {
    const auto store = begun_in_memory();
    refusal_of(*store,
               {in_flight(1, contacts({1})), rows_settled(all({7}, RowStatus::invalid)),
                settled(1, all({1}, RowStatus::added)), BatchWaiting{.batch = 1, .at = at(3)}});
    CHECK(outcomes_of(*store).empty());
}

TEST_CASE("after a failed write every later one fails with the same error, and reading goes on") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto store = begun(open_store(file));
    must(apply(*store, {rows_settled(all({1}, RowStatus::invalid))}));
    const Error first = apply(*store, {BatchWaiting{.batch = 1, .at = at(1)}}).error();
    CHECK(apply(*store, {rows_settled(all({2}, RowStatus::invalid))}).error() == first);
    CHECK(store->begin_run(new_run("another")).error() == first);
    CHECK(store->record_plan(run_id, plan_of(two_targets())).error() == first);
    CHECK(store->end_run(run_id, {}).error() == first);
    CHECK(outcomes_of(*store).size() == 1);

    const auto anew = open_store(file);
    CHECK(apply(*anew, {rows_settled(all({2}, RowStatus::invalid))}).has_value());
}

}  // namespace seqload::state
