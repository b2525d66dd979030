#include "seqload/base/duration_text.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace std::chrono_literals;

TEST_CASE("durations are read as people write them") {
    CHECK(parse_duration("500ms") == Duration(500ms));
    CHECK(parse_duration("90s") == Duration(90s));
    CHECK(parse_duration("1.5h") == Duration(90min));
    CHECK(parse_duration(".5s") == Duration(500ms));
    CHECK(parse_duration("4h30m") == Duration(270min));
    CHECK(parse_duration("2d") == Duration(48h));
    CHECK(parse_duration("1m30s500ms") == Duration(90'500ms));
    CHECK(parse_duration("0") == Duration(0));
    CHECK(parse_duration("0s") == Duration(0));
    CHECK(parse_duration("36500d") == Duration(36500 * 24h));
}

TEST_CASE("what is no duration is refused") {
    for (const char* text : {"",         " ",
                             "s",        "10",
                             "1 h",      "1h ",
                             " 1h",      "1x",
                             "1H",       "1hour",
                             "1m1h",     "1s1s",
                             "1h30",     "1..5s",
                             "1.5.5s",   "-1s",
                             "-0s",      "1h-1m",
                             "+1s",      "1e3s",
                             "0x1s",     "infs",
                             "nans",     "inf",
                             "36500d1s", "1000000000000000000000d",
                             "1\0s"}) {
        CAPTURE(text);
        CHECK(parse_duration(text) == std::nullopt);
    }
}

TEST_CASE("any number of days, hours, minutes, seconds and milliseconds is read exactly") {
    CHECK(rc::check([] {
        const std::array<std::pair<const char*, Duration>, 5> units{
            {{"d", 24h}, {"h", 1h}, {"m", 1min}, {"s", 1s}, {"ms", 1ms}}};
        std::string text;
        Duration expected(0);
        for (const auto& [name, length] : units) {
            if (!*rc::gen::arbitrary<bool>())
                continue;
            const auto number = *rc::gen::inRange<std::int64_t>(0, 5000);
            text += std::to_string(number) + name;
            expected += number * length;
        }
        RC_PRE(!text.empty());
        // Added up in doubles: off by less than a microsecond.
        const auto found = parse_duration(text);
        RC_ASSERT(found.has_value());
        RC_ASSERT(std::chrono::abs(*found - expected) < 1us);
    }));
}

TEST_CASE("people are told two units at most") {
    CHECK(describe(0s) == "0 ms");
    CHECK(describe(850ms) == "850 ms");
    CHECK(describe(4'200ms) == "4.2 s");
    CHECK(describe(42s) == "42 s");
    CHECK(describe(12min + 30s) == "12 min 30 s");
    CHECK(describe(12min) == "12 min");
    CHECK(describe(5h + 3min + 20s) == "5 h 3 min");
    CHECK(describe(5h) == "5 h");
    CHECK(describe(52h) == "2 d 4 h");
    CHECK(describe(48h) == "2 d");
    CHECK(describe(100 * 365 * 24h) == "36500 d");
}

TEST_CASE("a duration that rounds up to the next unit is told in it") {
    CHECK(describe(999'400us) == "999 ms");
    CHECK(describe(999'600us) == "1.0 s");
    CHECK(describe(9'940ms) == "9.9 s");
    CHECK(describe(9'960ms) == "10 s");
    CHECK(describe(59'400ms) == "59 s");
    CHECK(describe(59'700ms) == "1 min");
    CHECK(describe(59min + 59'700ms) == "1 h");
    CHECK(describe(23h + 59min + 40s) == "1 d");
    CHECK(describe(47h + 50min) == "2 d");
}

TEST_CASE("a negative duration has a minus before it") {
    CHECK(describe(-5ms) == "-5 ms");
    CHECK(describe(-90s) == "-1 min 30 s");
    CHECK(describe(Duration::min()) == describe(-Duration::max()));
}

TEST_CASE("a time of day is the next time that clocks here show it") {
    const WallTime now = std::chrono::floor<std::chrono::minutes>(SystemClock().wall());
    const std::time_t seconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::tm local{};
    REQUIRE(::localtime_r(&seconds, &local) != nullptr);
    char text[6];
    REQUIRE(std::strftime(text, sizeof text, "%H:%M", &local) == 5);
    // In step with the clock's change to and from summer time a day has 23 or 25 hours.
    const auto whole_day = until_time_of_day(text, now);
    REQUIRE(whole_day);
    CHECK(*whole_day >= std::chrono::hours(23));
    CHECK(*whole_day <= std::chrono::hours(25));
    const auto a_second = until_time_of_day(text, now - std::chrono::seconds(1));
    REQUIRE(a_second);
    CHECK(*a_second == std::chrono::seconds(1));
    for (const char* bad : {"", ":", "6", "6:0", "24:00", "12:60", "-1:00", "6:000", "a:00",
                            "06:00 ", "006:00", "6:-1"})
        CHECK_FALSE(until_time_of_day(bad, now));
    CHECK(until_time_of_day("6:05", now) == until_time_of_day("06:05", now));
}
