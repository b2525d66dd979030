#include "seqload/dispatch/next_step.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace {

constexpr Standing first_of_five{.attempts_made = 1, .attempts_allowed = 5, .rows = 100};
constexpr Standing last_of_five{.attempts_made = 5, .attempts_allowed = 5, .rows = 100};

Standing doubtful(Standing standing) {
    standing.in_doubt = true;
    return standing;
}

Standing alone(Standing standing) {
    standing.rows = 1;
    return standing;
}

constexpr NextStep unconfirmed{Step::settle_all, true, RowStatus::unconfirmed, reason::answer_lost};

}  // namespace

TEST_CASE("the table of next steps holds in every cell") {
    struct Cell {
        std::string what;
        TryEnd end;
        Standing standing;
        NextStep expected;
    };
    const NextStep rejected{Step::settle_all, false, RowStatus::failed, reason::rejected};
    const NextStep gave_up{Step::settle_all, false, RowStatus::failed, reason::gave_up};
    const std::vector<Cell> cells{
        {"an answer settles", TryEnd::understood, first_of_five, {Step::settle, false}},
        {"a late answer settles", TryEnd::understood, last_of_five, {Step::settle, false}},
        {"an answer after a doubt settles in doubt",
         TryEnd::understood,
         doubtful(first_of_five),
         {Step::settle, true}},

        {"HTML with 200 is tried again",
         TryEnd::not_understood,
         first_of_five,
         {Step::retry, true}},
        {"HTML with 200 to the end stays open", TryEnd::not_understood, last_of_five, unconfirmed},
        {"a 5xx is tried again, in doubt",
         TryEnd::server_fault,
         first_of_five,
         {Step::retry, true}},
        {"a 5xx to the end stays open", TryEnd::server_fault, last_of_five, unconfirmed},
        {"a lost answer is tried again, in doubt",
         TryEnd::answer_lost,
         first_of_five,
         {Step::retry, true}},
        {"a lost answer to the end stays open", TryEnd::answer_lost, last_of_five, unconfirmed},

        {"what never left is tried again without doubt",
         TryEnd::never_left,
         first_of_five,
         {Step::retry, false}},
        {"an old doubt stays when a try never leaves",
         TryEnd::never_left,
         doubtful(first_of_five),
         {Step::retry, true}},
        {"what never left in any try failed", TryEnd::never_left, last_of_five, gave_up},
        {"what left once and then never stays open", TryEnd::never_left, doubtful(last_of_five),
         unconfirmed},

        {"a 429 waits", TryEnd::rate_limited, first_of_five, {Step::wait_for_window, false}},
        {"a 429 waits when no attempts are left",
         TryEnd::rate_limited,
         last_of_five,
         {Step::wait_for_window, false}},
        {"a 429 keeps the doubt",
         TryEnd::rate_limited,
         doubtful(last_of_five),
         {Step::wait_for_window, true}},

        {"a rejected batch is halved", TryEnd::batch_rejected, first_of_five, {Step::halve, false}},
        {"a rejected batch is halved on the last attempt",
         TryEnd::batch_rejected,
         last_of_five,
         {Step::halve, false}},
        {"halves inherit the doubt",
         TryEnd::batch_rejected,
         doubtful(first_of_five),
         {Step::halve, true}},
        {"a rejected row alone failed", TryEnd::batch_rejected, alone(first_of_five), rejected},
        {"a rejected row in doubt stays open", TryEnd::batch_rejected,
         doubtful(alone(first_of_five)), unconfirmed},

        {"a refused request failed", TryEnd::request_rejected, first_of_five, rejected},
        {"a refused request in doubt stays open", TryEnd::request_rejected, doubtful(first_of_five),
         unconfirmed},

        {"an unusable target fails",
         TryEnd::target_unusable,
         first_of_five,
         {Step::fail_target, false, RowStatus::failed, {}}},
        {"an unusable target leaves a doubtful batch open",
         TryEnd::target_unusable,
         doubtful(first_of_five),
         {Step::fail_target, true, RowStatus::unconfirmed, reason::answer_lost}},

        {"a refused key stops the run",
         TryEnd::key_refused,
         first_of_five,
         {Step::stop_run, false}},
        {"a refused key keeps the doubt",
         TryEnd::key_refused,
         doubtful(first_of_five),
         {Step::stop_run, true}},
    };
    for (const Cell& cell : cells) {
        CAPTURE(cell.what);
        const NextStep step = next_step(cell.end, cell.standing);
        CHECK(name(step.step) == name(cell.expected.step));
        CHECK(step == cell.expected);
    }
}

TEST_CASE("a row whose answer may have been lost is never called failed") {
    for (int end = 0; end <= static_cast<int>(TryEnd::key_refused); ++end) {
        for (const std::uint32_t made : {1U, 4U, 5U}) {
            for (const std::size_t rows : {std::size_t{1}, std::size_t{100}}) {
                const Standing standing{made, 5, rows, true};
                const NextStep step = next_step(static_cast<TryEnd>(end), standing);
                CAPTURE(name(static_cast<TryEnd>(end)));
                CHECK(step.in_doubt);
                CHECK(step.status != RowStatus::failed);
            }
        }
    }
}

}  // namespace seqload::dispatch
