// The operations that help, asked for as a client asks for them: who may, what they
// cost, and how the statistics of use agree with the windows.

#include "client.hpp"
#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;
using namespace std::chrono_literals;

namespace {

struct Operation {
    Route route;
    std::string target;
    std::string body;
    std::string statistics;  // its key there
};

const std::vector<Operation> operations{
    {Route::add_contact_ids,
     "/api/v1/emailer_campaigns/66e9e215ece19801b2199901/add_contact_ids?" +
         addition(active_sequence, {contact(1)}),
     "", R"(["api/v1/emailer_campaigns", "add_contact_ids"])"},
    {Route::remove_or_stop_contact_ids, "/api/v1/emailer_campaigns/remove_or_stop_contact_ids",
     R"({"emailer_campaign_ids": ["66e9e215ece19801b2199901"], "contact_ids": [], "mode": "stop"})",
     R"(["api/v1/emailer_campaigns", "remove_or_stop_contact_ids"])"},
    {Route::search_sequences, "/api/v1/emailer_campaigns/search?page=1&per_page=100", "",
     R"(["api/v1/emailer_campaigns", "search"])"},
    {Route::list_email_accounts, "/api/v1/email_accounts", "",
     R"(["api/v1/email_accounts", "index"])"},
    {Route::list_labels, "/api/v1/labels", "", R"(["api/v1/labels", "index"])"},
    {Route::search_users, "/api/v1/users/search?page=1&per_page=100", "",
     R"(["api/v1/users", "search"])"},
    {Route::search_contacts, "/api/v1/contacts/search",
     R"({"contact_label_ids": ["66e361494acd1307386d4001"], "page": 1, "per_page": 100,
         "sort_by_field": "contact_created_at", "sort_ascending": true})",
     R"(["api/v1/contacts", "search"])"},
    {Route::show_contact, "/api/v1/contacts/" + contact(20), "", R"(["api/v1/contacts", "show"])"},
    {Route::usage_stats, "/api/v1/usage_stats/api_usage_stats", "", ""},
};

Heard ask(Client& client, const Operation& operation) {
    return client.ask(std::string(info(operation.route).method), operation.target, operation.body);
}

}  // namespace

TEST_CASE("each operation wants a master key or one whose scope names it") {
    Client client;
    for (const Operation& operation : operations) {
        CAPTURE(operation.target);
        client.key = "scoped";
        const Heard refused = ask(client, operation);
        if (operation.route == Route::search_contacts) {
            CHECK(refused.status == 200);
            continue;
        }
        CHECK(refused.status == 403);
        CHECK(refused.json()["error_code"] == "API_INACCESSIBLE");
        CHECK(refused.json()["error"].get<std::string>().find(info(operation.route).scope) !=
              std::string::npos);
        client.key = "wrong";
        CHECK(ask(client, operation).status == 401);
        CHECK(client.requests().back()["windows"].is_null());
    }
}

TEST_CASE("each operation's requests stand in its own row of the statistics, as in its headers") {
    for (const Operation& operation : operations) {
        if (operation.route == Route::usage_stats)
            continue;
        CAPTURE(operation.target);
        Client client;
        for (int request = 1; request <= 2; ++request) {
            const Heard heard = ask(client, operation);
            CHECK(heard.status < 429);
            CHECK(heard.fields.at("x-minute-usage") == std::to_string(request));
        }
        CHECK(client.usage(operation.statistics)["minute"] ==
              Json{{"limit", 200}, {"consumed", 2}, {"left_over", 198}});
        for (const Operation& other : operations)
            if (other.route != operation.route && other.route != Route::usage_stats)
                CHECK(client.usage(other.statistics)["day"]["consumed"] == 0);
        client.now += 1min;
        CHECK(client.usage(operation.statistics)["minute"]["consumed"] == 0);
        CHECK(client.usage(operation.statistics)["hour"]["consumed"] == 2);
    }
}

TEST_CASE("a label's contacts are read page by page, and searches count like anything else") {
    Client client(small_world(), "[]", {{3, 10, 10}});
    std::vector<std::string> seen;
    for (int page = 1; page <= 3; ++page) {
        const Heard heard = client.ask("POST", "/api/v1/contacts/search",
                                       Json{{"contact_label_ids", {"66e361494acd1307386d4001"}},
                                            {"page", page},
                                            {"per_page", 40}}
                                           .dump());
        REQUIRE(heard.status == 200);
        CHECK(heard.json()["pagination"] ==
              Json{{"page", page}, {"per_page", 40}, {"total_entries", 100}, {"total_pages", 3}});
        const Json found = heard.json()["contacts"];
        for (const Json& each : found)
            seen.push_back(each["id"]);
    }
    CHECK(seen.size() == 100);
    CHECK(client.ask("POST", "/api/v1/contacts/search", "{}").status == 429);
}

TEST_CASE("a world may have archived sequences, revoked mailboxes and labels counted wrongly") {
    Json json = world_json();
    json["sequences"].push_back({{"id", "66e9e215ece19801b2199909"},
                                 {"name", "Past"},
                                 {"active", false},
                                 {"archived", true}});
    json["mailboxes"].push_back({{"id", "6633baaece5fbd01c791d709"},
                                 {"email", "left@mail.example.com"},
                                 {"active", false},
                                 {"revoked_at", "2026-01-05T09:00:00.000+00:00"},
                                 {"inactive_reason", "Consent was withdrawn"},
                                 {"aliases", {"left@news.example.com"}}});
    json["labels"][0]["cached_count"] = 97;
    Client client(world_of(json));
    const Json sequence = client.ask("POST", "/api/v1/emailer_campaigns/search?q_name=past")
                              .json()["emailer_campaigns"][0];
    CHECK(sequence["archived"] == true);
    CHECK(sequence["active"] == false);
    const Json revoked =
        client.ask("GET", "/api/v1/email_accounts").json()["email_accounts"].back();
    CHECK(revoked["revoked_at"] == "2026-01-05T09:00:00.000+00:00");
    CHECK(revoked["inactive_reason"] == "Consent was withdrawn");
    CHECK(revoked["aliases"] == Json{"left@mail.example.com", "left@news.example.com"});
    const Json labels = client.ask("GET", "/api/v1/labels").json();
    CHECK(labels[0]["cached_count"] == 97);
    CHECK(labels[1]["cached_count"] == 0);
    CHECK(labels[2]["modality"] == "accounts");
}

TEST_CASE("another tool's requests show in headers, statistics and the record") {
    Client client(small_world(), "[]", {{200, 400, 2000}}, 1,
                  R"([{"at": 5, "requests": 150}, {"route": "list_labels", "requests": 2}])");
    client.now += 30s;
    CHECK(client.add({contact(1)}).fields.at("x-minute-usage") == "151");
    CHECK(client.usage(R"(["api/v1/labels", "index"])")["day"]["consumed"] == 2);
    const Json heard = client.ask("GET", "/sandbox/requests").json();
    CHECK(heard["requests"].size() == 2);
    CHECK(heard["other_use"] ==
          Json::parse(R"([{"route": "list_labels", "virtual_ms": 0.0, "requests": 2, "refused": 0},
              {"route": "add_contact_ids", "virtual_ms": 5000.0, "requests": 150, "refused": 0}])"));
    CHECK(client.ask("GET", "/sandbox/requests?route=list_labels").json()["other_use"].size() == 1);
    client.ask("POST", "/sandbox/reset");
    CHECK(client.add({contact(1)}).fields.at("x-minute-usage") == "1");
    client.now += 6s;
    CHECK(client.add({contact(2)}).fields.at("x-minute-usage") == "152");
}

TEST_CASE("quota can be spent while it runs, and what does not fit is refused") {
    Client client(small_world(), "[]", {{10, 100, 1000}});
    client.add({contact(1)});
    const auto spent = [&client](std::string body) {
        return client.ask("POST", "/sandbox/spend", std::move(body)).json();
    };
    CHECK(spent(R"({"requests": 4})") == Json{{"spent", 4}, {"refused", 0}});
    CHECK(client.add({contact(2)}).fields.at("x-minute-usage") == "6");
    CHECK(spent(R"([{"requests": 3}, {"requests": 3}, {"at": 10}])") ==
          Json{{"spent", 4}, {"refused", 2}});
    CHECK(client.add({contact(3)}).status == 429);
    client.now += 1min;
    CHECK(client.add({contact(3)}).fields.at("x-hourly-usage") == "11");
    CHECK(client.ask("POST", "/sandbox/spend", R"({"route": "x"})").status == 422);
    CHECK(client.ask("POST", "/sandbox/spend", "spend").status == 422);
    CHECK(client.requests().size() == 4);
}
