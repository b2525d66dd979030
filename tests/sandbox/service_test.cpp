#include "seqload/sandbox/service.hpp"

#include "client.hpp"
#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;
using namespace std::chrono_literals;

TEST_CASE("keys: a master key may do all, a scoped one what it names, others nothing") {
    Client client;
    CHECK(client.add({contact(1)}).status == 200);
    client.key = "scoped";
    const Heard scoped = client.add({contact(2)});
    CHECK(scoped.status == 403);
    CHECK(scoped.json()["error_code"] == "API_INACCESSIBLE");
    CHECK(scoped.json()["error"].get<std::string>().starts_with(
        "This API key is not authorized to access api/v1/emailer_campaigns/add_contact_ids."));
    CHECK_FALSE(scoped.fields.contains("x-rate-limit-minute"));
    CHECK(client.ask("POST", "/api/v1/contacts/search").status == 200);
    for (const char* bad : {"closed", "wrong", ""}) {
        client.key = bad;
        const Heard refused = client.add({contact(2)});
        CHECK(refused.status == 401);
        CHECK(refused.fields.at("content-type").starts_with("text/plain"));
        CHECK(refused.body.starts_with("Invalid API key."));
        CHECK_FALSE(refused.fields.contains("x-rate-limit-minute"));
    }
    client.key.reset();
    CHECK(client.add({contact(2)}).status == 401);
    client.bearer = "token";
    CHECK(client.add({contact(2)}).status == 200);
    CHECK(client.ledger()["totals"]["added"] == 2);
}

TEST_CASE("a refused key uses up no quota; an unknown sequence does") {
    Client client;
    client.key = "wrong";
    client.add({contact(1)});
    client.key = "master";
    CHECK(client.add({contact(1)}).fields.at("x-minute-usage") == "1");
    const std::string unknown = "66e9e215ece19801b21999ff";
    const Heard missing =
        client.ask("POST", "/api/v1/emailer_campaigns/" + unknown + "/add_contact_ids?" +
                               addition(unknown, {contact(1)}));
    CHECK(missing.status == 404);
    CHECK(missing.fields.at("x-minute-usage") == "2");
}

TEST_CASE("each route has its own windows, and a full one answers 429 until it ends") {
    Client client(small_world(), "[]", {{2, 10, 10}});
    client.add({contact(1)});
    client.now += 10s;
    client.add({contact(2)});
    client.now += 20s + 300ms;
    const Heard refused = client.add({contact(3)});
    CHECK(refused.status == 429);
    CHECK(refused.fields.at("retry-after") == "30");
    CHECK(refused.fields.at("x-minute-requests-left") == "0");
    CHECK(refused.fields.at("x-hourly-usage") == "2");
    CHECK(refused.json()["message"].get<std::string>().find("2 times per minute") !=
          std::string::npos);
    CHECK(client.ask("GET", "/api/v1/labels").status == 200);
    client.now += 29s + 700ms;
    CHECK(client.add({contact(3)}).status == 200);
    CHECK(client.ledger()["totals"]["added"] == 3);
    CHECK(client.ledger()["requests"]["add_contact_ids"].dump() ==
          R"({"total":4,"2xx":3,"3xx":0,"4xx":0,"429":1,"5xx":0,"unanswered":0,"counted":3})");
}

TEST_CASE("the statistics of use name the route and agree with the windows") {
    Client client;
    client.add({contact(1)});
    const Json usage = client.ask("POST", "/api/v1/usage_stats/api_usage_stats").json();
    const Json ours = usage[R"(["api/v1/emailer_campaigns", "add_contact_ids"])"];
    CHECK(ours["minute"] == Json{{"limit", 200}, {"consumed", 1}, {"left_over", 199}});
    CHECK(ours["day"]["limit"] == 2000);
    CHECK(usage[R"(["api/v1/labels", "index"])"]["hour"]["consumed"] == 0);
}

TEST_CASE("a world may set the limits of a route, and make refused requests count") {
    Json json = world_json();
    json["limits"] = {{"list_labels", {1, nullptr, 5}}};
    json["refused_requests_count"] = true;
    Client client(world_of(json));
    CHECK(client.ask("GET", "/api/v1/labels").status == 200);
    const Heard refused = client.ask("GET", "/api/v1/labels");
    CHECK(refused.status == 429);
    CHECK(refused.fields.at("x-rate-limit-hourly").empty());
    CHECK(refused.fields.at("x-24-hour-usage") == "2");
}

TEST_CASE("a request may come as a JSON body, with an extra id, and without Accept") {
    Client client;
    const Json body{{"id", active_sequence},
                    {"emailer_campaign_id", active_sequence},
                    {"contact_ids", {contact(1), contact(2)}},
                    {"send_email_from_email_account_id", {mailbox, second_mailbox}}};
    const Heard heard = client.ask(
        "POST", "/api/v1/emailer_campaigns/" + std::string(active_sequence) + "/add_contact_ids",
        body.dump());
    CHECK(heard.status == 200);
    CHECK(heard.json()["contacts"].size() == 2);
    const Json record = client.requests()[0];
    CHECK(record["form"] == "body");
    CHECK(record["contacts"] == 2);
    CHECK(record["added"] == 2);
    CHECK(record["unknown_parameters"] == Json::array());
}

TEST_CASE("a body that is no JSON is answered 400, and names that nobody knows are recorded") {
    Client client;
    CHECK(client.ask("POST", "/api/v1/emailer_campaigns/x/add_contact_ids", "{").status == 400);
    CHECK(client.add({contact(1)}, "&sequence_no_mail=true").status == 200);
    CHECK(client.requests()[1]["unknown_parameters"] == Json::array({"sequence_no_mail"}));
}

TEST_CASE("every answer has an id of its own, which the ledger names") {
    Client client;
    const Heard first = client.add({contact(1)});
    const Heard second = client.add({contact(2)});
    CHECK(first.fields.at("x-request-id") != second.fields.at("x-request-id"));
    const Json ledger = client.ledger();
    const Json contacts = ledger["sequences"][std::string(active_sequence)]["contacts"];
    CHECK(contacts[contact(2)]["requests"] == Json::array({second.fields.at("x-request-id")}));
    CHECK(client.requests()[0]["id"] == first.fields.at("x-request-id"));
}

TEST_CASE("the record says when each request came, in virtual time") {
    Client client;
    client.now += 90s + 250ms;
    client.add({contact(1)});
    const Json record = client.requests()[0];
    CHECK(record["virtual_seconds"] == 90.25);
    CHECK(record["at"] == "2025-11-24T16:00:00.000Z");
    CHECK(record["status"] == 200);
    CHECK(record["route"] == "add_contact_ids");
    CHECK(record["path_id"] == active_sequence);
    CHECK(client.ask("GET", "/sandbox/requests?from=2").json()["requests"].empty());
}

TEST_CASE("the record says on request whom each request was about") {
    Client client;
    client.add({contact(1), "nobody", contact(2)}, "&label_names[]=VIP");
    client.ask("POST", "/api/v1/emailer_campaigns/remove_or_stop_contact_ids",
               Json{{"emailer_campaign_ids", {active_sequence}},
                    {"contact_ids", {contact(2)}},
                    {"mode", "remove"}}
                   .dump());
    CHECK_FALSE(client.requests()[0].contains("asked"));
    const Json records = client.ask("GET", "/sandbox/requests?asked=true").json()["requests"];
    CHECK(records[0]["asked"] == Json{{"sequence_ids", {active_sequence}},
                                      {"contact_ids", {contact(1), contact(2)}},
                                      {"label_names", {"VIP"}}});
    CHECK(records[1]["asked"] == Json{{"sequence_ids", {active_sequence}},
                                      {"contact_ids", {contact(2)}},
                                      {"label_names", Json::array()}});
}

TEST_CASE("what is lost after the work is in the ledger, what is lost before is not") {
    Client after(small_world(), R"([{"kind": "drop", "when": "after"}])");
    CHECK(after.add({contact(1)}).status == 0);
    CHECK(after.ledger()["totals"]["added"] == 1);
    CHECK(after.requests()[0]["processed"] == true);
    CHECK(after.requests()[0]["status"].is_null());
    CHECK(after.ledger()["requests"]["add_contact_ids"]["unanswered"] == 1);

    Client before(small_world(), R"([{"kind": "drop", "when": "before"}])");
    CHECK(before.add({contact(1)}).status == 0);
    CHECK(before.ledger()["totals"]["added"] == 0);
    CHECK(before.requests()[0]["processed"] == false);
    CHECK(before.requests()[0]["faults"] == Json::array({"drop"}));

    Client gateway(small_world(), R"([{"kind": "status", "status": 504, "when": "after"}])");
    CHECK(gateway.add({contact(1)}).status == 504);
    CHECK(gateway.ledger()["totals"]["added"] == 1);
}

TEST_CASE("a storm of 429 adds nobody, uses up no quota and may be without retry-after") {
    Client client(small_world(), R"([{"kind": "rate_limit", "from": 1, "until": 2},
                                     {"kind": "rate_limit", "nth": 2, "retry_after": 7}])");
    const Heard first = client.add({contact(1)});
    CHECK(first.status == 429);
    CHECK_FALSE(first.fields.contains("retry-after"));
    CHECK(first.fields.at("x-minute-usage") == "0");
    client.add({contact(1)});
    CHECK(client.add({contact(1)}).status == 200);
    CHECK(client.ledger()["totals"]["added"] == 1);
}

TEST_CASE("faults can be replaced and everything reset while it runs") {
    Client client;
    client.add({contact(1)});
    CHECK(client.ask("POST", "/sandbox/faults", R"([{"kind": "html"}])").json()["faults"] == 1);
    CHECK(client.add({contact(2)}).body.find("Maintenance") != std::string::npos);
    CHECK(client.ledger()["totals"]["added"] == 2);
    CHECK(client.ask("POST", "/sandbox/faults", R"([{"kind": "?"}])").status == 422);
    CHECK(client.ask("POST", "/sandbox/reset").status == 200);
    CHECK(client.ledger()["totals"]["added"] == 0);
    CHECK(client.requests().empty());
    CHECK(client.ask("POST", "/sandbox/faults", "[]").status == 200);
    CHECK(client.add({contact(1)}).fields.at("x-minute-usage") == "1");
}

TEST_CASE("the same seed meets the same chance, another seed another") {
    const auto lost = [](std::uint64_t seed) {
        Client client(small_world(), R"([{"kind": "drop", "probability": 0.5}])", basic_plan, seed);
        std::string pattern;
        for (unsigned number = 0; number < 64; ++number)
            pattern += client.add({contact(number)}).status == 0 ? 'x' : '.';
        return pattern;
    };
    CHECK(lost(1) == lost(1));
    CHECK(lost(1) != lost(2));
    const auto count = std::ranges::count(lost(1), 'x');
    CHECK(count > 16);
    CHECK(count < 48);
}

TEST_CASE("whoever asks for gzip gets it") {
    Client client;
    client.accepts_gzip = true;
    const Heard heard = client.add({contact(1)});
    CHECK(heard.fields.at("content-encoding") == "gzip");
    CHECK(heard.body.starts_with("\x1f\x8b"));
    client.accepts_gzip = false;
    CHECK_FALSE(client.add({contact(2)}).fields.contains("content-encoding"));
}

TEST_CASE("on a plan that is not paid the searches are refused with a message") {
    Json json = world_json();
    json["paid_plan"] = false;
    Client client(world_of(json));
    CHECK(client.ask("POST", "/api/v1/emailer_campaigns/search").json()["message"] ==
          "This endpoint is only available to Apollo users on paid plans.");
    CHECK(client.add({contact(1)}).status == 200);
}

TEST_CASE("unknown paths and methods are refused, and stand in the record") {
    Client client;
    CHECK(client.ask("GET", "/api/v1/nothing").status == 404);
    CHECK(client.ask("PUT", "/api/v1/labels").status == 405);
    CHECK(client.ask("GET", "/sandbox/nothing").status == 404);
    CHECK(client.ledger()["requests"]["other"]["total"] == 2);
}
