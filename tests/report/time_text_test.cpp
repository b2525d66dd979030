#include "seqload/report/time_text.hpp"

#include "seqload/base/timestamp.hpp"

#include <chrono>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

TEST_CASE("times are worded as everywhere else, in whatever order they come") {
    CHECK(rc::check("TimeText", [] {
        report::TimeText text;
        constexpr std::int64_t year_2100 = 4'102'444'800'000;
        const auto first = *rc::gen::inRange<std::int64_t>(-year_2100, year_2100);
        for (int times = 0; times < 20; ++times) {
            const auto step = *rc::gen::inRange<std::int64_t>(-200'000'000, 200'000'000);
            const WallTime time{std::chrono::milliseconds(first + step)};
            RC_ASSERT(text(time) == to_text(time));
        }
    }));
}
