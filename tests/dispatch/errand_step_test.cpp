#include "seqload/dispatch/errand_step.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

namespace seqload::dispatch {

TEST_CASE("the table of an errand's steps holds in every cell") {
    struct Row {
        TryEnd end;
        ErrandStep with_attempts_left;
        ErrandStep with_none_left;
    };
    for (const Row& row : {
             Row{TryEnd::understood, ErrandStep::settle, ErrandStep::settle},
             Row{TryEnd::not_understood, ErrandStep::retry, ErrandStep::give_up},
             Row{TryEnd::server_fault, ErrandStep::retry, ErrandStep::give_up},
             Row{TryEnd::answer_lost, ErrandStep::retry, ErrandStep::give_up},
             Row{TryEnd::never_left, ErrandStep::retry, ErrandStep::give_up},
             Row{TryEnd::rate_limited, ErrandStep::wait_for_window, ErrandStep::wait_for_window},
             Row{TryEnd::batch_rejected, ErrandStep::refuse, ErrandStep::refuse},
             Row{TryEnd::request_rejected, ErrandStep::refuse, ErrandStep::refuse},
             Row{TryEnd::target_unusable, ErrandStep::refuse, ErrandStep::refuse},
             Row{TryEnd::key_refused, ErrandStep::stop_run, ErrandStep::stop_run},
         }) {
        CAPTURE(name(row.end));
        CHECK(errand_step(row.end, 1, 5) == row.with_attempts_left);
        CHECK(errand_step(row.end, 4, 5) == row.with_attempts_left);
        CHECK(errand_step(row.end, 5, 5) == row.with_none_left);
        CHECK(errand_step(row.end, 1, 1) == row.with_none_left);
    }
}

TEST_CASE("each step has a name of its own") {
    std::set<std::string> names;
    for (const ErrandStep step :
         {ErrandStep::settle, ErrandStep::retry, ErrandStep::give_up, ErrandStep::wait_for_window,
          ErrandStep::refuse, ErrandStep::stop_run})
        names.emplace(name(step));
    CHECK(names.size() == 6);
}

}  // namespace seqload::dispatch
