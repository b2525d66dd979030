#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

Change invalid(const std::vector<RowNumber>& rows, std::string_view detail = "") {
    return RowsSettled{.outcomes = all(rows, RowStatus::invalid, "bad_flag", detail), .at = at(1)};
}

std::vector<RowNumber> rows_in(const std::vector<bool>& settled) {
    std::vector<RowNumber> rows;
    for (RowNumber row = 0; row < settled.size(); ++row) {
        if (settled[row])
            rows.push_back(row);
    }
    return rows;
}

}  // namespace

TEST_CASE("the rows that are settled are told apart from all others") {
    const auto store = begun_in_memory();  // with a plan of 100 rows
    must(apply(*store, {invalid({100}), in_flight(1, contacts({1, 3})),
                        settled(1, all({1, 3}, RowStatus::added)), in_flight(2, contacts({4}))}));
    const std::vector<bool> settled_rows = must(store->settled_rows(run_id));
    CHECK(settled_rows.size() == 101);
    CHECK(rows_in(settled_rows) == std::vector<RowNumber>{1, 3, 100});
}

TEST_CASE("rows that were settled before there was a plan are told as well") {
    const auto store = must(Store::open_in_memory());
    must(store->begin_run(new_run()));
    CHECK(must(store->settled_rows(run_id)) == std::vector<bool>{false});
    must(apply(*store, {invalid({2, 7})}));
    const std::vector<bool> settled_rows = must(store->settled_rows(run_id));
    CHECK(settled_rows.size() == 8);
    CHECK(rows_in(settled_rows) == std::vector<RowNumber>{2, 7});
}

TEST_CASE("new batches are numbered from the last on, also from parts of one that was split") {
    const auto store = begun_in_memory();
    CHECK(must(store->last_batch(run_id)) == 0);
    must(apply(
        *store,
        {in_flight(1, contacts({1, 2})),
         BatchSplit{.batch = 1, .halves = {{8, contacts({1})}, {5, contacts({2})}}, .at = at(2)}}));
    CHECK(must(store->last_batch(run_id)) == 8);
}

TEST_CASE("a first pass that was broken off starts over from nothing") {
    const auto store = must(Store::open_in_memory());
    must(store->begin_run(new_run()));
    must(apply(*store, {invalid({1, 2}, "maybe")}));
    must(store->restart_plan(run_id));
    CHECK(outcomes_of(*store).empty());

    must(apply(*store, {invalid({2}, "maybe")}));  // the detail is stored anew as well
    must(store->record_plan(run_id, plan_of(two_targets())));
    REQUIRE(outcomes_of(*store).size() == 1);
    CHECK(outcomes_of(*store).front().outcome.detail == "maybe");
}

TEST_CASE("a plan of which nothing was sent starts over, and keeps what its input was") {
    const auto store = begun_in_memory();
    must(apply(*store, {invalid({1})}));
    const RunRecord planned = must(store->run(run_id));
    REQUIRE(planned.planned_rows);
    must(store->restart_plan(run_id));
    CHECK(outcomes_of(*store).empty());
    CHECK_FALSE(must(store->plan(run_id)));
    CHECK_FALSE(must(store->run(run_id)).planned_rows);
    CHECK(must(store->run(run_id)).inputs == planned.inputs);

    must(store->record_plan(run_id, plan_of(two_targets())));
    must(apply(*store, {in_flight(1, contacts({1, 2}))}));
    CHECK(must(store->last_batch(run_id)) == 1);
}

TEST_CASE("a run that has sent something does not start over") {
    const auto store = begun_in_memory();
    must(apply(*store, {invalid({1}), in_flight(1, contacts({2}))}));
    CHECK(store->restart_plan(run_id).error().what ==
          "this contradicts what is on record: the run has sent something");
    CHECK(outcomes_of(*store).size() == 1);
    CHECK(must(store->plan(run_id)));
}

TEST_CASE("a run that is taken up again has not ended, until it ends anew") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const Ending stopped{.stop_reason = "interrupted",
                         .exit_code = 130,
                         .finished_at = at(60),
                         .counters_json = R"({"requests":{"sent":1}})"};
    auto store = begun(open_store(file));
    must(apply(*store, {in_flight(1, contacts({1, 2}))}));
    must(store->end_run(run_id, stopped));
    store.reset();

    store = open_store(file);
    must(store->take(run_id));
    must(store->reopen(run_id, "fedcba9876543210"));
    CHECK(must(store->run(run_id)).team == "fedcba9876543210");
    CHECK_FALSE(must(store->run(run_id)).ending);
    must(apply(*store, {BatchInDoubt{.batch = 1, .at = at(70)}, in_flight(1, std::nullopt, 2),
                        settled(1, all({1, 2}, RowStatus::already_in_sequence, "answer_lost"))}));
    Ending finished = stopped;
    finished.stop_reason = "finished";
    must(store->end_run(run_id, finished));
    const RunRecord run = must(store->run(run_id));
    CHECK(run.ending == finished);
    CHECK(run.requests == RequestTotals{.sent = 2, .retried = 1});  // of both lives
}

}  // namespace seqload::state
