#include "seqload/sandbox/team_lists.hpp"

#include "seqload/sandbox/contact_lookup.hpp"
#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;

namespace {

std::vector<std::string> values(const Json& list, const char* field) {
    std::vector<std::string> found;
    for (const Json& element : list)
        found.push_back(element[field].get<std::string>());
    return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("sequences are found by every word of their name, and come in pages") {
    const Team team(small_world(), {});
    const auto searched = [&](std::string_view query) {
        return body_of(search_sequences(team, call("", query)));
    };
    CHECK(values(searched("q_name=spring+RENEWAL")["emailer_campaigns"], "name") ==
          Texts{"Renewal in Spring"});
    CHECK(searched("q_name=autumn")["emailer_campaigns"].empty());
    const Json page = searched("page=2&per_page=3");
    CHECK(values(page["emailer_campaigns"], "name") == Texts{"Picky"});
    CHECK(page["pagination"].dump() ==
          R"({"page":2,"per_page":3,"total_entries":4,"total_pages":2})");
    CHECK(searched("page=9")["emailer_campaigns"].empty());
    const Json inactive = searched("q_name=Summer")["emailer_campaigns"][0];
    CHECK(inactive["active"] == false);
    CHECK(inactive["archived"] == false);
    CHECK(inactive["num_steps"] == 3);
    CHECK(inactive["sharing_permission"]["object_id"] == inactive_sequence);
}

TEST_CASE("mailboxes say whether they can be used") {
    const Team team(small_world(), {});
    const Json mailboxes = body_of(list_email_accounts(team))["email_accounts"];
    CHECK(values(mailboxes, "id") == Texts{std::string(mailbox), std::string(second_mailbox),
                                           std::string(revoked_mailbox),
                                           std::string(aggregate_mailbox)});
    CHECK(mailboxes[0]["active"] == true);
    CHECK(mailboxes[0]["aliases"] == Json::array({"robin@mail.example.com"}));
    CHECK(mailboxes[2]["active"] == false);
    CHECK(mailboxes[0]["deliverability_score"]["email_account_id"] == mailbox);
    CHECK(mailboxes[0].contains("email_daily_threshold"));
}

TEST_CASE("labels are a bare array with their counts") {
    const Team team(small_world(), {});
    const Json labels = body_of(list_labels(team));
    REQUIRE(labels.is_array());
    CHECK(values(labels, "name") == Texts{"Tenth", "Empty", "Firms"});
    CHECK(labels[0]["cached_count"] == 100);
    CHECK(labels[1]["cached_count"] == 0);
    CHECK(labels[2]["modality"] == "accounts");
}

TEST_CASE("a label can be made once") {
    Team team(small_world(), {});
    const auto made = [&](std::string_view query) {
        return create_label(team, call("", query)).answer;
    };
    CHECK(made("name=New&modality=contacts").status == 200);
    CHECK(made("name=New&modality=contacts").status == 422);
    CHECK(made("name=New&modality=accounts").status == 200);
    CHECK(Json::parse(made("modality=contacts").body)["error"] == "Please enter a non-empty name!");
    CHECK(Json::parse(made("name=x").body)["error"] == "Please enter a non-empty modality!");
    CHECK(Json::parse(made("name=x&modality=y").body)["error"] == "Please enter a valid modality!");
    CHECK(body_of(list_labels(team)).size() == 5);
}

TEST_CASE("users come in pages whose numbers are text") {
    const Team team(small_world(), {});
    const Json users = body_of(search_users(team, call("", "per_page=1&page=2")));
    CHECK(values(users["users"], "email") == Texts{"kim@example.com"});
    CHECK(users["pagination"]["page"] == "2");
    CHECK(users["pagination"]["total_entries"] == 2);
}

TEST_CASE("a label's contacts are listed a hundred a page at most") {
    Json json = world_json();
    json["generate"]["count"] = 5000;
    const Team team(world_of(json), {});
    std::vector<std::string> seen;
    for (int page = 1; page <= 6; ++page) {
        const Json found = body_of(search_contacts(
            team, call("", "per_page=500&contact_label_ids[]=66e361494acd1307386d4001&page=" +
                               std::to_string(page))));
        CHECK(found["pagination"]["total_entries"] == 500);
        CHECK(found["pagination"]["total_pages"] == 5);
        for (const std::string& id : values(found["contacts"], "id"))
            seen.push_back(id);
    }
    REQUIRE(seen.size() == 500);
    for (unsigned number = 0; number < 500; ++number)
        REQUIRE(seen[number] == contact(number * 10));
}

TEST_CASE("keywords search names, titles, companies and addresses") {
    const Team team(small_world(), {});
    const Json found = body_of(search_contacts(team, call("", "q_keywords=person.77@sample-77.")));
    CHECK(values(found["contacts"], "id") == Texts{contact(77)});
}

TEST_CASE("a contact read back shows in which sequences it is") {
    Team team(small_world(), {});
    const auto shown = [&](const std::string& id) { return show_contact(team, call(id, "")); };
    CHECK(body_of(shown(contact(20)))["contact"]["contact_campaign_statuses"].empty());
    add_contacts(team, call(active_sequence, addition(active_sequence, {contact(20)})));
    add_contacts(team, call(other_sequence, addition(other_sequence, {contact(20)},
                                                     "&sequence_active_in_other_campaigns=true")));
    const Json body = body_of(shown(contact(20)));
    CHECK(body["contact"]["contact_campaign_statuses"].size() == 2);
    CHECK(body["contact"]["contact_campaign_statuses"][0]["added_at"] ==
          "2025-11-24T16:00:00.000+00:00");
    CHECK(values(body["labels"], "name") == Texts{"Tenth"});
    CHECK(shown("5f0000000000000000000001").answer.status == 422);
    CHECK(body_of(shown("nobody"))["error"] == "Oops! This contact does not exist in Apollo.");
}
