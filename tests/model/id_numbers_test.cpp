#include "seqload/model/id_numbers.hpp"

#include "model/any_target.hpp"
#include "support/numbered_id.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::test;

TEST_CASE("nothing is found where nothing was added") {
    const IdNumbers numbers(1);
    CHECK(numbers.size() == 0);
    CHECK(numbers.find(Id()) == std::nullopt);
    CHECK(numbers.find(numbered_id(1)) == std::nullopt);
}

TEST_CASE("an id that was foreseen gets the number that it would have got") {
    IdNumbers numbers(7);
    const auto one = numbers.foresee(numbered_id(1));
    const auto two = numbers.foresee(numbered_id(2));
    const auto again = numbers.foresee(numbered_id(1));
    for (std::uint64_t id = 10; id < 1'000; ++id)
        numbers.add(numbered_id(id));
    CHECK(numbers.add(two) == 990);
    CHECK(numbers.add(one) == 991);
    CHECK(numbers.add(again) == 991);
    CHECK(numbers.add(numbered_id(2)) == 990);
}

TEST_CASE("different ids are numbered in the order in which they came, whatever the seed") {
    CHECK(rc::check([](std::uint64_t seed) {
        IdNumbers numbers(seed);
        std::map<Id, std::uint32_t> expected;
        const auto ids =
            *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 400U));
        for (const auto id : ids) {
            const auto next = static_cast<std::uint32_t>(expected.size());
            const auto number = expected.try_emplace(numbered_id(id), next).first->second;
            RC_ASSERT(numbers.add(numbered_id(id)) == number);
        }
        RC_ASSERT(numbers.size() == expected.size());
        for (const auto& [id, number] : expected)
            RC_ASSERT(numbers[number] == id);
        for (std::uint64_t id = 0; id < 450; ++id) {
            const auto found = expected.find(numbered_id(id));
            RC_ASSERT(numbers.find(numbered_id(id)) ==
                      (found == expected.end() ? std::nullopt : std::optional(found->second)));
        }
    }));
}

TEST_CASE(
    "of many ids every one is found and no other, in no more than 19 bytes each and a block") {
    IdNumbers numbers(99);
    std::size_t over = 0;
    for (std::uint64_t id = 0; id < 200'000; ++id) {
        numbers.add(numbered_id(id * 2));
        over = std::max(over, numbers.bytes() - std::min(numbers.bytes(), 19 * numbers.size()));
    }
    CHECK(over <= std::size_t{50} << 10U);
    std::size_t wrong = 0;
    for (std::uint64_t id = 0; id < 400'000; ++id) {
        const auto expected =
            id % 2 == 0 ? std::optional(static_cast<std::uint32_t>(id / 2)) : std::nullopt;
        wrong += numbers.find(numbered_id(id)) == expected ? 0 : 1;
    }
    CHECK(wrong == 0);
}
