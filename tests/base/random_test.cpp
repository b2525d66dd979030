#include "seqload/base/random.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

TEST_CASE("the same seed draws the same numbers") {
    CHECK(rc::check([](std::uint64_t seed) {
        Random one(seed);
        Random other(seed);
        for (int i = 0; i < 20; ++i) {
            RC_ASSERT(one.unit() == other.unit());
            RC_ASSERT(one.below(1000) == other.below(1000));
        }
    }));
}

TEST_CASE("without a seed no two draw the same") {
    Random one;
    Random other;
    const auto bound = std::numeric_limits<std::uint64_t>::max();
    CHECK(one.below(bound) != other.below(bound));
}

TEST_CASE("numbers are drawn from the whole range and not beyond it") {
    Random random(1);
    std::array<int, 6> seen{};
    double least = 1;
    double most = 0;
    for (int i = 0; i < 6000; ++i) {
        ++seen.at(random.below(6));  // throws outside the range
        const double unit = random.unit();
        least = std::min(least, unit);
        most = std::max(most, unit);
    }
    for (const int times : seen)
        CHECK(times > 800);
    CHECK(least >= 0);
    CHECK(least < 0.01);
    CHECK(most > 0.99);
    CHECK(most < 1);
    CHECK(random.below(1) == 0);
}

TEST_CASE("there is no number below zero") {
    Random random(1);
    CHECK_THROWS_AS(random.below(0), std::invalid_argument);
}
