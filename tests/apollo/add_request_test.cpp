#include "seqload/apollo/add_request.hpp"

#include "apollo/apollo_fixture.hpp"
#include "apollo/sent_parameters.hpp"

#include <stdexcept>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;
using nlohmann::json;

namespace {

net::Request request_for(const Target& target, const Batch& batch,
                         ParametersForm form = ParametersForm::query) {
    return add_request(target, batch, form, test_key(), "seqload/1.0");
}

}  // namespace

TEST_CASE("contacts go out in the query string as Apollo documents it") {
    const net::Request request = request_for(plain_target(), contact_batch(2));
    CHECK(request.method == "POST");
    CHECK(request.target ==
          "/api/v1/emailer_campaigns/66e9e215ece19801b219997f/add_contact_ids"
          "?emailer_campaign_id=66e9e215ece19801b219997f"
          "&send_email_from_email_account_id=6633baaece5fbd01c791d7ca"
          "&contact_ids%5B%5D=66e34b81740c50074e000001"
          "&contact_ids%5B%5D=66e34b81740c50074e000002");
    CHECK(request.body.empty());
    CHECK_FALSE(request.headers.find("content-type"));
}

TEST_CASE("every request says who asks, for what, and that it wants no copy") {
    for (const ParametersForm form : {ParametersForm::query, ParametersForm::body}) {
        const net::Request request = request_for(plain_target(), contact_batch(1), form);
        CHECK(request.headers.find("x-api-key") == "test-key");
        CHECK(request.headers.find("accept") == "application/json");
        CHECK(request.headers.find("cache-control") == "no-cache");
        CHECK(request.headers.find("user-agent") == "seqload/1.0");
    }
}

TEST_CASE("the body form has the same names without brackets, and nothing in the query") {
    const net::Request request = request_for(full_target(), contact_batch(2), ParametersForm::body);
    CHECK(request.target == "/api/v1/emailer_campaigns/66e9e215ece19801b219997f/add_contact_ids");
    CHECK(request.headers.find("content-type") == "application/json");
    CHECK(json::parse(request.body) ==
          json::parse(R"({"emailer_campaign_id": "66e9e215ece19801b219997f",
                          "send_email_from_email_account_id": "6633baaece5fbd01c791d7ca",
                          "send_email_from_email_address": "sales+eu@example.com",
                          "sequence_no_email": true, "sequence_unverified_email": true,
                          "sequence_job_change": true,
                          "sequence_active_in_other_campaigns": true,
                          "sequence_finished_in_other_campaigns": true,
                          "sequence_same_company_in_same_campaign": true,
                          "contacts_without_ownership_permission": true,
                          "add_if_in_queue": true, "contact_verification_skipped": true,
                          "user_id": "66302798d03b9601c7934ebf", "status": "paused",
                          "auto_unpause_at": "2027-01-31T08:00:00+01:00",
                          "contact_ids": ["66e34b81740c50074e000001",
                                          "66e34b81740c50074e000002"]})"));
}

TEST_CASE("several mailboxes are an array in the JSON form, whichever form was wanted") {
    for (const ParametersForm form : {ParametersForm::query, ParametersForm::body}) {
        const json body = json::parse(request_for(rotating_target(), contact_batch(1), form).body);
        CHECK(body["send_email_from_email_account_id"] ==
              json::array({"6633baaece5fbd01c791d7ca", "6633baaece5fbd01c791d7cb"}));
    }
}

TEST_CASE("a flag that is false is not sent") {
    Target target = plain_target();
    target.flags.set(static_cast<std::size_t>(Flag::sequence_no_email));
    const auto query = parameters_in_query(request_for(target, contact_batch(1)));
    CHECK(query.size() == 4);
    CHECK(query.at("sequence_no_email") == std::vector<std::string>{"true"});
    const json body = json::parse(request_for(target, contact_batch(1), ParametersForm::body).body);
    CHECK(body.size() == 4);
    CHECK(body["sequence_no_email"] == true);
}

TEST_CASE("what is special in a URL comes through: an address with a plus, a time with a zone") {
    const auto query = parameters_in_query(request_for(full_target(), contact_batch(1)));
    CHECK(query.at("send_email_from_email_address").front() == "sales+eu@example.com");
    CHECK(query.at("auto_unpause_at").front() == "2027-01-31T08:00:00+01:00");
    CHECK(request_for(full_target(), contact_batch(1)).target.find('+') == std::string::npos);
}

TEST_CASE("labels of any bytes come back from the URL as they went in") {
    CHECK(rc::check([] {
        const auto label = *rc::gen::nonEmpty<std::string>();
        const net::Request request = request_for(full_target(), label_batch({label, "b & c=d"}));
        RC_ASSERT(parameters_in_query(request).at("label_names[]") ==
                  (std::vector<std::string>{label, "b & c=d"}));
    }));
    for (const char* label : {"a&b=c", "100% sure", "a+b", "Führung ☕", "[]", "#1?", "\"x\"/;"}) {
        const net::Request request = request_for(plain_target(), label_batch({label}));
        CHECK(parameters_in_query(request).at("label_names[]") == std::vector<std::string>{label});
    }
}

TEST_CASE("labels come back from the JSON body as they went in") {
    for (const char* label : {"a\"b\\c", "tab\there", "Führung ☕", "</script>", "\x7f"}) {
        const net::Request request = request_for(rotating_target(), label_batch({label, "second"}));
        CHECK(json::parse(request.body)["label_names"] == json::array({label, "second"}));
    }
}

TEST_CASE("any contacts come back from both forms, in order and each once") {
    CHECK(rc::check([] {
        Batch batch;
        for (const std::uint32_t n :
             *rc::gen::resize(150, rc::gen::nonEmpty<std::vector<std::uint32_t>>()))
            batch.contacts.push_back({1, contact(n)});
        std::vector<std::string> expected;
        for (const ContactRow& row : batch.contacts)
            expected.push_back(row.contact.text());
        const auto query = parameters_in_query(request_for(plain_target(), batch));
        RC_ASSERT(query.at("contact_ids[]") == expected);
        const json body =
            json::parse(request_for(plain_target(), batch, ParametersForm::body).body);
        RC_ASSERT(body["contact_ids"].get<std::vector<std::string>>() == expected);
    }));
}

TEST_CASE("a batch that promises too much, or nothing, is a broken promise") {
    CHECK_THROWS_AS(request_for(plain_target(), Batch{}), std::logic_error);
    CHECK_THROWS_AS(request_for(plain_target(), contact_batch(200)), std::logic_error);
    Batch both = contact_batch(1);
    both.labels.push_back({2, "x"});
    CHECK_THROWS_AS(request_for(plain_target(), both), std::logic_error);
    CHECK_THROWS_AS(request_for(rotating_target(), label_batch({"\xff"})), std::logic_error);
    Target without_mailbox = plain_target();
    without_mailbox.mailboxes.clear();
    CHECK_THROWS_AS(request_for(without_mailbox, contact_batch(1)), std::logic_error);
}
