#include "seqload/base/timestamp.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace std::chrono_literals;

namespace {

constexpr WallTime some_time =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 21h + 36min + 22s + 123ms;

WallTime any_time() {
    // The years 0000 to 9999.
    return WallTime(std::chrono::milliseconds(
        *rc::gen::inRange<std::int64_t>(-62'167'219'200'000, 253'402'300'800'000)));
}

}  // namespace

TEST_CASE("a time is written in UTC, to the millisecond") {
    CHECK(to_text(some_time) == "2026-11-23T21:36:22.123Z");
    CHECK(to_text(WallTime(0ms)) == "1970-01-01T00:00:00.000Z");
    CHECK(to_text(WallTime(-1ms)) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("the ways to write a time with a zone are read") {
    const WallTime minute = std::chrono::floor<std::chrono::minutes>(some_time);
    CHECK(parse_timestamp("2026-11-23T21:36:22.123Z") == some_time);
    CHECK(parse_timestamp("2026-11-23 21:36:22.123Z") == some_time);
    CHECK(parse_timestamp("2026-11-23t21:36:22,123z") == some_time);
    CHECK(parse_timestamp("2026-11-23T21:36:22.1239999999999999999999Z") == some_time);
    CHECK(parse_timestamp("2026-11-23T22:36:22.123+01:00") == some_time);
    CHECK(parse_timestamp("2026-11-23T13:36:22.123-0800") == some_time);
    CHECK(parse_timestamp("2026-11-24T03:06:22.123+0530") == some_time);
    CHECK(parse_timestamp("2026-11-23T22:36+01") == minute);
    CHECK(parse_timestamp("2026-11-23T21:36Z") == minute);
    CHECK(parse_timestamp("2026-11-23T21:36:22.5Z") == minute + 22'500ms);
    CHECK(parse_timestamp("2024-02-29T00:00Z").has_value());
}

TEST_CASE("what is no time with a zone is refused") {
    for (const char* text : {"",
                             "2026-11-23",
                             "2026-11-23T21:36:22",
                             "21:36:22Z",
                             "tomorrow",
                             "2026-11-23T21Z",
                             "2026-02-29T00:00Z",
                             "2026-13-01T00:00Z",
                             "2026-00-01T00:00Z",
                             "2026-11-31T00:00Z",
                             "2026-11-00T00:00Z",
                             "2026-11-23T24:00Z",
                             "2026-11-23T21:60Z",
                             "2026-11-23T21:36:60Z",
                             "2026-11-23T21:36:22.Z",
                             "2026-11-23T21:36:22ZZ",
                             "2026-11-23T21:36:22 Z",
                             "2026-11-23T21:36:22+24:00",
                             "2026-11-23T21:36:22+01:60",
                             "2026-11-23T21:36:22+01:",
                             "2026-11-23T21:36:22+1",
                             "2026-11-23T21:36:22+01:0",
                             "2026-11-23T21:36:22+010",
                             "26-11-23T21:36:22Z",
                             "2026-1-23T21:36:22Z",
                             " 2026-11-23T21:36:22Z",
                             "2026-11-23T21:36:22Z ",
                             "2026-11-23T21:36.5Z",
                             "2026/11/23T21:36:22Z",
                             "-026-11-23T21:36:22Z",
                             "2026-11-23T+1:36:22Z"}) {
        CAPTURE(text);
        CHECK(parse_timestamp(text) == std::nullopt);
    }
}

TEST_CASE("a time that was written is read as the same") {
    CHECK(rc::check([] {
        const WallTime time = any_time();
        RC_ASSERT(to_text(time).size() == 24U);
        RC_ASSERT(parse_timestamp(to_text(time)) == time);
    }));
}

TEST_CASE("one moment is the same in all zones") {
    CHECK(rc::check([] {
        const WallTime time = any_time();
        const auto minutes = *rc::gen::inRange(-23 * 60 - 59, 24 * 60);
        std::string local = to_text(time + std::chrono::minutes(minutes));
        RC_PRE(local.size() == 24U && local.front() != '-');  // still in a year of four digits
        const int size = minutes < 0 ? -minutes : minutes;
        std::array<char, 16> zone{};
        std::snprintf(zone.data(), zone.size(), "%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60,
                      size % 60);
        local.replace(local.size() - 1, 1, zone.data());
        RC_ASSERT(parse_timestamp(local) == time);
    }));
}
