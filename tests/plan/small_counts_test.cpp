#include "seqload/plan/small_counts.hpp"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload::plan;

TEST_CASE("counts go up and down as those of a map do") {
    CHECK(rc::check([] {
        SmallCounts counts;
        std::map<std::uint32_t, std::uint32_t> expected;
        // How often each is counted: mostly about where a byte ends.
        const auto steps = *rc::gen::container<std::vector<std::pair<std::uint32_t, int>>>(
            rc::gen::pair(rc::gen::inRange(0U, 5U), rc::gen::inRange(-300, 600)));
        for (const auto& [thing, times] : steps) {
            for (int i = 0; i < times; ++i) {
                counts.add(thing);
                ++expected[thing];
            }
            for (int i = 0; i > times && expected[thing] > 0; --i) {
                counts.take_back(thing);
                --expected[thing];
            }
            RC_ASSERT(counts[thing] == expected[thing]);
        }
        for (std::uint32_t thing = 0; thing < 8; ++thing)
            RC_ASSERT(counts[thing] == expected[thing]);
    }));
}

TEST_CASE("what was not counted cannot be taken back") {
    SmallCounts counts;
    CHECK_THROWS_AS(counts.take_back(0), std::logic_error);
    counts.add(3);
    CHECK(counts.size() == 4);
    CHECK_THROWS_AS(counts.take_back(2), std::logic_error);
    counts.take_back(3);
    CHECK_THROWS_AS(counts.take_back(3), std::logic_error);
    CHECK(counts[3] == 0);
}

TEST_CASE("a count may go far beyond a byte") {
    SmallCounts counts;
    for (int i = 0; i < 100'000; ++i)
        counts.add(1);
    CHECK(counts[1] == 100'000);
    CHECK(counts[0] == 0);
}
