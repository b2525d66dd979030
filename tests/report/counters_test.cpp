#include "seqload/report/counters.hpp"

#include "report/summary_fixture.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using report::Counters;
using report::read_counters;

TEST_CASE("counters are text on one line, and the same when they are read back") {
    const std::string text = to_json_text(test::some_counters());
    CHECK(text == R"({"requests":{"sent":13,"retried":2,"rate_limited":1},)"
                  R"("quota":{"minute":{"limit":200,"used":13,"left":187},)"
                  R"("hour":{"limit":400,"used":20,"left":380},)"
                  R"("day":{"limit":null,"used":20,"left":null}},)"
                  R"("bytes":{"sent":40000,"received":5000000000}})");
    CHECK(read_counters(text) == test::some_counters());
    CHECK(read_counters(to_json_text(Counters())) == Counters());
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
