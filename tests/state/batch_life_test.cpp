#include "seqload/state/batch_life.hpp"

#include "state/state_fixture.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

using Maybe = std::optional<BatchState>;

constexpr Maybe none = std::nullopt;
constexpr Maybe waiting = BatchState::waiting;
constexpr Maybe flying = BatchState::in_flight;
constexpr Maybe doubt = BatchState::in_doubt;
constexpr Maybe flying_in_doubt = BatchState::in_flight_in_doubt;
constexpr Maybe split_up = BatchState::split;
constexpr Maybe done = BatchState::settled;

struct Row {
    const char* step;
    Maybe (*take)(Maybe);
    Change change;  // of batch 1, which has the rows 1 and 2
    std::array<Maybe, 7> to;
};

constexpr std::array<Maybe, 7> from{none, waiting, flying, doubt, flying_in_doubt, split_up, done};

const std::vector<Row>& table() {
    static const std::vector<Row> rows{
        {"go_in_flight",
         go_in_flight,
         in_flight(1, contacts({1, 2})),
         {flying, flying, none, flying_in_doubt, none, none, none}},
        {"come_back",
         come_back,
         BatchWaiting{.batch = 1, .at = at(9)},
         {none, none, waiting, none, doubt, none, none}},
        {"lose_answer",
         lose_answer,
         BatchInDoubt{.batch = 1, .at = at(9)},
         {none, none, doubt, none, doubt, none, none}},
        {"split",
         split,
         BatchSplit{.batch = 1, .halves = {{8, contacts({1})}, {9, contacts({2})}}, .at = at(9)},
         {none, none, split_up, none, split_up, none, none}},
        {"settle",
         settle,
         BatchSettled{.batch = 1,
                      .content = contacts({1, 2}),
                      .outcomes = all({1, 2}, RowStatus::failed),
                      .at = at(9)},
         {done, done, done, done, done, none, none}},
    };
    return rows;
}

// A store in which batch 1 has that state.
std::unique_ptr<Store> with_batch(Maybe state) {
    auto store = begun_in_memory();
    const Change sent = in_flight(1, contacts({1, 2}));
    const Change back = BatchWaiting{.batch = 1, .at = at(2)};
    const Change lost = BatchInDoubt{.batch = 1, .at = at(2)};
    if (state)
        must(apply(*store, {sent}));
    if (state == waiting)
        must(apply(*store, {back}));
    if (state == doubt)
        must(apply(*store, {lost}));
    if (state == flying_in_doubt)
        must(apply(*store, {lost, in_flight(1, std::nullopt, 2)}));
    if (state == split_up)
        must(apply(*store, {BatchSplit{.batch = 1,
                                       .halves = {{2, contacts({1})}, {3, contacts({2})}},
                                       .at = at(2)}}));
    if (state == done)
        must(apply(*store, {settled(1, all({1, 2}, RowStatus::added))}));
    return store;
}

std::string shown(Maybe state) {
    return state ? std::string(name(*state)) : "none";
}

}  // namespace

TEST_CASE("each step leads from each state where the table says, and nowhere else") {
    for (const Row& row : table()) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            CAPTURE(row.step);
            CAPTURE(shown(from[i]));
            CHECK(shown(row.take(from[i])) == shown(row.to[i]));
        }
    }
}

TEST_CASE("the store takes the steps that the table allows, and refuses the others") {
    for (const Row& row : table()) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            CAPTURE(row.step);
            CAPTURE(shown(from[i]));
            const auto store = with_batch(from[i]);
            const std::string before = facts_of(*store);
            const Result<void> applied = apply(*store, {row.change});
            CHECK(applied.has_value() == row.to[i].has_value());
            if (!applied) {
                CHECK(applied.error().kind == ErrorKind::local_fault);
                CHECK(facts_of(*store) == before);
                continue;
            }
            Maybe after = none;
            for (const OpenBatch& batch : must(store->open_batches(run_id))) {
                if (batch.number == 1)
                    after = batch.state;
            }
            CHECK(shown(after) == shown(is_open(*row.to[i]) ? row.to[i] : none));
        }
    }
}

TEST_CASE("a step that is not allowed is told with the batch and where it stands") {
    const auto store = with_batch(done);
    CHECK(apply(*store, {BatchInDoubt{.batch = 1, .at = at(9)}}).error().what ==
          "this contradicts what is on record: batch 1 is to come into doubt, but is settled");
    const auto blank = begun_in_memory();
    CHECK(apply(*blank, {BatchWaiting{.batch = 7, .at = at(9)}}).error().what ==
          "this contradicts what is on record: batch 7 is to go back to waiting, but is not known");
}

TEST_CASE("halves inherit the doubt") {
    CHECK(half_of(BatchState::in_flight) == BatchState::waiting);
    CHECK(half_of(BatchState::in_flight_in_doubt) == BatchState::in_doubt);
    const auto store = with_batch(flying_in_doubt);
    must(apply(
        *store,
        {BatchSplit{.batch = 1, .halves = {{2, contacts({2})}, {3, contacts({1})}}, .at = at(3)}}));
    const auto open = must(store->open_batches(run_id));
    REQUIRE(open.size() == 2);
    CHECK(open[0] == OpenBatch{.number = 2, .content = contacts({2}), .state = *doubt});
    CHECK(open[1] == OpenBatch{.number = 3, .content = contacts({1}), .state = *doubt});
}

TEST_CASE("after a crash only what waits certainly had no effect") {
    for (const BatchState state : batch_states) {
        CAPTURE(name(state));
        if (is_open(state))
            CHECK(may_have_been_carried_out(state) == (state != BatchState::waiting));
    }
    CHECK_FALSE(has_doubt(BatchState::in_flight));
}

}  // namespace seqload::state
