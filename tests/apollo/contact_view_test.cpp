#include "seqload/apollo/contact_view.hpp"

#include "apollo/apollo_fixture.hpp"
#include "seqload/base/timestamp.hpp"

#include <cstddef>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

std::string membership(const std::string& fields) {
    return R"({"id":"66f0","emailer_campaign_id":")" + sequence.text() + '"' + fields + '}';
}

std::string body_with(const std::string& memberships) {
    return R"({"contact":{"id":")" + contact(1).text() +
           R"(","name":"Ada","emails":[{"id":"x"}],"contact_campaign_statuses":[)" + memberships +
           "]}}";
}

}  // namespace

TEST_CASE("a contact says in which sequences it is, since when, and how") {
    const auto view = read_contact(
        body_with(membership(R"(,"status":"active","added_at":"2026-11-24T08:00:00.500+00:00")")));
    REQUIRE(view);
    CHECK(*view == ContactView{contact(1),
                               {{.sequence = sequence,
                                 .added_at = parse_timestamp("2026-11-24T08:00:00.5Z"),
                                 .status = "active"}}});
}

TEST_CASE("a contact may stand at the top of the answer") {
    const auto view =
        read_contact(R"({"id":")" + contact(2).text() + R"(","contact_campaign_statuses":[]})");
    REQUIRE(view);
    CHECK(view->id == contact(2));
    CHECK(view->memberships.empty());
}

TEST_CASE("a time that is missing, or cannot be read, is not known") {
    for (const char* fields :
         {"", R"(,"added_at":null)", R"(,"added_at":"yesterday")", R"(,"added_at":1764000000)"}) {
        CAPTURE(fields);
        const auto view = read_contact(body_with(membership(fields)));
        REQUIRE(view);
        REQUIRE(view->memberships.size() == 1);
        CHECK_FALSE(view->memberships.front().added_at);
    }
}

TEST_CASE(
    "without the list of its sequences, or with one that is not named, a contact says nothing") {
    const std::string id = R"({"id":")" + contact(1).text() + '"';
    for (const std::string& body :
         {id + "}", id + R"(,"contact_campaign_statuses":null})",
          id + R"(,"contact_campaign_statuses":{}})",
          std::string(R"({"contact_campaign_statuses":[]})"),
          std::string(R"({"id":"short","contact_campaign_statuses":[]})"), body_with("null"),
          body_with("{}"), body_with(R"({"emailer_campaign_id":"short"})"),
          body_with(membership("") + ",7")}) {
        CAPTURE(body);
        CHECK_FALSE(read_contact(body));
    }
}

TEST_CASE("a contact that does not exist is told from one that may not be seen") {
    CHECK(is_no_such_contact(404, ""));
    CHECK(is_no_such_contact(422, "Oops! This contact does not exist in Apollo."));
    CHECK(is_no_such_contact(422, "This contact has been deleted."));
    CHECK_FALSE(is_no_such_contact(422, "You are not authorized to view this page."));
    CHECK_FALSE(is_no_such_contact(500, "does not exist"));
}

TEST_CASE("an answer that is cut anywhere, or is something else, says nothing") {
    const std::string whole = body_with(membership(R"(,"added_at":"2026-11-24T08:00:00Z")"));
    REQUIRE(read_contact(whole));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(read_contact(whole.substr(0, length)));
    }
    for (const char* other : {"<html></html>", "[]", "null", "7"})
        CHECK_FALSE(read_contact(other));
    CHECK(rc::check([](const std::string& rubbish) { RC_ASSERT(!read_contact(rubbish)); }));
}
