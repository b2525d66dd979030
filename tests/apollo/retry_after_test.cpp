#include "seqload/apollo/retry_after.hpp"

#include "seqload/base/timestamp.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace std::chrono_literals;
using apollo::parse_http_date;
using apollo::read_retry_after;

namespace {

const WallTime now = parse_timestamp("2026-11-23T22:00:00Z").value();

std::optional<Duration> wait_for(const std::string& value) {
    return read_retry_after({{"Retry-After", value}}, now);
}

}  // namespace

TEST_CASE("seconds are seconds") {
    CHECK(wait_for("0") == 0s);
    CHECK(wait_for(" 42 ") == 42s);
    CHECK(wait_for("3600") == 1h);
    CHECK(wait_for("99999999999999999999") == 366 * 24h);
}

TEST_CASE("a date counts from the answer's own date") {
    const HeaderFields fields{{"date", "Mon, 23 Nov 2026 20:00:00 GMT"},
                              {"retry-after", "Mon, 23 Nov 2026 20:00:30 GMT"}};
    CHECK(read_retry_after(fields, now) == 30s);
}

TEST_CASE("without the answer's date, or with a bad one, it counts from now") {
    CHECK(wait_for("Mon, 23 Nov 2026 22:01:00 GMT") == 60s);
    CHECK(read_retry_after({{"date", "today"}, {"retry-after", "Mon, 23 Nov 2026 22:01:00 GMT"}},
                           now) == 60s);
}

TEST_CASE("a date that has passed is no wait, one far away is bounded") {
    CHECK(wait_for("Mon, 23 Nov 2026 21:59:59 GMT") == 0s);
    CHECK(wait_for("Fri, 31 Dec 9999 23:59:59 GMT") == 366 * 24h);
}

TEST_CASE("what is neither is not said") {
    for (const char* garbage : {"", "-1", "+1", "1.5", "5 s", "soon", "Mon, 23 Nov", "0x10",
                                "Mon, 31 Feb 2026 00:00:00 GMT", "Mon, 23 Nov 2026 24:00:00 GMT",
                                "Mon, 23 Nov 2026 22:01:00 CET"}) {
        CAPTURE(garbage);
        CHECK_FALSE(wait_for(garbage));
    }
    CHECK_FALSE(read_retry_after({}, now));
}

TEST_CASE("an HTTP date is read in all three forms") {
    const auto expected = parse_timestamp("1994-11-06T08:49:37Z");
    CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", now) == expected);
    CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now) == expected);
    CHECK(parse_http_date("Sun Nov  6 08:49:37 1994", now) == expected);
    CHECK(parse_http_date("sun, 06 nov 1994 08:49:37 gmt", now) == expected);
}

TEST_CASE("a two-digit year is the nearest that is not 50 years ahead") {
    CHECK(parse_http_date("Sunday, 06-Nov-27 08:49:37 GMT", now) ==
          parse_timestamp("2027-11-06T08:49:37Z"));
    CHECK(parse_http_date("Sunday, 06-Nov-77 08:49:37 GMT", now) ==
          parse_timestamp("1977-11-06T08:49:37Z"));
}

TEST_CASE("any bytes are a wait within bounds or none") {
    CHECK(rc::check([](const std::string& value) {
        const auto wait = wait_for(value);
        // RapidCheck's macros evaluate both sides of an ||.
        const bool is_sane = !wait || (*wait >= 0s && *wait <= 366 * 24h);
        RC_ASSERT(is_sane);
    }));
}
