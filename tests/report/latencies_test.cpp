#include "seqload/report/latencies.hpp"

#include "report/sent_batches.hpp"

#include <chrono>

#include <doctest/doctest.h>

using namespace seqload;
using namespace std::chrono_literals;
using report::Latencies;
using test::sent_at;

TEST_CASE("shares of the answers lie at or below the times that are told") {
    Latencies latencies;
    CHECK(latencies.at(0.5) == 0ms);
    for (int took = 1; took <= 100; ++took)
        latencies.see(sent_at(took * 1'000, took));
    CHECK(latencies.count() == 100);
    CHECK(latencies.at(0.5) == 50ms);
    CHECK(latencies.at(0.9) == 90ms);
    CHECK(latencies.at(0.99) == 99ms);
    CHECK(latencies.longest() == 100ms);
}

TEST_CASE("the histogram goes from the fastest answer to the slowest without a gap") {
    Latencies latencies;
    for (const std::int64_t took : {16, 20, 21, 90})
        latencies.see(sent_at(took, took));
    const auto bins = latencies.histogram();
    REQUIRE(bins.size() == 5);
    CHECK(bins[0].up_to == 20ms);
    CHECK(bins[0].answers == 2);
    CHECK(bins[1].up_to == 30ms);
    CHECK(bins[1].answers == 1);
    CHECK(bins[2].up_to == 50ms);
    CHECK(bins[2].answers == 0);
    CHECK(bins[4].up_to == 100ms);
    CHECK(bins[4].answers == 1);
    latencies.see(sent_at(0, 59'000));
    CHECK(latencies.histogram().size() <= Latencies::most_bins);
    CHECK(latencies.histogram().front().up_to == 20ms);
    CHECK(latencies.histogram().back().up_to == 100s);
}

TEST_CASE("the slowest are kept, the slowest first, and no more than can be shown") {
    Latencies latencies;
    for (const std::int64_t took : {5, 300, 20, 700, 1, 2, 3, 4, 6, 7, 8, 9})
        latencies.see(sent_at(took, took));
    REQUIRE(latencies.slowest().size() == Latencies::most_slowest);
    CHECK(latencies.slowest()[0].took == 700ms);
    CHECK(latencies.slowest()[0].sent.request_id == "request-700");
    CHECK(latencies.slowest()[1].took == 300ms);
    CHECK(latencies.slowest().back().took == 5ms);
}

TEST_CASE("a request whose answer is not on record has not been timed") {
    Latencies latencies;
    latencies.see(sent_at(0, 100, std::nullopt));
    auto waiting = sent_at(1, 100);
    waiting.state = state::BatchState::waiting;
    latencies.see(waiting);
    CHECK(latencies.count() == 0);
}
