#include "seqload/plan/exclusion_list.hpp"

#include "plan/plan_fixture.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::plan;
using namespace seqload::plan::test;

TEST_CASE("an empty list excludes nobody") {
    const ExclusionList list(1);
    CHECK(list.empty());
    CHECK_FALSE(list.contains(id_of(1)));
    CHECK_FALSE(list.contains(Id()));
}

TEST_CASE("a contact that is added twice is on the list once") {
    ExclusionList list(1);
    list.add(id_of(1));
    list.add(Id());
    list.add(id_of(1));
    CHECK(list.size() == 2);
    CHECK(list.contains(id_of(1)));
    CHECK(list.contains(Id()));
    CHECK_FALSE(list.contains(id_of(2)));
}
