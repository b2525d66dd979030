// What the record says of a request, so that a test can hold the times of requests
// against the windows.

#include "client.hpp"
#include "small_world.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;
using namespace std::chrono_literals;

TEST_CASE("the record has the times of arrival, of the decision and of the last byte, in ms") {
    Client client;
    client.now += 1500ms;
    client.works_for = 250ms;
    client.sends_for = 30ms;
    client.add({contact(1)});
    const Json record = client.requests()[0];
    CHECK(record["virtual_ms"] == 1500.0);
    CHECK(record["decided_ms"] == 1750.0);
    CHECK(record["answered_ms"] == 1780.0);
    CHECK(record["wall_ms"] == 1'764'000'000'000);
}

TEST_CASE("the record has the windows as the request left them: limit, count and opening") {
    Client client(small_world(), "[]", {{2, std::nullopt, 1000}});
    client.now += 10s;
    client.add({contact(1)});
    client.now += 20s;
    client.add({contact(2)});
    client.add({contact(3)});
    client.now += 40s;
    client.add({contact(3)});
    const Json records = client.requests();
    CHECK(records[0]["windows"] ==
          Json::parse(R"({"minute": {"limit": 2, "used": 1, "opened_ms": 10000.0},
                          "hour": {"limit": null, "used": 1, "opened_ms": 10000.0},
                          "day": {"limit": 1000, "used": 1, "opened_ms": 10000.0}})"));
    CHECK(records[1]["windows"]["minute"]["used"] == 2);
    CHECK(records[2]["status"] == 429);
    CHECK(records[2]["windows"]["minute"] == records[1]["windows"]["minute"]);
    CHECK(records[3]["windows"]["minute"] ==
          Json::parse(R"({"limit": 2, "used": 1, "opened_ms": 70000.0})"));
    CHECK(records[3]["windows"]["day"]["used"] == 3);
}

TEST_CASE("who never was answered has no time of it, but a decision and the windows") {
    Client client(small_world(), R"([{"kind": "drop", "when": "after", "nth": 1},
                                     {"kind": "status", "status": 502, "nth": 2}])");
    client.add({contact(1)});
    const Json lost = client.requests()[0];
    CHECK(lost["status"].is_null());
    CHECK(lost["answered_ms"].is_null());
    CHECK(lost["decided_ms"] == 0.0);
    CHECK(lost["windows"]["minute"]["used"] == 1);
    client.add({contact(1)});
    const Json by_front_end = client.requests()[1];
    CHECK(by_front_end["status"] == 502);
    CHECK(by_front_end["windows"].is_null());
    CHECK(by_front_end["counted"] == true);
}

TEST_CASE("the record of one route is to be had alone") {
    Client client;
    client.add({contact(1)});
    client.ask("GET", "/api/v1/labels");
    client.add({contact(2)});
    const auto records = [&client](const std::string& query) {
        return client.ask("GET", "/sandbox/requests?" + query).json()["requests"];
    };
    REQUIRE(records("route=add_contact_ids").size() == 2);
    CHECK(records("route=add_contact_ids")[1]["number"] == 3);
    CHECK(records("route=add_contact_ids&from=2").size() == 1);
    CHECK(records("route=search_users").empty());
    CHECK(client.ask("GET", "/sandbox/requests?route=labels").status == 404);
}
