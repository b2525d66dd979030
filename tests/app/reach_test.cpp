#include "seqload/app/reach.hpp"

#include "app/team_fixture.hpp"

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

TEST_CASE("labels reach as many as Apollo counts, each row of theirs") {
    // "Leads" (120) once, "Nobody" (3) twice, "Firms" (4) three times, and 94 contacts.
    const Team team = good_team();
    CHECK(reach_by_counts(100, 6, needs(), &team) ==
          Reach{.rows = 100, .labels = 6, .people = 94 + 120 + 2 * 3 + 3 * 4, .exact = false});
}

TEST_CASE("a label that Apollo does not count, or does not know, is one of an unknown size") {
    Team team = good_team();
    team.labels->at(0).count.reset();
    team.labels->at(2).modality = "accounts";
    const Reach reach = reach_by_counts(100, 6, needs(), &team);
    CHECK(reach.people == 94 + 1 + 2 * 3 + 3);
    CHECK(reach.uncounted == 4);
}

TEST_CASE("a label that nobody carries reaches nobody") {
    Team team = good_team();
    for (apollo::Label& label : *team.labels)
        label.count = 0;
    CHECK(reach_by_counts(6, 6, needs(), &team).people == 0);
}

TEST_CASE("without having asked, nothing is known of labels; without labels all is") {
    CHECK(reach_by_counts(100, 6, needs(), nullptr) ==
          Reach{.rows = 100, .labels = 6, .people = 100, .uncounted = 6, .exact = false});
    CHECK(reach_by_counts(100, 0, {}, nullptr) == Reach{.rows = 100, .people = 100});
}

}  // namespace seqload::app
