#include "seqload/sandbox/ledger.hpp"

#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;

namespace {

Json shown(const Team& team, std::optional<SequenceIndex> only = {}, bool with_contacts = true) {
    return Json::parse(team.ledger.json(
        team.world, team.memberships,
        [](RequestNumber number) { return "request " + std::to_string(number); }, only,
        with_contacts));
}

}  // namespace

TEST_CASE("an empty ledger has totals and nobody") {
    const Team team(small_world(), {});
    CHECK(shown(team) == Json::parse(R"({"totals": {"added": 0, "added_more_than_once": 0,
        "removed": 0, "stopped": 0, "finished": 0}, "sequences": {}})"));
}

TEST_CASE("the ledger shows for each contact how often it was added, and by which requests") {
    Team team(small_world(), {});
    add_contacts(team, call(other_sequence, addition(other_sequence, {contact(3)}), 1));
    add_contacts(team,
                 call(active_sequence, addition(active_sequence, {contact(2), contact(1)}), 2));
    add_contacts(team,
                 call(active_sequence, addition(active_sequence, {contact(1), contact(4)}), 3));
    const Json json = shown(team);
    CHECK(json["totals"]["added"] == 4);
    CHECK(json["totals"]["added_more_than_once"] == 0);
    const Json welcome = json["sequences"][std::string(active_sequence)];
    CHECK(welcome["added"] == 3);
    CHECK(welcome["in_sequence"] == 3);
    CHECK(welcome["contacts"][contact(4)].dump() ==
          R"({"added":1,"removed":0,"stopped":0,"finished":0,"status":"active",)"
          R"("requests":["request 3"]})");
    CHECK(welcome["contacts"].size() == 3);
    CHECK(shown(team, 1)["sequences"].size() == 1);
    CHECK_FALSE(
        shown(team, 1, false)["sequences"][std::string(other_sequence)].contains("contacts"));
}

TEST_CASE(
    "an addition after a removal is an addition of its own; one without is counted as twice") {
    Team team(small_world(), {});
    Ledger& ledger = team.ledger;
    ledger.record(Deed::added, 1, 0, 1);
    ledger.record(Deed::removed, 1, 0, 2);
    ledger.record(Deed::added, 1, 0, 3);
    CHECK(shown(team)["totals"]["added_more_than_once"] == 0);
    ledger.record(Deed::added, 1, 1, 4);
    CHECK(shown(team)["totals"]["added_more_than_once"] == 0);
    ledger.record(Deed::stopped, 1, 0, 5);
    ledger.record(Deed::added, 1, 0, 6);
    CHECK(shown(team)["totals"]["added_more_than_once"] == 1);
    const std::string id = team.world.contacts.id(1).text();
    CHECK(shown(team)["sequences"][std::string(active_sequence)]["contacts"][id]["requests"] ==
          Json::array({"request 1", "request 3", "request 6"}));
}
