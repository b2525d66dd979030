#include "seqload/apollo/add_answer.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sample_answers.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

AddAnswer read(std::string_view body) {
    auto answer = read_add_answer(body, sequence);
    REQUIRE_MESSAGE(answer, answer.error());
    return *answer;
}

std::string refusal(std::string_view body) {
    const auto answer = read_add_answer(body, sequence);
    REQUIRE_FALSE(answer);
    return answer.error();
}

AddedContact added(std::uint32_t n) {
    return {contact(n), false, {}};
}

SkippedContact skipped(std::uint32_t n, std::string reason) {
    return {contact(n), std::move(reason)};
}

// One contact whose only field is its membership in some sequence.
AddedContact with_membership(std::string_view membership) {
    const AddAnswer answer =
        read(R"({"contacts": [{"id": "66e34b81740c50074e000001", "contact_campaign_statuses": [)" +
             std::string(membership) + "]}]}");
    REQUIRE(answer.added.size() == 1);
    return answer.added.front();
}

}  // namespace

TEST_CASE("the documented answer is read, and ids of other things are not taken for contacts") {
    const AddAnswer answer = read(documented_answer);
    REQUIRE(answer.added.size() == 2);
    CHECK(answer.added[0] == AddedContact{contact(1), true, "Sequence inactive"});
    CHECK(answer.added[1] == added(3));
    CHECK(answer.skipped == std::vector{skipped(4, "contact_not_found"),
                                        skipped(5, "contacts_already_exists_in_current_campaign")});
    CHECK(answer.lists_contacts);
    CHECK_FALSE(answer.accepted_as_job);
    CHECK(answer.unreadable == 0);
}

TEST_CASE("every other shape says the same") {
    for (const SampleAnswer& sample : sample_answers) {
        CAPTURE(sample.name);
        const AddAnswer answer = read(sample.body);
        if (sample.name == "bare ids" || sample.name == "two lists of bare ids") {
            CHECK(answer.added == std::vector{added(1)});
            CHECK(answer.skipped == std::vector{skipped(4, "unspecified")});
        } else if (sample.name == "two lists of objects") {
            CHECK(answer.added == std::vector{added(1)});
            CHECK(answer.skipped == std::vector{skipped(4, "contacts_without_email")});
        } else if (sample.name == "in both lists") {
            CHECK(answer.added.empty());
            CHECK(answer.skipped == std::vector{skipped(1, "contacts_unsubscribed")});
        } else if (sample.name == "nobody") {
            CHECK(answer == AddAnswer{.lists_contacts = true});
        } else if (sample.name == "a job") {
            CHECK(answer == AddAnswer{.accepted_as_job = true});
        }
    }
}

TEST_CASE("an answer that puts the work off is known by its job") {
    for (const char* body :
         {R"({"job": "66e9fca8cc087302d18b83be"})", R"({"job_id": 17})",
          R"({"background_job": {"id": 1}})", R"({"status": "queued", "id": "x"})",
          R"({"add_contacts_job_id": "7", "contacts": []})"}) {
        CAPTURE(body);
        CHECK(read(body).accepted_as_job);
    }
    for (const char* body :
         {R"({"contacts": [], "job": null})", R"({"contacts": [], "job": false})",
          R"({"contacts": [], "status": "ok", "job_title": "x"})"})
        CHECK_FALSE(read(body).accepted_as_job);
}

TEST_CASE("a contact is paused by its state in this sequence only") {
    CHECK(with_membership(R"({"emailer_campaign_id": "66e9e215ece19801b219997f",
                              "status": "paused", "inactive_reason": null})") ==
          AddedContact{contact(1), true, {}});
    CHECK(with_membership(R"({"status": "active", "inactive_reason": "No mailbox",
                              "emailer_campaign_id": "66E9E215ECE19801B219997F"})") ==
          AddedContact{contact(1), true, "No mailbox"});
    CHECK(with_membership(R"({"emailer_campaign_id": "66e9e215ece19801b219997f",
                              "status": "active", "inactive_reason": ""})") == added(1));
    CHECK(with_membership(R"({"emailer_campaign_id": "66e9e215ece19801b2199901",
                              "status": "paused", "inactive_reason": "x"})") == added(1));
    CHECK(with_membership(R"(null, 7, "x", [])") == added(1));
}

TEST_CASE("numbers, nulls and odd values are forgiven") {
    CHECK(read(R"({"contacts": null, "skipped_contact_ids": null})") == AddAnswer{});
    CHECK(read(R"({"contacts": [123456789012345678901234]})").added ==
          std::vector{AddedContact{id_of("123456789012345678901234"), false, {}}});
    CHECK(read(R"({"contacts": [null, 7, -7, true, "", "x", {}, {"id": null}, 1.5]})").unreadable ==
          9);
    CHECK(read(R"({"skipped_contact_ids": {"66e34b81740c50074e000001": null,
                                           "66e34b81740c50074e000002": "",
                                           "66e34b81740c50074e000003": ["a"],
                                           "66e34b81740c50074e000004": true,
                                           "66e34b81740c50074e000005": {"reason": "why"},
                                           "nobody": "reason"}})") ==
          AddAnswer{
              .skipped = {skipped(1, "unspecified"), skipped(2, "unspecified"),
                          skipped(3, "unspecified"), skipped(4, "unspecified"), skipped(5, "why")},
              .lists_contacts = true,
              .unreadable = 1});
    CHECK(read(R"({"contacts": {"skipped": {"66e34b81740c50074e000001": "why"}}})").skipped ==
          std::vector{skipped(1, "why")});
    CHECK(read(R"({"contacts": [{"contact_id": "66e34b81740c50074e000001"}]})").added ==
          std::vector{added(1)});
}

TEST_CASE("keys given twice are all read; a contact named twice is one") {
    const AddAnswer answer = read(R"({"contacts": ["66e34b81740c50074e000001"],
                 "contacts": ["66e34b81740c50074e000001", "66E34B81740C50074E000002"],
                 "skipped_contact_ids": {"66e34b81740c50074e000003": "first",
                                         "66e34b81740c50074e000003": "last"}})");
    CHECK(answer.added == std::vector{added(1), added(2)});
    CHECK(answer.skipped == std::vector{skipped(3, "last")});
}

TEST_CASE("each of many contacts is in the answer once, in the order in which they were named") {
    constexpr std::uint32_t many = 3000;
    std::string body = R"({"contacts": [)";
    std::string again;
    for (std::uint32_t i = 0; i < many; ++i) {
        const std::string id = contact(i * 7919 % many).text();
        body += "\"" + id + "\",";
        again += (i == 0 ? "\"" : ",\"") + id + "\"";
    }
    body += again + R"(], "skipped_contact_ids": [)" + again + "]}";
    const AddAnswer answer = read(body);
    CHECK(answer.added.empty());
    REQUIRE(answer.skipped.size() == many);
    for (std::uint32_t i = 0; i < many; ++i)
        REQUIRE(answer.skipped[i].contact == contact(i * 7919 % many));

    const AddAnswer only_added = read(body.substr(0, body.find(']')) + "]}");
    REQUIRE(only_added.added.size() == many);
    for (std::uint32_t i = 0; i < many; ++i)
        REQUIRE(only_added.added[i] == added(i * 7919 % many));
}

TEST_CASE("a reason is passed on as it is, but fit for a report") {
    const AddAnswer answer = read(R"({"skipped_contact_ids": {
        "66e34b81740c50074e000001": "contacts_of_the_future",
        "66e34b81740c50074e000002": "two\nlines\u001b[31m",
        "66e34b81740c50074e000003": ")" +
                                  std::string(500, 'x') + "\"}}");
    CHECK(answer.skipped[0].reason == "contacts_of_the_future");
    CHECK(answer.skipped[1].reason == "two lines\\x1b[31m");
    CHECK(answer.skipped[2].reason.size() == 100);
}

TEST_CASE("what is not the JSON expected is said to be so") {
    CHECK(refusal("") == "an empty body instead of JSON");
    CHECK(refusal("[]") == "not a JSON object");
    CHECK(refusal("null") == "not a JSON object: null");
    CHECK(refusal("17") == "not a JSON object: 17");
    CHECK(refusal(R"({"contacts": [)") == "broken JSON at byte 15");
    CHECK(refusal(R"({"contacts": []} {})") == "broken JSON at byte 18");
    CHECK(refusal("{}") == "JSON without contacts: {}");
    CHECK(refusal(R"({"error": "try\nlater"})") == "JSON without contacts: try later");
    CHECK(refusal("<html><head><title>Just a moment</title></head></html>") ==
          "broken JSON at byte 1: Just a moment");
}

TEST_CASE("people's data in a broken answer is not quoted") {
    const std::string broken(documented_answer.substr(0, documented_answer.size() / 2));
    CHECK(refusal(broken).find("Ada") == std::string::npos);
}

TEST_CASE("nesting is followed to its limit, and not beyond") {
    const auto nested = [](std::size_t depth) {
        return R"({"contacts": [], "x": )" + std::string(depth - 1, '[') +
               std::string(depth - 1, ']') + "}";
    };
    CHECK(read(nested(answer_depth_limit)).lists_contacts);
    CHECK(refusal(nested(answer_depth_limit + 1)) == "JSON nested deeper than 64 levels");
    CHECK(refusal(std::string(1'000'000, '[')) == "not a JSON object");
    CHECK(refusal(R"({"a":)" + std::string(1'000'000, '[')) == "JSON nested deeper than 64 levels");
}

TEST_CASE("any bytes are either an answer or are refused with words") {
    CHECK(rc::check([](const std::string& body) {
        const auto answer = read_add_answer(body, sequence);
        const bool has_a_reason = answer || !answer.error().empty();
        RC_ASSERT(has_a_reason);
    }));
}
