#include "seqload/app/team_json.hpp"

#include "app/team_fixture.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

using namespace test_team;

namespace {

// Text as it comes out of JSON: letters of several bytes, quotes, control characters.
std::string any_name() {
    const auto parts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::elementOf(std::vector<std::string>{"a", "\"", "\\", "\n", "é", "漢", "🙂", " "}));
    std::string text;
    for (const std::string& part : parts)
        text += part;
    return text;
}

template <typename Value>
std::optional<Value> or_nothing() {
    return *rc::gen::arbitrary<bool>() ? std::optional(*rc::gen::arbitrary<Value>()) : std::nullopt;
}

Id any_small_id() {
    return id(*rc::gen::arbitrary<std::uint8_t>());
}

template <typename List>
void comes_back(const List& list) {
    RC_ASSERT(list_in<List>(list_json(list)) == std::optional(list));
}

}  // namespace

TEST_CASE("every list comes back from its text as it was") {
    CHECK(rc::check([] {
        std::vector<apollo::Sequence> sequences;
        std::vector<apollo::Mailbox> mailboxes;
        std::vector<apollo::Label> labels;
        std::vector<apollo::User> users;
        const int count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < count; ++i) {
            sequences.push_back({.id = any_small_id(),
                                 .name = any_name(),
                                 .active = *rc::gen::arbitrary<bool>(),
                                 .archived = *rc::gen::arbitrary<bool>(),
                                 .steps = or_nothing<std::uint32_t>()});
            mailboxes.push_back({.id = any_small_id(),
                                 .email = any_name(),
                                 .active = *rc::gen::arbitrary<bool>(),
                                 .revoked = *rc::gen::arbitrary<bool>(),
                                 .inactive_reason = any_name(),
                                 .aliases = {any_name(), any_name()},
                                 .user = i % 2 == 0 ? std::optional(any_small_id()) : std::nullopt,
                                 .daily_limit = or_nothing<std::uint32_t>()});
            labels.push_back({.id = any_small_id(),
                              .name = any_name(),
                              .modality = any_name(),
                              .count = or_nothing<std::uint64_t>()});
            users.push_back({.id = any_small_id(),
                             .email = any_name(),
                             .name = any_name(),
                             .deleted = *rc::gen::arbitrary<bool>()});
        }
        comes_back(sequences);
        comes_back(mailboxes);
        comes_back(labels);
        comes_back(users);
        comes_back(usage(*rc::gen::inRange<std::uint32_t>(0, 2000)));
    }));
}

TEST_CASE("a list with a number that cannot be is none, not one with another number") {
    for (const std::string steps :
         {"-1", "1.5", "4294967296", "-1.5e300", "1e300", "true", "\"3\""}) {
        CAPTURE(steps);
        CHECK_FALSE(list_in<std::vector<apollo::Sequence>>(
            R"([{"id":"66e9e215ece19801b2199901","name":"W","active":true,"archived":false,"steps":)" +
            steps + "}]"));
    }
}

TEST_CASE("a text that is no list is none") {
    for (const char* text : {"", "{", "[1]", "[{}]", R"([{"id":"short"}])", "null", "7"}) {
        CHECK_FALSE(list_in<std::vector<apollo::Sequence>>(text));
        CHECK_FALSE(list_in<std::vector<apollo::Mailbox>>(text));
        CHECK_FALSE(list_in<std::vector<apollo::Label>>(text));
        CHECK_FALSE(list_in<std::vector<apollo::User>>(text));
        CHECK_FALSE(list_in<apollo::Usage>(text));
    }
}

}  // namespace seqload::app
