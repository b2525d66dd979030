// Labels: settle.hpp says what their rows become.

#include "apollo/apollo_fixture.hpp"
#include "seqload/apollo/settle.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

AddAnswer answer_of(std::vector<AddedContact> added, std::vector<SkippedContact> skipped) {
    return {.added = std::move(added), .skipped = std::move(skipped), .lists_contacts = true};
}

Settlement settle_label(const AddAnswer& answer, bool earlier_answer_lost = false) {
    return settle(label_batch({"Leads"}), answer, earlier_answer_lost);
}

// "status reason added/skipped" of a row.
std::string told(const Outcome& outcome) {
    std::string text(name(outcome.status));
    if (!outcome.reason.empty())
        text += ' ' + outcome.reason;
    if (outcome.contacts_added)
        text += ' ' + std::to_string(*outcome.contacts_added) + '/' +
                std::to_string(outcome.contacts_skipped.value());
    return text;
}

std::string told(const AddAnswer& answer, bool earlier_answer_lost = false) {
    return told(settle_label(answer, earlier_answer_lost).outcomes.at(0));
}

}  // namespace

TEST_CASE("a label with at least one added is added, with counts") {
    CHECK(told(answer_of({{contact(1), false, {}}}, {})) == "added 1/0");
    CHECK(told(answer_of({{contact(1), false, {}}},
                         {{contact(2), "no"}, {contact(3), already_there}})) == "added 1/2");
}

TEST_CASE("a label is paused if everyone whom it added is") {
    const auto all_paused =
        settle_label(answer_of({{contact(1), true, "b"}, {contact(2), true, "a"}}, {}));
    CHECK(told(all_paused.outcomes[0]) == "added paused 2/0");
    CHECK(all_paused.outcomes[0].detail == "a");
    CHECK(told(answer_of({{contact(1), true, "b"}, {contact(2), false, {}}}, {})) == "added 2/0");
}

TEST_CASE("a label whose people were all refused is skipped for the most frequent reason") {
    CHECK(told(answer_of({}, {{contact(1), "a"}, {contact(2), "b"}, {contact(3), "b"}})) ==
          "skipped b 0/3");
    CHECK(told(answer_of({}, {{contact(1), "b"}, {contact(2), "a"}})) == "skipped a 0/2");
}

TEST_CASE("a label whose people are all there already") {
    const AddAnswer answer =
        answer_of({}, {{contact(1), already_there}, {contact(2), already_there}});
    CHECK(told(answer) == "already_in_sequence 0/2");
    CHECK(told(answer, true) == "already_in_sequence answer_lost 0/2");
}

TEST_CASE("after a lost answer one who is there already keeps the doubt") {
    const AddAnswer answer =
        answer_of({}, {{contact(1), "a"}, {contact(2), "a"}, {contact(3), already_there}});
    CHECK(told(answer) == "skipped a 0/3");
    CHECK(told(answer, true) == "already_in_sequence answer_lost 0/3");
}

TEST_CASE("a label that matched nobody") {
    CHECK(told(answer_of({}, {})) == "skipped label_matched_nobody 0/0");
}

TEST_CASE("that a label matched nobody is not claimed where Apollo did not say so") {
    CHECK(told(AddAnswer{}) == "unconfirmed not_named");
    CHECK(told(AddAnswer{.accepted_as_job = true}) == "unconfirmed accepted_as_job");
    CHECK(told(AddAnswer{.accepted_as_job = true, .lists_contacts = true}) ==
          "unconfirmed accepted_as_job 0/0");
    CHECK(told(AddAnswer{.lists_contacts = true, .unreadable = 1}) == "unconfirmed not_named 0/0");
}

TEST_CASE("everyone whom a label reached is told of") {
    const Settlement settlement =
        settle_label(answer_of({{contact(1), true, "x"}, {contact(2), false, {}}},
                               {{contact(3), "no"}, {contact(4), already_there}}),
                     true);
    CHECK(
        settlement.label_contacts ==
        std::vector<LabelContact>{{1, contact(1), RowStatus::added, "paused"},
                                  {1, contact(2), RowStatus::added, ""},
                                  {1, contact(3), RowStatus::skipped, "no"},
                                  {1, contact(4), RowStatus::already_in_sequence, "answer_lost"}});
}

TEST_CASE("labels that share a request share what is certain: that nobody was added") {
    const Batch batch = label_batch({"a", "b", "c"});
    const Settlement settlement = settle(batch, answer_of({}, {{contact(1), "no"}}), false);
    REQUIRE(settlement.outcomes.size() == 3);
    CHECK(told(settlement.outcomes[0]) == "skipped no 0/1");
    CHECK(told(settlement.outcomes[1]) == "skipped no");
    CHECK(told(settlement.outcomes[2]) == "skipped no");
    CHECK(settlement.outcomes[2].row == 3);
    CHECK(settlement.label_contacts ==
          std::vector<LabelContact>{{1, contact(1), RowStatus::skipped, "no"}});
    CHECK(told(settle(batch, answer_of({}, {}), false).outcomes[2]) ==
          "skipped label_matched_nobody");
}

TEST_CASE("which of several labels somebody was added for is claimed of none") {
    const Settlement settlement =
        settle(label_batch({"a", "b"}), answer_of({{contact(1), false, {}}}, {}), false);
    CHECK(told(settlement.outcomes[0]) == "unconfirmed not_named 1/0");
    CHECK(told(settlement.outcomes[1]) == "unconfirmed not_named");
    CHECK(settlement.outcomes[1].detail ==
          "Apollo does not say which of the 2 labels in this request it added contacts for");
    CHECK(settlement.label_contacts.size() == 1);
}

TEST_CASE("every label comes out once, and the people are counted once") {
    CHECK(rc::check([] {
        const auto labels = *rc::gen::inRange<std::size_t>(1, 6);
        const Batch batch = label_batch(std::vector<std::string>(labels, "x"));
        AddAnswer answer = answer_of({}, {});
        for (std::uint32_t n = *rc::gen::inRange(0U, 5U); n > 0; --n)
            answer.added.push_back({contact(n), false, {}});
        for (std::uint32_t n = *rc::gen::inRange(0U, 5U); n > 0; --n)
            answer.skipped.push_back({contact(100 + n), "no"});
        const Settlement settlement = settle(batch, answer, *rc::gen::arbitrary<bool>());
        RC_ASSERT(settlement.outcomes.size() == labels);
        RC_ASSERT(settlement.label_contacts.size() == answer.added.size() + answer.skipped.size());
        std::size_t added = 0;
        for (const Outcome& outcome : settlement.outcomes)
            added += outcome.contacts_added.value_or(0);
        RC_ASSERT(added == answer.added.size());
    }));
}
