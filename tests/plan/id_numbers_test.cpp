#include "seqload/plan/id_numbers.hpp"

#include "plan/plan_fixture.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

TEST_CASE("nothing is found where nothing was added") {
    const IdNumbers numbers(1);
    CHECK(numbers.size() == 0);
    CHECK(numbers.find(Id()) == std::nullopt);
    CHECK(numbers.find(id_of(1)) == std::nullopt);
}

TEST_CASE("different ids are numbered in the order in which they came, whatever the seed") {
    CHECK(rc::check([](std::uint64_t seed) {
        IdNumbers numbers(seed);
        std::map<Id, std::uint32_t> expected;
        const auto ids =
            *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 400U));
        for (const auto id : ids) {
            const auto next = static_cast<std::uint32_t>(expected.size());
            const auto number = expected.try_emplace(id_of(id), next).first->second;
            RC_ASSERT(numbers.add(id_of(id)) == number);
        }
        RC_ASSERT(numbers.size() == expected.size());
        for (std::uint64_t id = 0; id < 450; ++id) {
            const auto found = expected.find(id_of(id));
            RC_ASSERT(numbers.find(id_of(id)) ==
                      (found == expected.end() ? std::nullopt : std::optional(found->second)));
        }
    }));
}

TEST_CASE("of many ids every one is found and no other, in no more than 26 bytes each") {
    IdNumbers numbers(99);
    std::size_t over = 0;
    for (std::uint64_t id = 0; id < 200'000; ++id) {
        numbers.add(id_of(id * 2));
        over = std::max(over, numbers.bytes() - std::min(numbers.bytes(), 26 * numbers.size()));
    }
    CHECK(over <= 256);
    std::size_t wrong = 0;
    for (std::uint64_t id = 0; id < 400'000; ++id) {
        const auto expected =
            id % 2 == 0 ? std::optional(static_cast<std::uint32_t>(id / 2)) : std::nullopt;
        wrong += numbers.find(id_of(id)) == expected ? 0 : 1;
    }
    CHECK(wrong == 0);
}
