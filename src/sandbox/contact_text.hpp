#pragma once

// The fields of Apollo's examples (openapi.json) with gaps: @name@ is filled in by
// contact_json.cpp.

#include <string_view>

namespace seqload::sandbox {

inline constexpr std::string_view contact_text =
    R"({"contact_roles":[],"id":"@id@","first_name":@first_name@,"last_name":@last_name@,)"
    R"("name":@name@,"linkedin_url":"http://www.linkedin.com/in/example-profile-@digits@",)"
    R"("title":@title@,"contact_stage_id":"6095a710bd01d100a506d4ae",)"
    R"("owner_id":"@owner_id@","creator_id":"@creator_id@",)"
    R"("person_id":"5f@digits@d01ca0","email_needs_tickling":false,)"
    R"("organization_name":@company@,"source":"api","original_source":"api",)"
    R"("organization_id":"5e66b638@digits@","headline":@headline@,)"
    R"("photo_url":"https://static.example.com/profile/@digits@/shrink_200_200/0/@digits8@?e=1735776000&v=beta",)"
    R"("present_raw_address":"1 Example Square, Sampletown, Ireland","linkedin_uid":null,)"
    R"("extrapolated_email_confidence":null,"salesforce_id":null,"salesforce_lead_id":null,)"
    R"("salesforce_contact_id":null,"salesforce_account_id":null,"crm_owner_id":null,)"
    R"("created_at":"2024-09-12T20:13:53.207Z","emailer_campaign_ids":@campaign_ids@,)"
    R"("direct_dial_status":null,"direct_dial_enrichment_failed_at":null,)"
    R"("city":"Sampletown","country":"Ireland","state":"Leinster",)"
    R"("email_status":@email_status@,"email_source":null,"account_id":"63f53afe@digits@",)"
    R"("last_activity_date":"2025-03-09T20:31:17.000+00:00","hubspot_vid":null,)"
    R"("hubspot_company_id":null,"crm_id":null,"sanitized_phone":"+15555550117",)"
    R"("merged_crm_ids":null,"updated_at":"2025-05-23T13:38:25.109Z",)"
    R"("queued_for_crm_push":false,"suggested_from_rule_engine_config_id":null,)"
    R"("email_unsubscribed":@unsubscribed@,"person_deleted":null,"call_opted_out":null,)"
    R"("label_ids":@label_ids@,"has_pending_email_arcgate_request":false,)"
    R"("has_email_arcgate_request":false,"existence_level":"full","email":@email@,)"
    R"("email_from_customer":true,)"
    R"("typed_custom_fields":{"5b75f1c11dc2727d43ae3bb9":"Renewal due in the next quarter",)"
    R"("5c4296857f799409361890ea":"Met at the trade show; asked for the price list"},)"
    R"("custom_field_errors":null,"crm_record_url":null,)"
    R"("email_status_unavailable_reason":null,"email_true_status":@true_status@,)"
    R"("updated_email_true_status":true,"source_display_name":"Created from API",)"
    R"("twitter_url":null,"facebook_url":null,"contact_campaign_statuses":@statuses@,)"
    R"("contact_emails":@emails@,"time_zone":"Europe/Dublin","show_intent":false,)"
    R"("phone_numbers":[{"raw_number":"555-555-0117","sanitized_number":"+15555550117",)"
    R"("type":"work_direct","position":0,"status":"no_status","dnc_status":null,)"
    R"("dnc_other_info":{},"dialer_flags":null,"source_name":"User Managed",)"
    R"("vendor_validation_statuses":[],"third_party_vendor_name":null}],)"
    R"("account_phone_note":null,"free_domain":false,"email_domain_catchall":false@tail@})";

// One of contact_campaign_statuses.
inline constexpr std::string_view status_text =
    R"({"id":"68782af1@digits@","emailer_campaign_id":"@sequence_id@",)"
    R"("send_email_from_user_id":@sender_user@,"inactive_reason":@inactive_reason@,)"
    R"("status":"@status@","added_at":"@added_at@","added_by_user_id":@added_by@,)"
    R"("finished_at":@finished_at@,"paused_at":@paused_at@,)"
    R"("auto_unpause_at":@auto_unpause_at@,"send_email_from_email_address":@from_address@,)"
    R"("send_email_from_email_account_id":@mailbox_id@,"manually_set_unpause":@manual@,)"
    R"("failure_reason":null,"current_step_id":null,)"
    R"("in_response_to_emailer_message_id":null,"cc_emails":null,"bcc_emails":null,)"
    R"("to_emails":null,"current_step_position":null})";

// contact_emails of a contact that has an address.
inline constexpr std::string_view emails_text =
    R"([{"email_md5":"@md5@","email_sha256":"@sha256@","email_status":@email_status@,)"
    R"("extrapolated_email_confidence":null,"position":0,"email":@email@,)"
    R"("free_domain":false,"source":"User Managed","third_party_vendor_name":null,)"
    R"("vendor_validation_statuses":[],"email_needs_tickling":null,)"
    R"("email_true_status":@true_status@,"email_status_unavailable_reason":null}])";

inline constexpr std::string_view account_text =
    R"({"id":"63f53afe@digits@","name":@company@,"website_url":"http://www.example.com",)"
    R"("blog_url":null,"angellist_url":null,)"
    R"("linkedin_url":"http://www.linkedin.com/company/example-@digits@",)"
    R"("twitter_url":null,"facebook_url":null,"primary_phone":{},"languages":[],)"
    R"("alexa_ranking":3514,"phone":"+1(202) 555-0114","linkedin_uid":"18511550",)"
    R"("founded_year":2015,"publicly_traded_symbol":null,"publicly_traded_exchange":null,)"
    R"("logo_url":"https://static.example.com/logos/@digits@/picture",)"
    R"("crunchbase_url":null,"primary_domain":"example.com","domain":"example.com",)"
    R"("team_id":"@team_id@","organization_id":"5e66b638@digits@","account_stage_id":null,)"
    R"("source":"csv_import","original_source":"csv_import","creator_id":null,)"
    R"("owner_id":"@owner_id@","created_at":"2023-02-21T21:43:26.351Z",)"
    R"("phone_status":"no_status","hubspot_id":null,"salesforce_id":null,)"
    R"("crm_owner_id":null,"parent_account_id":null,"sanitized_phone":"+12025550114",)"
    R"("account_playbook_statuses":[],"account_rule_config_statuses":[],)"
    R"("existence_level":"full","label_ids":[],"typed_custom_fields":{},)"
    R"("custom_field_errors":{},"modality":"account",)"
    R"("source_display_name":"Uploaded from CSV","crm_record_url":null})";

inline constexpr std::string_view organization_text =
    R"({"id":"5e66b638@digits@","name":@company@,"website_url":"http://www.example.com",)"
    R"("blog_url":null,"angellist_url":null,)"
    R"("linkedin_url":"http://www.linkedin.com/company/example-@digits@",)"
    R"("twitter_url":null,"facebook_url":null,"primary_phone":{},"languages":[],)"
    R"("alexa_ranking":3514,"phone":null,"linkedin_uid":"18511550","founded_year":2015,)"
    R"("publicly_traded_symbol":null,"publicly_traded_exchange":null,)"
    R"("logo_url":"https://static.example.com/logos/@digits@/picture",)"
    R"("crunchbase_url":null,"primary_domain":"example.com"})";

// What contacts/search shows besides.
inline constexpr std::string_view searched_tail =
    R"(,"contact_rule_config_statuses":[],"account":@account@,)"
    R"("organization":@organization@,"is_likely_to_engage":false,)"
    R"("contact_job_change_event":null)";

// What contacts/{id} shows besides.
inline constexpr std::string_view shown_tail =
    R"(,"contact_rule_config_statuses":[],"next_contact_id":null,)"
    R"("is_likely_to_engage":false)";

}  // namespace seqload::sandbox
