#include "seqload/report/counters.hpp"

#include "report/summary_fixture.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using report::Counters;
using report::read_counters;

TEST_CASE("counters are text on one line, and the same when they are read back") {
    const std::string text = to_json_text(test::some_counters());
    CHECK(text == R"({"requests":{"sent":13,"retried":2,"rate_limited":1},)"
                  R"("quota":{"minute":{"limit":200,"used":13,"left":187,"resets_at":null},)"
                  R"("hour":{"limit":400,"used":20,"left":380,)"
                  R"("resets_at":"2026-11-23T22:36:22.000Z"},)"
                  R"("day":{"limit":null,"used":20,"left":null,"resets_at":null}},)"
                  R"("bytes":{"sent":40000,"received":5000000000},)"
                  R"("forecast":{"requests":12,"duration_seconds":60.0,)"
                  R"("finishes_at":"2026-11-23T21:37:22.000Z","took_seconds":75.5},)"
                  R"("remaining":null})");
    CHECK(read_counters(text) == test::some_counters());
    CHECK(read_counters(to_json_text(Counters())) == Counters());
}

TEST_CASE("what a stopped run has left is among its counters") {
    Counters counters = test::some_counters();
    counters.remaining = {.requests = 7,
                          .duration = std::chrono::milliseconds(1500),
                          .finishes_at = *parse_timestamp("2026-11-23T23:00:00Z")};
    const std::string text = to_json_text(counters);
    CHECK(text.ends_with(R"("remaining":{"requests":7,"duration_seconds":1.5,)"
                         R"("finishes_at":"2026-11-23T23:00:00.000Z"}})"));
    CHECK(read_counters(text) == counters);
}

TEST_CASE("counters that an older seqload has written down know of no forecast") {
    Counters counters = test::some_counters();
    counters[Window::hour].resets_at.reset();
    counters.forecast.reset();
    counters.took = {};
    CHECK(read_counters(R"({"requests":{"sent":13,"retried":2,"rate_limited":1},)"
                        R"("quota":{"minute":{"limit":200,"used":13,"left":187},)"
                        R"("hour":{"limit":400,"used":20,"left":380},)"
                        R"("day":{"limit":null,"used":20,"left":null}},)"
                        R"("bytes":{"sent":40000,"received":5000000000}})") == counters);
}

TEST_CASE("a run that was killed has no counters, which are zeros") {
    CHECK(read_counters("") == Counters());
}

TEST_CASE("what is no counters is damage") {
    const std::string good = to_json_text(test::some_counters());
    for (std::size_t length = 1; length < good.size(); ++length)
        CHECK_FALSE(read_counters(good.substr(0, length)).has_value());
    for (const char* text : {"{}", "[]", "null", R"({"requests":{"sent":"x"}})"}) {
        const auto damaged = read_counters(text);
        REQUIRE_FALSE(damaged.has_value());
        CHECK(damaged.error().kind == ErrorKind::local_fault);
        CHECK(damaged.error().what == "the run's counters on record are damaged");
    }
}
