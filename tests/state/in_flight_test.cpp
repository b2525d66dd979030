// A batch is settled as what it was when it went in flight: whether the same Store put it there,
// which still knows, or another, so that it has to be read.

#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

namespace seqload::state {

namespace {

void meddle(const std::filesystem::path& file, const char* statement) {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec(statement);
}

// A state whose run has batch 1 in flight, with rows 1 and 2, and that is open no more.
void leave_in_flight(const std::filesystem::path& file) {
    const auto store = begun(open_store(file));
    must(apply(*store, {in_flight(1, contacts({1, 2}))}));
}

// The run gone on with by a Store that did not put the batch in flight.
std::unique_ptr<Store> taken_up(const std::filesystem::path& file) {
    auto store = open_store(file);
    must(store->take(run_id));
    return store;
}

}  // namespace

TEST_CASE("a batch that another process put in flight is settled by its own rows, and no others") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    leave_in_flight(file);
    CHECK(apply(*taken_up(file), {settled(1, all({1, 3}, RowStatus::added))}).error().what ==
          "this contradicts what is on record: the outcomes of batch 1 are not about exactly its "
          "rows");
    const auto store = taken_up(file);
    must(apply(*store, {settled(1, all({1, 2}, RowStatus::added))}));
    CHECK(plain_outcomes_of(*store) == all({1, 2}, RowStatus::added));
    CHECK(must(must(store->ledger("https://api.apollo.io", "a1b2c3d4")).size()) == 2);
}

TEST_CASE("a batch that another process put in flight, and whose rows cannot be read, is damage") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    leave_in_flight(file);
    meddle(file, "UPDATE batches SET members = x'00'");
    const auto store = taken_up(file);
    CHECK(apply(*store, {settled(1, all({1, 2}, RowStatus::added))}).error().what ==
          "the state is damaged: batch 1 cannot be read");
}

TEST_CASE("a batch that is on record no more is not settled") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto store = begun(open_store(file));
    must(apply(*store, {in_flight(1, contacts({1, 2}))}));
    meddle(file, "DELETE FROM batches");
    CHECK(apply(*store, {settled(1, all({1, 2}, RowStatus::added))}).error().what ==
          "this contradicts what is on record: batch 1 is not on record any more");
    CHECK(outcomes_of(*store).empty());
}

TEST_CASE("whoever takes a run again knows of its batches what is on record, not what it wrote") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto store = begun(open_store(file));
    must(apply(*store, {in_flight(1, contacts({1, 2}))}));
    must(apply(*open_store(file), {settled(1, all({1, 2}, RowStatus::added))}));
    must(store->take(run_id));
    CHECK(apply(*store, {settled(1, all({1, 2}, RowStatus::failed))}).error().what ==
          "this contradicts what is on record: batch 1 is to be settled, but is settled");
}

TEST_CASE("batches of one number, in flight in two runs at once, are not mixed up") {
    const auto store = begun_in_memory();
    const RunId other = "20261124-000000-0000";
    must(store->begin_run(new_run(other)));
    must(store->record_plan(other, plan_of(two_targets())));
    const auto apply_to = [&store](const RunId& run, Change change) {
        return store->apply(run, std::vector<Change>{std::move(change)});
    };
    must(apply_to(run_id, in_flight(1, contacts({1, 2}))));
    must(apply_to(other, in_flight(1, contacts({3, 4, 5}))));
    must(apply_to(run_id, settled(1, all({1, 2}, RowStatus::added))));
    must(apply_to(other, settled(1, all({3, 4, 5}, RowStatus::failed))));
    CHECK(plain_outcomes_of(*store) == all({1, 2}, RowStatus::added));
    CHECK(must(store->counts(other)).rows[RowStatus::failed] == 3);
}

TEST_CASE(
    "a batch that comes back from its flight, and leaves again, keeps its rows and its doubt") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1, 2})), BatchInDoubt{.batch = 1, .at = at(2)},
                        in_flight(1, std::nullopt, 2),
                        BatchWaiting{.batch = 1, .rate_limited = true, .at = at(3)}}));
    REQUIRE(must(store->open_batches(run_id)).size() == 1);
    CHECK(must(store->open_batches(run_id)).front().state == BatchState::in_doubt);
    must(apply(*store, {in_flight(1, contacts({1, 2}), 3)}));
    CHECK(must(store->open_batches(run_id)).front().state == BatchState::in_flight_in_doubt);
    must(apply(*store, {settled(1, all({1, 2}, RowStatus::added))}));
    CHECK(must(store->run(run_id)).requests ==
          RequestTotals{.sent = 3, .retried = 2, .rate_limited = 1});
}

}  // namespace seqload::state
