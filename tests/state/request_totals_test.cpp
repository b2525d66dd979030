#include "state/state_fixture.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

RequestTotals totals_of(const Store& store) {
    return must(store.run(run_id)).requests;
}

}  // namespace

TEST_CASE("every request is counted, and one for a batch that went out before as a retry") {
    const auto store = begun_in_memory();
    CHECK(totals_of(*store) == RequestTotals{});
    must(apply(*store, {in_flight(1, contacts({1, 2})), in_flight(2, contacts({3}))}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 2});
    must(apply(*store, {BatchInDoubt{.batch = 1, .at = at(2)}, in_flight(1, std::nullopt, 2)}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 3, .retried = 1});
}

TEST_CASE("the halves of a batch are sent for the first time") {
    const auto store = begun_in_memory();
    must(apply(
        *store,
        {in_flight(1, contacts({1, 2})),
         BatchSplit{.batch = 1, .halves = {{2, contacts({1})}, {3, contacts({2})}}, .at = at(2)},
         in_flight(2, std::nullopt)}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 2});
}

TEST_CASE("only what was answered 429 is counted as rate limited") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1})),
                        BatchWaiting{.batch = 1, .rate_limited = true, .at = at(2)},
                        in_flight(1, std::nullopt), BatchWaiting{.batch = 1, .at = at(3)}}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 2, .retried = 1, .rate_limited = 1});
}

TEST_CASE("a request that nobody began to send is neither a request nor a try") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1})), in_flight(2, contacts({2})),
                        BatchInDoubt{.batch = 2, .at = at(2)}, in_flight(2, std::nullopt, 2, 3)}));
    must(apply(*store, {BatchWaiting{.batch = 1, .not_begun = true, .at = at(4)},
                        BatchWaiting{.batch = 2, .not_begun = true, .at = at(4)}}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 1});
    const auto open = must(store->open_batches(run_id));
    REQUIRE(open.size() == 2);
    CHECK(open[0].state == BatchState::waiting);
    CHECK(open[0].attempts == 0);
    CHECK(open[1].state == BatchState::in_doubt);
    CHECK(open[1].attempts == 1);

    must(apply(*store, {in_flight(1, std::nullopt)}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 2});
}

TEST_CASE("requests that have no batch are counted as they are told") {
    const auto store = begun_in_memory();
    must(apply(*store, {RemovalsInFlight{.contacts = 100, .retried = false, .at = at(1)},
                        RemovalsInFlight{.contacts = 100, .retried = true, .at = at(2)},
                        RequestsCounted{.sent = 5, .retried = 2, .rate_limited = 1}}));
    CHECK(totals_of(*store) == RequestTotals{.sent = 7, .retried = 3, .rate_limited = 1});
}

TEST_CASE("what is refused is not counted, and other runs have counts of their own") {
    const auto store = begun_in_memory();
    must(store->begin_run(new_run("another")));
    must(apply(*store, {in_flight(1, contacts({1}))}));
    CHECK_FALSE(
        apply(*store, {in_flight(2, contacts({2})), in_flight(2, contacts({2}))}).has_value());
    CHECK(totals_of(*store) == RequestTotals{.sent = 1});
    CHECK(must(store->run("another")).requests == RequestTotals{});
}

}  // namespace seqload::state
