#include "seqload/state/common_outcome.hpp"

#include "state/state_fixture.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::state {

namespace {

std::vector<Outcome> together(const std::vector<std::vector<Outcome>>& parts) {
    std::vector<Outcome> outcomes;
    for (const auto& part : parts)
        outcomes.insert(outcomes.end(), part.begin(), part.end());
    return outcomes;
}

}  // namespace

TEST_CASE("the outcome that most rows of a batch have is the common one") {
    const auto outcomes =
        together({all({1}, RowStatus::skipped, "why"), all({2, 3, 4}, RowStatus::added),
                  all({5, 6}, RowStatus::added, "paused")});
    const auto common = common_outcome(contacts({1, 2, 3, 4, 5, 6}), outcomes);
    REQUIRE(common);
    CHECK(common->outcome == &outcomes[1]);
    CHECK(common->rows == 3);
}

TEST_CASE("of equally frequent outcomes the first is the common one") {
    const auto outcomes =
        together({all({1, 4}, RowStatus::skipped, "why"), all({2, 3}, RowStatus::added)});
    CHECK(common_outcome(contacts({1, 2, 3, 4}), outcomes)->outcome == &outcomes[0]);
}

TEST_CASE("rows are alike only if they are in all but the row") {
    const Outcome outcome = all({1}, RowStatus::failed, "rejected", "422")[0];
    std::vector<Outcome> others(7, outcome);
    others[0].row = 2;
    CHECK(alike(outcome, others[0]));
    others[1].status = RowStatus::skipped;
    others[2].reason = "gave_up";
    others[3].detail = "";
    others[4].same_as = 9;
    others[5].contacts_added = 0;
    others[6].contacts_skipped = 0;
    for (std::size_t i = 1; i < others.size(); ++i) {
        CAPTURE(i);
        CHECK_FALSE(alike(outcome, others[i]));
    }
}

TEST_CASE("no outcome is common where no two rows share one") {
    CHECK_FALSE(common_outcome(contacts({1}), all({1}, RowStatus::added)));
    CHECK_FALSE(common_outcome(
        contacts({1, 2}), together({all({1}, RowStatus::added), all({2}, RowStatus::failed)})));
    CHECK(common_outcome(contacts({1, 2}), all({1, 2}, RowStatus::added)));
}

TEST_CASE("nor among labels, duplicates, and rows that do not ascend") {
    Batch two_labels = label(1, "VIP");
    two_labels.labels.push_back({2, "Press"});
    CHECK_FALSE(common_outcome(two_labels, all({1, 2}, RowStatus::added)));
    CHECK_FALSE(common_outcome(contacts({2, 1}), all({1, 2}, RowStatus::added)));
    CHECK_FALSE(common_outcome(contacts({1, 1}), all({1, 1}, RowStatus::added)));
    auto duplicates = all({1, 2}, RowStatus::duplicate);
    for (Outcome& outcome : duplicates)
        outcome.same_as = 9;
    CHECK_FALSE(common_outcome(contacts({1, 2}), duplicates));
}

TEST_CASE("as many rows as it says are alike to the common outcome, and no other has more") {
    CHECK(rc::check([](const std::vector<std::uint8_t>& drawn) {
        std::vector<RowNumber> rows;
        std::vector<Outcome> outcomes;
        std::map<unsigned, std::size_t> counted;
        for (const std::uint8_t one : drawn) {
            rows.push_back(static_cast<RowNumber>(rows.size() + 1));
            const unsigned kind = one % 4U;
            ++counted[kind];
            outcomes.push_back(
                all({rows.back()}, row_statuses.at(kind / 2), kind % 2 == 0 ? "" : "why")[0]);
        }
        std::size_t most = 0;
        for (const auto& [kind, count] : counted)
            most = std::max(most, count);
        const auto common = common_outcome(contacts(rows), outcomes);
        RC_ASSERT(common.has_value() == (most > 1));
        if (!common)
            return;
        RC_ASSERT(common->rows == most);
        std::size_t have_it = 0;
        for (const Outcome& outcome : outcomes)
            have_it += alike(outcome, *common->outcome) ? 1 : 0;
        RC_ASSERT(have_it == most);
    }));
}

}  // namespace seqload::state
