#include "seqload/sandbox/contact_json.hpp"

#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;

namespace {

// The fields of a contact in the example of add_contact_ids (openapi.json), in its order.
const std::vector<std::string> fields_of_the_example{"contact_roles",
                                                     "id",
                                                     "first_name",
                                                     "last_name",
                                                     "name",
                                                     "linkedin_url",
                                                     "title",
                                                     "contact_stage_id",
                                                     "owner_id",
                                                     "creator_id",
                                                     "person_id",
                                                     "email_needs_tickling",
                                                     "organization_name",
                                                     "source",
                                                     "original_source",
                                                     "organization_id",
                                                     "headline",
                                                     "photo_url",
                                                     "present_raw_address",
                                                     "linkedin_uid",
                                                     "extrapolated_email_confidence",
                                                     "salesforce_id",
                                                     "salesforce_lead_id",
                                                     "salesforce_contact_id",
                                                     "salesforce_account_id",
                                                     "crm_owner_id",
                                                     "created_at",
                                                     "emailer_campaign_ids",
                                                     "direct_dial_status",
                                                     "direct_dial_enrichment_failed_at",
                                                     "city",
                                                     "country",
                                                     "state",
                                                     "email_status",
                                                     "email_source",
                                                     "account_id",
                                                     "last_activity_date",
                                                     "hubspot_vid",
                                                     "hubspot_company_id",
                                                     "crm_id",
                                                     "sanitized_phone",
                                                     "merged_crm_ids",
                                                     "updated_at",
                                                     "queued_for_crm_push",
                                                     "suggested_from_rule_engine_config_id",
                                                     "email_unsubscribed",
                                                     "person_deleted",
                                                     "call_opted_out",
                                                     "label_ids",
                                                     "has_pending_email_arcgate_request",
                                                     "has_email_arcgate_request",
                                                     "existence_level",
                                                     "email",
                                                     "email_from_customer",
                                                     "typed_custom_fields",
                                                     "custom_field_errors",
                                                     "crm_record_url",
                                                     "email_status_unavailable_reason",
                                                     "email_true_status",
                                                     "updated_email_true_status",
                                                     "source_display_name",
                                                     "twitter_url",
                                                     "facebook_url",
                                                     "contact_campaign_statuses",
                                                     "contact_emails",
                                                     "time_zone",
                                                     "show_intent",
                                                     "phone_numbers",
                                                     "account_phone_note",
                                                     "free_domain",
                                                     "email_domain_catchall"};

const std::vector<std::string> fields_of_a_status{"id",
                                                  "emailer_campaign_id",
                                                  "send_email_from_user_id",
                                                  "inactive_reason",
                                                  "status",
                                                  "added_at",
                                                  "added_by_user_id",
                                                  "finished_at",
                                                  "paused_at",
                                                  "auto_unpause_at",
                                                  "send_email_from_email_address",
                                                  "send_email_from_email_account_id",
                                                  "manually_set_unpause",
                                                  "failure_reason",
                                                  "current_step_id",
                                                  "in_response_to_emailer_message_id",
                                                  "cc_emails",
                                                  "bcc_emails",
                                                  "to_emails",
                                                  "current_step_position"};

std::vector<std::string> names(const Json& object) {
    std::vector<std::string> found;
    for (const auto& [name, value] : object.items())
        found.push_back(name);
    return found;
}

std::string written(const Team& team, ContactIndex index, ContactView view = ContactView::added) {
    std::string json;
    append_contact(json, team.world, team.memberships, index, view);
    return json;
}

}  // namespace

TEST_CASE("a contact has all the fields of Apollo's example, in its order") {
    Team team(small_world(), {});
    add_contacts(team, call(active_sequence, addition(active_sequence, {contact(7)})));
    const ContactIndex index = *team.world.contacts.find(*Id::parse(contact(7)));
    const Json json = Json::parse(written(team, index));
    CHECK(names(json) == fields_of_the_example);
    REQUIRE(json["contact_campaign_statuses"].size() == 1);
    CHECK(names(json["contact_campaign_statuses"][0]) == fields_of_a_status);
}

TEST_CASE("every contact that was added takes 3 to 4 KB, whatever its state") {
    Json json = world_json();
    json["generate"]["count"] = 20'000;
    Team team(world_of(json), {});
    std::vector<std::string> all;
    for (unsigned number = 0; number < 20'000; number += 7)
        all.push_back(contact(number));
    for (const std::string_view trait : {"no_email", "unverified_email", "pending"})
        all.push_back(contact_with(trait));
    add_contacts(team, call(active_sequence,
                            addition(active_sequence, all,
                                     "&sequence_no_email=true&sequence_unverified_email=true"
                                     "&add_if_in_queue=true")));
    CHECK(team.ledger.total(Deed::added) == all.size());
    for (const std::string& id : all) {
        const std::string text = written(team, *team.world.contacts.find(*Id::parse(id)));
        INFO(id, " has ", text.size());
        REQUIRE(text.size() >= 3000);
        REQUIRE(text.size() <= 4096);
        REQUIRE(Json::accept(text));
    }
}

TEST_CASE("quotes, line breaks, backslashes and UTF-8 in names come back as they went in") {
    const Team team(small_world(), {});
    const Json json = Json::parse(written(team, 0));
    CHECK(json["name"] == "Ada \"the\" first Ünal");
    CHECK(json["title"] == "Line\nbreaker");
    CHECK(json["organization_name"] == "Back\\slash & Co.");
}

TEST_CASE("a contact without an address shows none") {
    const Team team(small_world(), {});
    const auto index = team.world.contacts.find(*Id::parse(contact_with("no_email")));
    const Json json = Json::parse(written(team, *index));
    CHECK(json["email"].is_null());
    CHECK(json["email_status"].is_null());
    CHECK(json["contact_emails"].empty());
}

TEST_CASE("a search shows account and organization besides, a single contact its likeliness") {
    const Team team(small_world(), {});
    const Json searched = Json::parse(written(team, 0, ContactView::searched));
    CHECK(searched["account"]["modality"] == "account");
    CHECK(searched["account"]["team_id"] == team.world.team.text());
    CHECK(searched["organization"]["id"] == searched["organization_id"]);
    const Json shown = Json::parse(written(team, 0, ContactView::shown));
    CHECK(shown["next_contact_id"].is_null());
    CHECK(shown["is_likely_to_engage"] == false);
}
