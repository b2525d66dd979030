#include "seqload/app/exit_code.hpp"

#include <csignal>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

state::StatusCounts one(RowStatus status) {
    state::StatusCounts rows;
    rows[status] = 1;
    return rows;
}

}  // namespace

TEST_CASE("a finished run ends with 1 if a row needs a person, else with 0") {
    using dispatch::StopReason;
    for (const RowStatus status : row_statuses) {
        CAPTURE(name(status));
        const int expected = needs_person(status, false) ? 1 : 0;
        CHECK(exit_code_of(StopReason::finished, one(status), false, 0) == expected);
    }
    CHECK(exit_code_of(StopReason::finished, one(RowStatus::skipped), true, 0) == 1);
}

TEST_CASE("a run that stopped says why, whatever its rows") {
    using dispatch::StopReason;
    const auto rows = one(RowStatus::failed);
    CHECK(exit_code_of(StopReason::key_refused, rows, false, 0) == 4);
    CHECK(exit_code_of(StopReason::gave_up, rows, false, 0) == 5);
    CHECK(exit_code_of(StopReason::input_failed, rows, false, 0) == 5);
    CHECK(exit_code_of(StopReason::state_failed, rows, false, 0) == 6);
    CHECK(exit_code_of(StopReason::machine_failed, rows, false, 0) == 6);
    CHECK(exit_code_of(StopReason::interrupted, rows, false, SIGINT) == 130);
    CHECK(exit_code_of(StopReason::interrupted, rows, false, SIGTERM) == 143);
}

TEST_CASE("an error before anything was sent has the code of its kind") {
    CHECK(exit_code_of(ErrorKind::usage) == 2);
    CHECK(exit_code_of(ErrorKind::unusable_input) == 3);
    CHECK(exit_code_of(ErrorKind::changed_input) == 3);
    CHECK(exit_code_of(ErrorKind::refused_key) == 4);
    CHECK(exit_code_of(ErrorKind::stopped) == 5);
    CHECK(exit_code_of(ErrorKind::local_fault) == 6);
}

}  // namespace seqload::app
