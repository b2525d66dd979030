#include "seqload/dispatch/outage.hpp"

#include <doctest/doctest.h>

namespace seqload::dispatch {

using namespace std::chrono_literals;

namespace {
SteadyTime after(Duration time) {
    return SteadyTime(time);
}
}  // namespace

TEST_CASE("a run gives up once everything has failed for the whole time") {
    Outage outage(5min);
    CHECK_FALSE(outage.must_give_up(after(1h)));
    outage.failed(after(1h));
    outage.failed(after(1h + 4min));
    CHECK_FALSE(outage.must_give_up(after(1h + 5min - 1ns)));
    CHECK(outage.must_give_up(after(1h + 5min)));
}

TEST_CASE("one success ends an outage") {
    Outage outage(5min);
    outage.failed(after(1min));
    outage.succeeded(after(2min));
    outage.failed(after(3min));
    CHECK_FALSE(outage.must_give_up(after(6min)));
    CHECK(outage.since() == after(3min));
    CHECK(outage.must_give_up(after(8min)));
}

TEST_CASE("the time without requests before the first failure is no outage") {
    Outage outage(5min);
    outage.succeeded(after(0min));
    outage.failed(after(60min));
    CHECK_FALSE(outage.must_give_up(after(61min)));
}

TEST_CASE("whether others got through meanwhile is known to the moment") {
    Outage outage(5min);
    CHECK_FALSE(outage.succeeded_since(after(0s)));
    outage.succeeded(after(10s));
    CHECK(outage.succeeded_since(after(10s)));
    CHECK_FALSE(outage.succeeded_since(after(10s + 1ns)));
}

TEST_CASE("a failure or two hold nobody back") {
    Outage outage(5min);
    CHECK_FALSE(outage.next_probe());
    outage.failed(after(10s));
    outage.failed(after(10s));
    CHECK_FALSE(outage.next_probe());
}

TEST_CASE("while everything fails the looks at it come at growing intervals, up to half a minute") {
    Outage outage(5min);
    outage.failed(after(10s));
    outage.failed(after(10s));
    for (const Duration interval : {1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s}) {
        outage.failed(after(20s));
        CHECK(outage.next_probe() == after(20s + interval));
    }
    for (int i = 0; i < 1000; ++i)
        outage.failed(after(30s));
    CHECK(outage.next_probe() == after(60s));
}

TEST_CASE("with the first success everything may go again") {
    Outage outage(5min);
    for (int i = 0; i < 10; ++i)
        outage.failed(after(10s));
    outage.succeeded(after(20s));
    CHECK_FALSE(outage.next_probe());
    outage.failed(after(30s));
    CHECK_FALSE(outage.next_probe());
}

}  // namespace seqload::dispatch
