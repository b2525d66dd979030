#include "seqload/sandbox/remove_contacts.hpp"

#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;

namespace {

std::string removal(const std::vector<std::string_view>& sequences,
                    const std::vector<std::string>& contacts, std::string_view mode) {
    std::string query = "mode=" + std::string(mode);
    for (const std::string_view sequence : sequences)
        query += "&emailer_campaign_ids[]=" + std::string(sequence);
    for (const std::string& id : contacts)
        query += "&contact_ids[]=" + id;
    return query;
}

Team& with_members(Team& team) {
    add_contacts(team, call(active_sequence, addition(active_sequence, {contact(1), contact(2)})));
    return team;
}

}  // namespace

TEST_CASE("who is removed is out, and can be added again") {
    Team team(small_world(), {});
    with_members(team);
    const Effect effect = remove_contacts(
        team, call("", removal({active_sequence}, {contact(1), contact(9)}, "remove")));
    CHECK(effect.answer.status == 200);
    CHECK(effect.ended == 1);
    CHECK(body_of(effect)["contacts"].size() == 1);
    CHECK(body_of(effect)["emailer_campaigns"] == Json::array({Json{{"id", active_sequence}}}));
    CHECK(body_of(effect)["num_contacts"] == 1);
    CHECK(team.memberships.count(0, MembershipStatus::active) == 1);
    CHECK(
        remove_contacts(team, call("", removal({active_sequence}, {contact(1)}, "remove"))).ended ==
        0);
    CHECK(
        add_contacts(team, call(active_sequence, addition(active_sequence, {contact(1)}))).added ==
        1);
}

TEST_CASE("who is stopped or finished stays in the sequence") {
    for (const auto& [mode, reason] : {std::pair("stop", "manually stopped"),
                                       std::pair("mark_as_finished", "manually finished")}) {
        Team team(small_world(), {});
        with_members(team);
        const Effect effect =
            remove_contacts(team, call("", removal({active_sequence}, {contact(1)}, mode)));
        const Json status = body_of(effect)["contacts"][0]["contact_campaign_statuses"][0];
        CHECK(status["status"] == "finished");
        CHECK(status["inactive_reason"] == reason);
        CHECK_FALSE(status["finished_at"].is_null());
        CHECK(add_contacts(team, call(active_sequence, addition(active_sequence, {contact(1)})))
                  .skipped == 1);
        const Effect elsewhere =
            add_contacts(team, call(other_sequence, addition(other_sequence, {contact(1)})));
        CHECK(body_of(elsewhere)["skipped_contact_ids"] ==
              Json{{contact(1), "contacts_finished_in_other_campaigns"}});
    }
}

TEST_CASE("it takes the cross product of sequences and contacts") {
    Team team(small_world(), {});
    with_members(team);
    add_contacts(team, call(other_sequence, addition(other_sequence, {contact(2), contact(3)},
                                                     "&sequence_active_in_other_campaigns=true")));
    const Effect effect =
        remove_contacts(team, call("", removal({active_sequence, other_sequence},
                                               {contact(1), contact(2), contact(3)}, "remove")));
    CHECK(effect.ended == 4);
    CHECK(team.memberships.count(0, MembershipStatus::active) == 0);
    CHECK(team.memberships.count(1, MembershipStatus::active) == 0);
}

TEST_CASE("what is missing is refused, and nothing is done") {
    Team team(small_world(), {});
    with_members(team);
    const auto status = [&](const std::string& query) {
        return remove_contacts(team, call("", query)).answer.status;
    };
    CHECK(status(removal({}, {contact(1)}, "remove")) == 422);
    CHECK(status(removal({active_sequence}, {}, "remove")) == 422);
    CHECK(status(removal({active_sequence}, {contact(1)}, "erase")) == 422);
    CHECK(status(removal({active_sequence, "66e9e215ece19801b21999ff"}, {contact(1)}, "remove")) ==
          404);
    CHECK(team.memberships.count(0, MembershipStatus::active) == 2);
}
