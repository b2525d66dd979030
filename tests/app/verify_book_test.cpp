#include "seqload/app/verify_book.hpp"

#include "app/team_fixture.hpp"
#include "seqload/base/timestamp.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

namespace {

const Id asked_sequence = id(0xa1);
const Id other_sequence = id(0xa2);
const WallTime began = *parse_timestamp("2026-11-24T08:00:00Z");

state::DoubtfulRow row(RowNumber number, const Id& contact, TargetIndex target = 0) {
    state::DoubtfulRow made;
    made.row = number;
    made.contact = contact;
    made.target = target;
    return made;
}

apollo::ContactView view(std::vector<apollo::Membership> memberships) {
    return {.id = id(1), .memberships = std::move(memberships)};
}

apollo::Membership since(const char* time, const Id& sequence = asked_sequence) {
    return {.sequence = sequence, .added_at = parse_timestamp(time), .status = "active"};
}

std::string body_of(const Id& contact, const Id& sequence, const std::string& added_at) {
    return R"({"contact":{"id":")" + contact.text() +
           R"(","contact_campaign_statuses":[{"emailer_campaign_id":")" + sequence.text() +
           R"(","status":"active","added_at":")" + added_at + R"("}]}})";
}

struct VerifyBookFixture {
    apollo::Credentials credentials = *apollo::Credentials::key("a-key");
    TargetTable targets;

    VerifyBookFixture() {
        Target target;
        target.sequence = asked_sequence;
        targets.intern(target);
        target.sequence = other_sequence;
        targets.intern(target);
    }

    VerifyBook book(std::vector<state::DoubtfulRow> rows) {
        return {std::move(rows), targets, began, credentials, "seqload/test"};
    }
};

dispatch::ErrandEnd answer_to(std::uint64_t number, std::string_view body) {
    return {.number = number,
            .answered = true,
            .http_status = 200,
            .body = body,
            .message = {},
            .attempts = 1,
            .request_id = {},
            .at = {}};
}

dispatch::ErrandEnd refusal_of(std::uint64_t number, unsigned status) {
    return {.number = number,
            .answered = false,
            .http_status = status,
            .body = {},
            .message = "no",
            .attempts = 1,
            .request_id = {},
            .at = {}};
}

}  // namespace

TEST_CASE("who came into the sequence after the run began was added by it") {
    const Outcome outcome = verified_outcome(row(7, id(1)), asked_sequence,
                                             view({since("2026-11-24T08:00:01Z")}), began);
    CHECK(outcome.row == 7);
    CHECK(outcome.status == RowStatus::added);
    CHECK(outcome.reason == reason::verified);
    CHECK(outcome.contacts_added == 1);
    CHECK(outcome.contacts_skipped == 0);
    CHECK(outcome.detail == "in the sequence since 2026-11-24T08:00:01.000Z");
}

TEST_CASE("who was there before, or nobody says since when, or by another run, was not") {
    state::DoubtfulRow of_another = row(7, id(1));
    of_another.added_by_another_run = true;
    apollo::Membership timeless = since("2026-11-24T08:00:01Z");
    timeless.added_at.reset();
    for (const auto& [doubtful, contact] :
         {std::pair{row(7, id(1)), view({since("2026-11-24T07:59:59Z")})},
          std::pair{row(7, id(1)), view({timeless})},
          std::pair{of_another, view({since("2026-11-24T08:00:01Z")})}}) {
        const Outcome outcome = verified_outcome(doubtful, asked_sequence, contact, began);
        CHECK(outcome.status == RowStatus::already_in_sequence);
        CHECK(outcome.reason == reason::verified);
        CHECK(outcome.contacts_added == 0);
        CHECK(outcome.contacts_skipped == 1);
    }
}

TEST_CASE("who is in other sequences only has not arrived") {
    const Outcome outcome =
        verified_outcome(row(7, id(1)), asked_sequence,
                         view({since("2026-11-24T08:00:01Z", other_sequence)}), began);
    CHECK(outcome.status == RowStatus::failed);
    CHECK(outcome.reason == reason::not_in_sequence);
}

TEST_CASE_FIXTURE(VerifyBookFixture, "a contact is read back once, for all of its rows") {
    auto made = book({row(1, id(2), 0), row(2, id(1), 0), row(3, id(2), 1)});
    const auto first = made.next();
    const auto second = made.next();
    REQUIRE((first && second));
    CHECK_FALSE(made.next().has_value());
    CHECK(first->items == 1);
    CHECK(first->request.target == "/api/v1/contacts/" + id(1).text());
    CHECK(second->items == 2);
    CHECK_FALSE(made.sending(*first, false).has_value());

    const std::string body = body_of(id(2), other_sequence, "2026-11-24T09:00:00Z");
    const auto change = made.settle(answer_to(second->number, body));
    REQUIRE(change.has_value());
    const auto& verified = std::get<state::RowsVerified>(*change);
    REQUIRE(verified.outcomes.size() == 2);
    CHECK(verified.outcomes[0].row == 1);
    CHECK(verified.outcomes[0].status == RowStatus::failed);
    CHECK(verified.outcomes[1].row == 3);
    CHECK(verified.outcomes[1].status == RowStatus::added);
}

TEST_CASE_FIXTURE(VerifyBookFixture,
                  "an answer about somebody else, or none at all, settles nothing") {
    auto made = book({row(1, id(1))});
    const auto errand = made.next();
    const std::string other = body_of(id(9), asked_sequence, "2026-11-24T09:00:00Z");
    for (const std::string& body : {other, std::string("<html>"), std::string("{}")})
        CHECK_FALSE(made.settle(answer_to(errand->number, body)).has_value());
    CHECK(made.unsettled() == 0);
}

TEST_CASE_FIXTURE(
    VerifyBookFixture,
    "a contact that Apollo does not know has failed; what it refuses otherwise stays in doubt") {
    auto made = book({row(1, id(1)), row(2, id(2)), row(3, id(2), 1)});
    const auto unknown = made.next();
    const auto change = made.settle(refusal_of(unknown->number, 404));
    REQUIRE(change.has_value());
    const auto& verified = std::get<state::RowsVerified>(*change);
    REQUIRE(verified.outcomes.size() == 1);
    CHECK(verified.outcomes[0].status == RowStatus::failed);
    CHECK(verified.outcomes[0].reason == reason::contact_not_found);

    const auto unheard = made.next();
    CHECK(std::holds_alternative<state::RequestsCounted>(
        *made.settle(refusal_of(unheard->number, 500))));
    CHECK(made.unsettled() == 2);
    CHECK(made.trouble() == "no");
}

}  // namespace seqload::app
