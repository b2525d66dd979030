#include "seqload/apollo/settle.hpp"

#include "apollo/apollo_fixture.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::apollo;
using namespace seqload::apollo::test;

namespace {

// The only row's outcome.
Outcome settled(const AddAnswer& answer, bool earlier_answer_lost = false) {
    const Settlement settlement = settle(contact_batch(1), answer, earlier_answer_lost);
    REQUIRE(settlement.outcomes.size() == 1);
    CHECK(settlement.label_contacts.empty());
    return settlement.outcomes.front();
}

Outcome outcome(RowStatus status, std::string reason = {}, std::string detail = {}) {
    Outcome result;
    result.row = 1;
    result.status = status;
    result.reason = std::move(reason);
    result.detail = std::move(detail);
    return result;
}

Outcome decided(Outcome result) {
    result.contacts_added = result.status == RowStatus::added ? 1 : 0;
    result.contacts_skipped = result.status == RowStatus::added ? 0 : 1;
    return result;
}

AddAnswer any_answer() {
    const auto any_contacts = [] {
        return *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 12U));
    };
    AddAnswer answer;
    for (const std::uint32_t n : any_contacts())
        answer.added.push_back({contact(n), *rc::gen::arbitrary<bool>(), "why"});
    for (const std::uint32_t n : any_contacts())
        answer.skipped.push_back({contact(n), *rc::gen::element(already_there, std::string("no"))});
    answer.accepted_as_job = *rc::gen::arbitrary<bool>();
    answer.lists_contacts = true;
    return answer;
}

}  // namespace

TEST_CASE("a contact that Apollo named as added is added") {
    CHECK(settled({.added = {{contact(1), false, {}}}}) == decided(outcome(RowStatus::added)));
}

TEST_CASE("a contact that was added but is held back is added, paused, with Apollo's words") {
    CHECK(settled({.added = {{contact(1), true, "Sequence inactive"}}}) ==
          decided(outcome(RowStatus::added, "paused", "Sequence inactive")));
}

TEST_CASE("a contact that Apollo refused is skipped for Apollo's reason") {
    CHECK(settled({.skipped = {{contact(1), "contacts_of_the_future"}}}) ==
          decided(outcome(RowStatus::skipped, "contacts_of_the_future")));
}

TEST_CASE("a contact that is there already says whether we may have put it there") {
    const AddAnswer answer{.skipped = {{contact(1), already_there}}};
    CHECK(settled(answer) == decided(outcome(RowStatus::already_in_sequence)));
    CHECK(settled(answer, true) == decided(outcome(RowStatus::already_in_sequence, "answer_lost")));
}

TEST_CASE("a contact that Apollo did not name is unconfirmed, and nobody decided on it") {
    CHECK(settled({.added = {{contact(2), false, {}}}, .lists_contacts = true}) ==
          outcome(RowStatus::unconfirmed, "not_named"));
    CHECK(settled({.accepted_as_job = true}) == outcome(RowStatus::unconfirmed, "accepted_as_job"));
}

TEST_CASE("every row comes out once, in order, and added only if Apollo named it so") {
    CHECK(rc::check([] {
        const AddAnswer answer = any_answer();
        Batch batch;
        for (const std::uint32_t n : *rc::gen::nonEmpty(
                 rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 12U))))
            batch.contacts.push_back(
                {static_cast<RowNumber>(batch.contacts.size() + 1), contact(n)});
        const Settlement settlement = settle(batch, answer, *rc::gen::arbitrary<bool>());
        RC_ASSERT(settlement.outcomes.size() == batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const Outcome& row = settlement.outcomes[i];
            RC_ASSERT(row.row == batch.contacts[i].row);
            const Id& id = batch.contacts[i].contact;
            const bool added = std::ranges::count(answer.added, id, &AddedContact::contact) > 0;
            const bool skipped =
                std::ranges::count(answer.skipped, id, &SkippedContact::contact) > 0;
            RC_ASSERT((row.status == RowStatus::added) == (added && !skipped));
            RC_ASSERT((row.status == RowStatus::unconfirmed) == (!added && !skipped));
        }
    }));
}

TEST_CASE("in whatever order Apollo names many contacts, each has what it said of that one") {
    constexpr std::uint32_t many = 1000;
    const Batch batch = contact_batch(many);
    for (const std::uint32_t step : {1U, many - 1, 389U}) {
        AddAnswer answer{.lists_contacts = true};
        for (std::uint32_t i = 0; i < many; ++i) {
            const std::uint32_t n = 1 + i * step % many;
            if (n % 3 == 1)
                answer.added.push_back({contact(n), true, std::to_string(n)});
            if (n % 3 == 2)
                answer.skipped.push_back({contact(n), std::to_string(n)});
        }
        const auto outcomes = settle(batch, answer, false).outcomes;
        REQUIRE(outcomes.size() == many);
        for (std::uint32_t n = 1; n <= many; ++n) {
            Outcome expected = outcome(RowStatus::unconfirmed, "not_named");
            if (n % 3 == 1)
                expected = decided(outcome(RowStatus::added, "paused", std::to_string(n)));
            if (n % 3 == 2)
                expected = decided(outcome(RowStatus::skipped, std::to_string(n)));
            expected.row = n;
            REQUIRE(outcomes[n - 1] == expected);
        }
    }
}

TEST_CASE("one fate for a whole batch claims no counts") {
    const auto outcomes = all(contact_batch(2), RowStatus::failed, "rejected", "because");
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0] == outcome(RowStatus::failed, "rejected", "because"));
    CHECK(outcomes[1].row == 2);
    CHECK(all(label_batch({"a"}), RowStatus::failed, "rejected", "because") ==
          std::vector{outcome(RowStatus::failed, "rejected", "because")});
}
