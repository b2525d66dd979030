#include "seqload/app/removal_book.hpp"

#include "seqload/model/outcome.hpp"
#include "support/numbered_id.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

namespace {

using seqload::test::numbered_id;

const Id first_sequence = numbered_id(60'001);
const Id second_sequence = numbered_id(60'002);

state::Removal removal(std::uint32_t number, const Id& sequence = first_sequence,
                       state::RemovalStatus status = state::RemovalStatus::waiting) {
    state::Removal made;
    made.number = number;
    made.row = number;
    made.contact = numbered_id(number);
    made.sequence = sequence;
    made.status = status;
    return made;
}

struct RemovalFixture {
    apollo::Credentials credentials = *apollo::Credentials::key("a-key");

    RemovalBook book(std::vector<state::Removal> removals, RemovalBook::Options options = {}) {
        return {std::move(removals), credentials, std::move(options)};
    }
};

std::string body_naming(const Id& sequence, const std::vector<Id>& contacts) {
    std::string list;
    for (const Id& contact : contacts) {
        list += list.empty() ? "" : ",";
        list += R"({"id":")" + contact.text() +
                R"(","contact_campaign_statuses":[{"emailer_campaign_id":")" + sequence.text() +
                R"(","status":"finished"}]})";
    }
    return R"({"contacts":[)" + list + "]}";
}

state::RemovalsSettled settle(RemovalBook& book, const dispatch::ErrandEnd& end) {
    const auto change = book.settle(end);
    REQUIRE(change.has_value());
    return std::get<state::RemovalsSettled>(*change);
}

}  // namespace

TEST_CASE_FIXTURE(RemovalFixture,
                  "what still waits goes out in as few requests as possible, a sequence each") {
    CHECK(rc::check([this] {
        const auto sizes =
            *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 350U));
        std::vector<state::Removal> removals;
        std::vector<state::AddedContact> contacts;
        std::uint64_t fewest = 0;
        std::uint32_t number = 0;
        for (std::size_t s = 0; s < sizes.size(); ++s) {
            const Id sequence = numbered_id(static_cast<std::uint32_t>(50'000 + s));
            for (std::uint32_t i = 0; i < sizes[s]; ++i) {
                removals.push_back(removal(++number, sequence));
                contacts.push_back({number, numbered_id(number), sequence});
            }
            fewest += (sizes[s] + 99) / 100;
        }
        RemovalBook made = book(removals);
        std::uint64_t requests = 0;
        std::uint64_t items = 0;
        while (const auto errand = made.next()) {
            RC_ASSERT(errand->items >= 1);
            RC_ASSERT(errand->items <= apollo::contacts_per_removal);
            ++requests;
            items += errand->items;
        }
        RC_ASSERT(items == removals.size());
        RC_ASSERT(requests == fewest);
        RC_ASSERT(RemovalBook::requests_for(contacts) == fewest);
    }));
}

TEST_CASE_FIXTURE(RemovalFixture, "what has its outcome is not sent again") {
    auto made = book({removal(1, first_sequence, state::RemovalStatus::removed), removal(2),
                      removal(3, first_sequence, state::RemovalStatus::failed)});
    const auto errand = made.next();
    REQUIRE(errand.has_value());
    CHECK(errand->items == 1);
    CHECK(errand->request.target.find(numbered_id(2).text()) != std::string::npos);
    CHECK(errand->request.target.find(numbered_id(1).text()) == std::string::npos);
    CHECK_FALSE(made.next().has_value());
}

TEST_CASE_FIXTURE(
    RemovalFixture,
    "only whom the answer names is removed; of the others it is known that they were not there") {
    auto made = book({removal(1), removal(2), removal(3, second_sequence)});
    const auto first = made.next();
    const auto second = made.next();
    REQUIRE((first && second));
    CHECK(std::get<state::RemovalsInFlight>(*made.sending(*first, false)).contacts == 2);
    CHECK(std::get<state::RemovalsInFlight>(*made.sending(*first, true)).retried);

    const std::string body = body_naming(first_sequence, {numbered_id(2)});
    const auto settled = settle(made, {.number = first->number,
                                       .answered = true,
                                       .http_status = 200,
                                       .body = body,
                                       .message = {},
                                       .attempts = 1,
                                       .request_id = "r-1",
                                       .at = {}});
    REQUIRE(settled.outcomes.size() == 2);
    CHECK(settled.outcomes[0].number == 1);
    CHECK(settled.outcomes[0].status == state::RemovalStatus::not_in_sequence);
    CHECK(settled.outcomes[0].reason.empty());
    CHECK(settled.outcomes[1].number == 2);
    CHECK(settled.outcomes[1].status == state::RemovalStatus::removed);
    CHECK(settled.leaves_sequence);
    CHECK(settled.request_id == "r-1");
}

TEST_CASE_FIXTURE(
    RemovalFixture,
    "whom a later try does not name may have been removed by an earlier one, and that is said") {
    const std::string body = body_naming(first_sequence, {});
    for (const auto& [attempts, again] : {std::pair{2U, false}, std::pair{1U, true}}) {
        auto made = book({removal(1)}, {.taken_up_again = again, .user_agent = {}});
        const auto errand = made.next();
        const auto settled = settle(made, {.number = errand->number,
                                           .answered = true,
                                           .http_status = 200,
                                           .body = body,
                                           .message = {},
                                           .attempts = attempts,
                                           .request_id = {},
                                           .at = {}});
        CHECK(settled.outcomes.front().status == state::RemovalStatus::not_in_sequence);
        CHECK(settled.outcomes.front().reason == reason::answer_lost);
    }
}

TEST_CASE_FIXTURE(RemovalFixture, "an answer that is not the JSON expected settles nothing") {
    auto made = book({removal(1)});
    const auto errand = made.next();
    for (const char* body : {"", "<html>", "[", R"({"contacts":[{"id")"}) {
        CHECK_FALSE(made.settle({.number = errand->number,
                                 .answered = true,
                                 .http_status = 200,
                                 .body = body,
                                 .message = {},
                                 .attempts = 1,
                                 .request_id = {},
                                 .at = {}}));
    }
}

TEST_CASE_FIXTURE(RemovalFixture, "what was refused or given up has failed, with what was said") {
    for (const auto& [status, expected] :
         std::map<unsigned, std::string_view>{{422, reason::rejected},
                                              {404, reason::rejected},
                                              {408, reason::gave_up},
                                              {503, reason::gave_up},
                                              {0, reason::gave_up}}) {
        CAPTURE(status);
        auto made = book({removal(1), removal(2)});
        const auto errand = made.next();
        const auto settled = settle(made, {.number = errand->number,
                                           .answered = false,
                                           .http_status = status,
                                           .body = {},
                                           .message = "they said no",
                                           .attempts = 5,
                                           .request_id = {},
                                           .at = {}});
        REQUIRE(settled.outcomes.size() == 2);
        for (const state::RemovalOutcome& outcome : settled.outcomes) {
            CHECK(outcome.status == state::RemovalStatus::failed);
            CHECK(outcome.reason == expected);
            CHECK(outcome.detail == "they said no");
        }
    }
}

TEST_CASE_FIXTURE(RemovalFixture,
                  "who is only stopped stays in the sequence, as far as the ledger goes") {
    for (const auto mode : {apollo::RemovalMode::stop, apollo::RemovalMode::mark_as_finished}) {
        auto made = book({removal(1)}, {.mode = mode, .user_agent = {}});
        const auto errand = made.next();
        const std::string body = body_naming(first_sequence, {numbered_id(1)});
        const auto settled = settle(made, {.number = errand->number,
                                           .answered = true,
                                           .http_status = 200,
                                           .body = body,
                                           .message = {},
                                           .attempts = 1,
                                           .request_id = {},
                                           .at = {}});
        CHECK_FALSE(settled.leaves_sequence);
        CHECK(settled.outcomes.front().status == state::RemovalStatus::removed);
    }
}

}  // namespace seqload::app
