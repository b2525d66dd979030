#include "seqload/sandbox/route.hpp"

#include <doctest/doctest.h>

using namespace seqload::sandbox;

namespace {

std::string_view routed(std::string_view method, std::string_view path) {
    const Routing routing = route_request(method, path);
    if (routing.match)
        return info(routing.match->route).name;
    return routing.otherwise == NoRoute::other_method ? "405" : "404";
}

}  // namespace

TEST_CASE("every operation of openapi.json has its path and method") {
    CHECK(routed("POST", "/api/v1/emailer_campaigns/66e9/add_contact_ids") == "add_contact_ids");
    CHECK(routed("POST", "/api/v1/emailer_campaigns/remove_or_stop_contact_ids") ==
          "remove_or_stop_contact_ids");
    CHECK(routed("POST", "/api/v1/emailer_campaigns/search") == "search_sequences");
    CHECK(routed("GET", "/api/v1/email_accounts") == "list_email_accounts");
    CHECK(routed("GET", "/api/v1/labels") == "list_labels");
    CHECK(routed("POST", "/api/v1/labels") == "create_label");
    CHECK(routed("GET", "/api/v1/users/search") == "search_users");
    CHECK(routed("POST", "/api/v1/contacts/search") == "search_contacts");
    CHECK(routed("GET", "/api/v1/contacts/66e3") == "show_contact");
    CHECK(routed("POST", "/api/v1/usage_stats/api_usage_stats") == "usage_stats");
}

TEST_CASE("other paths are unknown, other methods not allowed") {
    CHECK(routed("GET", "/api/v1/emailer_campaigns/66e9/add_contact_ids") == "405");
    CHECK(routed("DELETE", "/api/v1/labels") == "405");
    CHECK(routed("POST", "/api/v1/emailer_campaigns/66e9/approve") == "404");
    CHECK(routed("POST", "/emailer_campaigns/search") == "404");
    CHECK(routed("GET", "/api/v1/labels/") == "404");
    CHECK(routed("GET", "/") == "404");
}

TEST_CASE("the id in the path is percent-decoded") {
    CHECK(
        route_request("POST", "/api/v1/emailer_campaigns/66%659/add_contact_ids").match->path_id ==
        "66e9");
}

TEST_CASE("a route is found by its name") {
    for (const Route route : routes)
        CHECK(find_route(info(route).name) == route);
    CHECK_FALSE(find_route("add"));
}
