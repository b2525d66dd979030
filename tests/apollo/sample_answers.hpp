#pragma once

// Answers to the adding of contacts in every shape that facts.md tells of. The
// people in them are made up.

#include <array>
#include <string>
#include <string_view>

namespace seqload::apollo::test {

struct SampleAnswer {
    std::string_view name;
    std::string_view body;
};

// A contact as Apollo sends it: ids of other things before and after its own.
inline constexpr std::string_view documented_answer = R"({
  "contacts": [
    {"contact_roles": [], "id": "66e34b81740c50074e000001", "first_name": "Ada",
     "last_name": "Exampleová", "owner_id": "66e34b81740c50074e0000f1",
     "emailer_campaign_ids": ["66e9e215ece19801b219997f"],
     "account": {"id": "66e34b81740c50074e000002", "contacts": [{"id": "66e34b81740c50074e000002"}]},
     "contact_campaign_statuses": [
       {"id": "68782af181c7f0002159df25", "emailer_campaign_id": "66e9e215ece19801b219997f",
        "inactive_reason": "Sequence inactive", "status": "paused", "failure_reason": null},
       {"id": "68782af181c7f0002159df26", "emailer_campaign_id": "66e9e215ece19801b2199901",
        "inactive_reason": null, "status": "active"}],
     "contact_emails": [{"id": "66e34b81740c50074e000002", "email": "ada@example.com"}],
     "phone_numbers": [], "typed_custom_fields": {}, "person_id": null},
    {"first_name": "Bo", "contact_campaign_statuses": [
       {"status": "paused", "inactive_reason": "Elsewhere",
        "emailer_campaign_id": "66e9e215ece19801b2199901"},
       {"status": "active", "inactive_reason": null,
        "emailer_campaign_id": "66e9e215ece19801b219997f"}],
     "id": "66E34B81740C50074E000003"}],
  "skipped_contact_ids": {
    "66e34b81740c50074e000004": "contact_not_found",
    "66e34b81740c50074e000005": "contacts_already_exists_in_current_campaign"},
  "emailer_campaign": {"id": "66e9e215ece19801b219997f", "name": "Dublin", "active": false},
  "emailer_steps": [{"id": "66e34b81740c50074e000002", "position": 1}],
  "emailer_touches": [], "team": {"id": "6095a710bd01d100a506d4ac"}, "signals_hash": null})";

inline constexpr std::array sample_answers{
    SampleAnswer{"documented", documented_answer},
    SampleAnswer{"bare ids",
                 R"({"contacts": ["66e34b81740c50074e000001"],
                     "skipped_contact_ids": ["66e34b81740c50074e000004"]})"},
    SampleAnswer{"two lists of objects",
                 R"({"contacts": {"added": [{"id": "66e34b81740c50074e000001"}],
                     "skipped": [{"id": "66e34b81740c50074e000004",
                                  "reason": "contacts_without_email"}]}})"},
    SampleAnswer{"two lists of bare ids",
                 R"({"contacts": {"skipped": ["66e34b81740c50074e000004"],
                                  "added": ["66e34b81740c50074e000001"]}})"},
    SampleAnswer{"in both lists",
                 R"({"contacts": [{"id": "66e34b81740c50074e000001"}],
                     "skipped_contact_ids": {"66e34b81740c50074e000001":
                                             "contacts_unsubscribed"}})"},
    SampleAnswer{"nobody", R"({"contacts": [], "skipped_contact_ids": {}})"},
    SampleAnswer{"a job",
                 R"({"entity_progress_job": {"id": "66e9fca8cc087302d18b83be",
                     "job_type": "add_contacts", "entity_ids": ["66e34b81740c50074e000001"],
                     "progress": 0}})"},
};

}  // namespace seqload::apollo::test
