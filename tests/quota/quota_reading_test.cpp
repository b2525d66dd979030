#include "seqload/quota/quota_reading.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using quota::QuotaReading;
using quota::read_quota;
using quota::WindowReading;

namespace {

WindowReading told(std::uint32_t limit, std::uint32_t used, std::uint32_t left) {
    return {.unlimited = false, .limit = limit, .used = used, .left = left};
}

}  // namespace

TEST_CASE("all three windows are read as Apollo spells them") {
    const QuotaReading reading = read_quota({
        {"x-rate-limit-minute", "200"},
        {"x-minute-usage", "3"},
        {"x-minute-requests-left", "197"},
        {"x-rate-limit-hourly", "400"},
        {"x-hourly-usage", "33"},
        {"x-hourly-requests-left", "367"},
        {"x-rate-limit-24-hour", "2000"},
        {"x-24-hour-usage", "1033"},
        {"x-24-hour-requests-left", "967"},
    });
    CHECK(reading[Window::minute] == told(200, 3, 197));
    CHECK(reading[Window::hour] == told(400, 33, 367));
    CHECK(reading[Window::day] == told(2000, 1033, 967));
}

TEST_CASE("the day's older spelling is read, too, and names have no case") {
    const QuotaReading reading = read_quota({
        {"X-Rate-Limit-Daily", "600"},
        {"X-Daily-Usage", "1"},
        {"X-Daily-Requests-Left", " 599\t"},
    });
    CHECK(reading[Window::day] == told(600, 1, 599));
}

TEST_CASE("where both spellings of the day are there, the newer one holds") {
    const QuotaReading reading = read_quota({
        {"x-daily-usage", "7"},
        {"x-rate-limit-daily", "600"},
        {"x-24-hour-usage", "9"},
        {"x-rate-limit-24-hour", "oops"},
    });
    CHECK(reading[Window::day].used == 9);
    CHECK(reading[Window::day].limit == 600);
}

TEST_CASE("an empty limit means unlimited") {
    const QuotaReading reading = read_quota({{"x-rate-limit-minute", ""}});
    CHECK(reading[Window::minute].unlimited);
    CHECK_FALSE(reading[Window::minute].limit);
    CHECK_FALSE(reading[Window::hour].unlimited);
    CHECK(read_quota({{"x-rate-limit-daily", " "}})[Window::day].unlimited);
}

TEST_CASE("what is no plain number counts as not said") {
    for (const char* garbage : {"-1", "+4", "4.5", "0x10", "12 34", "200, 200", "many", "\xff"}) {
        CAPTURE(garbage);
        const QuotaReading reading = read_quota({{"x-rate-limit-minute", garbage},
                                                 {"x-minute-usage", garbage},
                                                 {"x-minute-requests-left", garbage}});
        CHECK(reading == QuotaReading{});
    }
}

TEST_CASE("a limit of nothing is not believed") {
    CHECK_FALSE(read_quota({{"x-rate-limit-hourly", "0"}})[Window::hour].limit);
    CHECK(read_quota({{"x-hourly-requests-left", "0"}})[Window::hour].left == 0);
}

TEST_CASE("a huge number is the largest one") {
    for (const char* huge : {"4294967295", "4294967296", "99999999999999999999999999"})
        CHECK(read_quota({{"x-minute-usage", huge}})[Window::minute].used == 4294967295U);
}

TEST_CASE("the count is taken at the worse where the fields disagree") {
    CHECK(told(400, 33, 367).counted() == 33);
    CHECK(told(400, 33, 300).counted() == 100);
    CHECK(told(400, 150, 367).counted() == 150);
    CHECK(told(400, 1, 500).counted() == 1);
    CHECK(WindowReading{.limit = 400, .left = 399}.counted() == 1);
    CHECK(WindowReading{.used = 5}.counted() == 5);
    CHECK_FALSE(WindowReading{.limit = 400}.counted());
    CHECK_FALSE(WindowReading{.left = 4}.counted());
}

TEST_CASE("any number that fits comes back as it was") {
    CHECK(rc::check([](std::uint32_t used, std::uint32_t left) {
        const auto reading = read_quota({{"x-hourly-usage", std::to_string(used)},
                                         {"x-hourly-requests-left", std::to_string(left)}});
        RC_ASSERT(reading[Window::hour].used == used);
        RC_ASSERT(reading[Window::hour].left == left);
    }));
}
