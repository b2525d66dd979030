#include "seqload/apollo/usage.hpp"

#include "apollo/sample_lists.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;
using nlohmann::json;

namespace {

const std::string ours = R"(["api/v1/emailer_campaigns", "add_contact_ids"])";

Usage sample() {
    auto usage = read_usage(sample_list("usage.json"));
    REQUIRE(usage);
    return std::move(*usage);
}

WindowUsage minute_of(const json& window) {
    const auto usage = read_usage(json{{ours, {{"minute", window}}}}.dump());
    REQUIRE(usage);
    return (*(*usage)[MeteredRoute::add_contacts])[Window::minute];
}

}  // namespace

TEST_CASE("each route has its own windows: what it may, has used, and has left") {
    const Usage usage = sample();
    const auto& add = usage[MeteredRoute::add_contacts];
    REQUIRE(add);
    CHECK((*add)[Window::day] == WindowUsage{.limit = 2000, .consumed = 1234, .left = 766});
    CHECK((*add)[Window::hour] == WindowUsage{.limit = 400, .consumed = 399, .left = 1});
    CHECK((*add)[Window::minute] == WindowUsage{.limit = 200, .consumed = 7, .left = 193});
    const auto& search = usage[MeteredRoute::search_sequences];
    REQUIRE(search);
    CHECK((*search)[Window::hour] == WindowUsage{.limit = 600, .consumed = 12, .left = 588});
    for (const MeteredRoute route : metered_routes)
        CHECK(usage[route]);
}

TEST_CASE("where Apollo's numbers disagree, no more is left than either of them leaves") {
    const auto search = sample()[MeteredRoute::search_contacts];
    REQUIRE(search);
    CHECK((*search)[Window::day] == WindowUsage{.limit = 6000, .consumed = 500, .left = 5500});
    CHECK(minute_of({{"limit", 200}, {"consumed", 10}, {"left_over", 5}}).left == 5U);
    CHECK(minute_of({{"limit", 200}, {"consumed", 300}, {"left_over", 5}}).left == 0U);
}

TEST_CASE("an unlimited window says so, and a window of which little is said claims little") {
    const auto removal = sample()[MeteredRoute::remove_contacts];
    REQUIRE(removal);
    CHECK((*removal)[Window::day] == WindowUsage{.unlimited = true, .consumed = 3});
    CHECK((*removal)[Window::hour] == WindowUsage{.unlimited = true, .consumed = 3});
    CHECK((*removal)[Window::minute] == WindowUsage{.limit = 200});
    CHECK(minute_of({{"limit", -1}, {"consumed", "many"}, {"left_over", 1.5}}) == WindowUsage{});
    CHECK(minute_of({{"limit", 5'000'000'000}}).limit == 0xffffffffU);
    CHECK(minute_of(json::object()) == WindowUsage{});
}

TEST_CASE("a route that is not listed is not known, but the others are") {
    const auto usage = read_usage(
        R"({"[\"api/v1/people\",\"match\"]": {"day": {"limit": 5, "consumed": 0, "left_over": 5}}})");
    REQUIRE(usage);
    CHECK(*usage == Usage{});
}

TEST_CASE("how a route's name is spaced does not matter") {
    const auto usage = read_usage(
        R"({"[ \"api/v1/contacts\",\"show\" ]": {"hour": {"limit": 5, "consumed": 1}}})");
    REQUIRE(usage);
    REQUIRE((*usage)[MeteredRoute::show_contact]);
    CHECK((*(*usage)[MeteredRoute::show_contact])[Window::hour] ==
          WindowUsage{.limit = 5, .consumed = 1, .left = 4});
}

TEST_CASE("statistics without any route are none") {
    for (const std::string_view body :
         {R"({"[\"api/v1/contacts\", \"show\"]": {}})", R"({"[\"a\"]": {"day": {"limit": 5}}})",
          R"({"day": {"limit": 5, "consumed": 0, "left_over": 5}})",
          R"({"[\"api/v1/contacts\", \"show\"]": {"day": 5, "hour": null}})",
          R"([{"day": {"limit": 5}}])"}) {
        CAPTURE(body);
        CHECK_FALSE(read_usage(body));
    }
}

TEST_CASE("every route has a name of its own") {
    std::set<std::string_view> names;
    for (const MeteredRoute route : metered_routes)
        names.insert(name(route));
    CHECK(names.size() == metered_routes.size());
}

TEST_CASE("what is left is never more than the limit or than what is said") {
    CHECK(rc::check([] {
        const auto number = rc::gen::inRange<std::uint32_t>(0, 50);
        const std::uint32_t limit = *number;
        const std::uint32_t consumed = *number;
        const std::uint32_t left = *number;
        const WindowUsage usage =
            minute_of({{"limit", limit}, {"consumed", consumed}, {"left_over", left}});
        RC_ASSERT(usage.limit == limit);
        RC_ASSERT(usage.consumed == consumed);
        RC_ASSERT(*usage.left == std::min(left, limit - std::min(limit, consumed)));
    }));
}

TEST_CASE("usage: cuts, damage and rubbish") {
    const std::string whole = sample_list("usage.json");
    check_cuts(whole, read_usage);
    check_damage(whole, read_usage);
    check_rubbish(read_usage);
}
