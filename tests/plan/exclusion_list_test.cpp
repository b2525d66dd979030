#include "seqload/plan/exclusion_list.hpp"

#include "plan/plan_fixture.hpp"

#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

TEST_CASE("an empty list excludes nobody") {
    const ExclusionList list(1);
    CHECK(list.empty());
    CHECK_FALSE(list.contains(id_of(1)));
    CHECK_FALSE(list.contains(Id()));
}

TEST_CASE("the id of twelve zeros is an id like any other") {
    ExclusionList list(1);
    list.add(id_of(1));
    CHECK_FALSE(list.contains(Id()));
    list.add(Id());
    list.add(Id());
    CHECK(list.contains(Id()));
    CHECK(list.size() == 2);
}

TEST_CASE("exactly the ids that were added are on the list, whatever its seed") {
    CHECK(rc::check([](std::uint64_t seed) {
        ExclusionList list(seed);
        std::set<Id> expected;
        const auto ids =
            *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 400U));
        for (const auto number : ids) {
            list.add(id_of(number));
            expected.insert(id_of(number));
        }
        RC_ASSERT(list.size() == expected.size());
        for (std::uint64_t number = 0; number < 450; ++number)
            RC_ASSERT(list.contains(id_of(number)) == expected.contains(id_of(number)));
    }));
}

TEST_CASE("a long list finds all of its ids and no other") {
    ExclusionList list(99);
    for (std::uint64_t number = 0; number < 200'000; ++number)
        list.add(id_of(number * 2));
    CHECK(list.size() == 200'000);
    std::size_t wrong = 0;
    for (std::uint64_t number = 0; number < 400'000; ++number)
        wrong += list.contains(id_of(number)) == (number % 2 == 0) ? 0 : 1;
    CHECK(wrong == 0);
}
