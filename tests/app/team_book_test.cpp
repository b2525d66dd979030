#include "seqload/app/team_book.hpp"

#include "app/team_fixture.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

namespace {

struct TeamBookFixture {
    apollo::Credentials credentials = *apollo::Credentials::key("a-key");

    TeamBook book(const TeamNeeds& needed) { return {needed, credentials, "agent"}; }
};

std::string sequences_page(std::uint32_t page, std::uint32_t pages, const std::vector<Id>& ids) {
    std::string list;
    for (const Id& one : ids) {
        list += list.empty() ? "" : ",";
        list += R"({"id":")" + one.text() + R"(","name":"S","active":true,"archived":false})";
    }
    return R"({"emailer_campaigns":[)" + list + R"(],"pagination":{"page":)" +
           std::to_string(page) + R"(,"per_page":100,"total_entries":)" +
           std::to_string(pages * 100) + R"(,"total_pages":)" + std::to_string(pages) + "}}";
}

dispatch::ErrandEnd answered(const dispatch::Errand& errand, std::string_view body) {
    return {.number = errand.number,
            .answered = true,
            .http_status = 200,
            .body = body,
            .message = {},
            .attempts = 1,
            .request_id = {},
            .at = {}};
}

dispatch::ErrandEnd refused(const dispatch::Errand& errand) {
    return {.number = errand.number,
            .answered = false,
            .http_status = 500,
            .body = {},
            .message = "it broke",
            .attempts = 5,
            .request_id = {},
            .at = {}};
}

// The paths of everything that is asked for before any answer.
std::vector<std::string> questions(TeamBook& book) {
    std::vector<std::string> paths;
    while (const auto errand = book.next())
        paths.push_back(errand->request.target.substr(0, errand->request.target.find('?')));
    return paths;
}

}  // namespace

TEST_CASE_FIXTURE(TeamBookFixture, "only what the plan needs is asked for") {
    TeamBook nothing = book({});
    CHECK(questions(nothing) == std::vector<std::string>{"/api/v1/usage_stats/api_usage_stats"});
    TeamNeeds some;
    some.sequences = {{id(1), 1}};
    some.mailboxes = {{id(11), 1}};
    TeamBook usual = book(some);
    CHECK(questions(usual) == std::vector<std::string>{"/api/v1/usage_stats/api_usage_stats",
                                                       "/api/v1/emailer_campaigns/search",
                                                       "/api/v1/email_accounts"});
    TeamBook everything = book(needs());
    CHECK(questions(everything).size() == 5);
}

TEST_CASE_FIXTURE(TeamBookFixture, "pages are read until everything is found, and no further") {
    TeamNeeds some;
    some.sequences = {{id(1), 1}, {id(2), 1}};
    TeamBook made = book(some);
    (void)made.next();  // the usage
    const auto first = made.next();
    REQUIRE(first);
    CHECK_FALSE(made.next());
    REQUIRE(made.settle(answered(*first, sequences_page(1, 9, {id(7), id(1)}))));
    const auto second = made.next();
    REQUIRE(second);
    CHECK(second->request.target.find("page=2") != std::string::npos);
    REQUIRE(made.settle(answered(*second, sequences_page(2, 9, {id(2)}))));
    CHECK_FALSE(made.next());
    REQUIRE(made.team().sequences);
    CHECK(made.team().sequences->size() == 3);
}

TEST_CASE_FIXTURE(TeamBookFixture,
                  "a list that is needed whole is read to its end, and asked for by itself") {
    TeamNeeds some;
    some.sequences = {{id(1), 1}};
    some.every_sequence = true;
    TeamBook made = book(some);
    (void)made.next();
    for (std::uint32_t page = 1; page <= 3; ++page) {
        const auto errand = made.next();
        REQUIRE(errand);
        REQUIRE(made.settle(answered(*errand, sequences_page(page, 3, {id(1)}))));
    }
    CHECK_FALSE(made.next());
    CHECK(made.team().sequences->size() == 3);
    TeamNeeds lists;
    lists.every_sequence = lists.every_mailbox = lists.every_user = true;
    TeamBook of_lists = book(lists);
    CHECK(questions(of_lists).size() == 4);
}

TEST_CASE_FIXTURE(TeamBookFixture, "what is nowhere is known to be nowhere after the last page") {
    TeamNeeds some;
    some.sequences = {{id(1), 1}};
    TeamBook made = book(some);
    (void)made.next();
    for (std::uint32_t page = 1; page <= 3; ++page) {
        const auto errand = made.next();
        REQUIRE(errand);
        REQUIRE(made.settle(answered(*errand, sequences_page(page, 3, {id(9)}))));
    }
    CHECK_FALSE(made.next());
    CHECK(made.team().sequences->size() == 3);
}

TEST_CASE_FIXTURE(TeamBookFixture, "an answer that is something else is asked for again") {
    TeamBook made = book(needs());
    while (const auto errand = made.next())
        CHECK_FALSE(made.settle(answered(*errand, "<html></html>")));
}

TEST_CASE_FIXTURE(TeamBookFixture, "a list of which a page is missing is not known at all") {
    TeamNeeds some;
    some.sequences = {{id(1), 1}};
    TeamBook made = book(some);
    (void)made.next();
    const auto first = made.next();
    REQUIRE(made.settle(answered(*first, sequences_page(1, 2, {id(7)}))));
    const auto second = made.next();
    REQUIRE(made.settle(refused(*second)));
    CHECK_FALSE(made.team().sequences);
    CHECK(made.team().troubles ==
          std::vector<std::string>{"the team's sequences could not be read: it broke"});
}

}  // namespace seqload::app
