#include "seqload/app/doubtful_rows.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

state::OpenBatch batch(state::BatchState state, TargetIndex target, std::vector<RowNumber> rows) {
    state::OpenBatch made;
    made.state = state;
    made.content.target = target;
    for (const RowNumber row : rows)
        made.content.contacts.push_back({row, Id()});
    return made;
}

report::NextOutcome added(std::vector<RowNumber> rows) {
    return [rows = std::move(rows), next = std::size_t{0},
            outcome = state::RecordedOutcome()]() mutable -> Result<const state::RecordedOutcome*> {
        if (next == rows.size())
            return nullptr;
        outcome.outcome.row = rows[next++];
        outcome.outcome.status = RowStatus::added;
        return &outcome;
    };
}

const std::vector<state::OpenBatch> open_batches{
    batch(state::BatchState::in_flight, 0, {9, 2}),
    batch(state::BatchState::waiting, 0, {3}),
    batch(state::BatchState::in_doubt, 1, {5}),
};

}  // namespace

TEST_CASE("rows whose request may have been carried out are unconfirmed, the others are not") {
    const auto rows = doubtful_rows(open_batches, WallTime());
    REQUIRE(rows.size() == 3);
    const std::vector<RowNumber> expected{2, 5, 9};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].outcome.row == expected[i]);
        CHECK(rows[i].outcome.status == RowStatus::unconfirmed);
        CHECK(rows[i].outcome.reason == "answer_lost");
    }
}

TEST_CASE("doubtful rows come in their places among the recorded ones") {
    const auto next =
        with_doubtful_rows(added({1, 4, 10}), doubtful_rows(open_batches, WallTime()));
    std::vector<std::pair<RowNumber, RowStatus>> seen;
    for (;;) {
        const auto outcome = next();
        REQUIRE(outcome);
        if (*outcome == nullptr)
            break;
        seen.emplace_back((*outcome)->outcome.row, (*outcome)->outcome.status);
    }
    const std::vector<std::pair<RowNumber, RowStatus>> expected{
        {1, RowStatus::added},       {2, RowStatus::unconfirmed}, {4, RowStatus::added},
        {5, RowStatus::unconfirmed}, {9, RowStatus::unconfirmed}, {10, RowStatus::added}};
    CHECK(seen == expected);
}

TEST_CASE("doubtful rows are counted for their targets") {
    state::Counts counts;
    add_doubtful_rows(open_batches, counts);
    CHECK(counts.rows[RowStatus::unconfirmed] == 3);
    CHECK(counts.reasons[RowStatus::unconfirmed]["answer_lost"] == 3);
    CHECK(counts.targets[0].rows[RowStatus::unconfirmed] == 2);
    CHECK(counts.targets[1].rows[RowStatus::unconfirmed] == 1);
}

}  // namespace seqload::app
