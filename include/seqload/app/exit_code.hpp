#pragma once

// The exit codes of spec.md, as pure functions of what happened.

#include "seqload/base/error.hpp"
#include "seqload/dispatch/run.hpp"
#include "seqload/state/counts.hpp"

namespace seqload::app {

namespace exit_code {
inline constexpr int done = 0;
inline constexpr int needs_a_person = 1;
inline constexpr int usage = 2;
inline constexpr int unusable_input = 3;
inline constexpr int key_refused = 4;
inline constexpr int stopped = 5;
inline constexpr int local_fault = 6;
inline constexpr int signal_base = 128;  // and the signal that interrupted the run
}  // namespace exit_code

// For an error that ended the program before anything was sent.
int exit_code_of(ErrorKind kind);

// For a run that came to an end of some kind. signal: the one that interrupted
// it; 0: none.
int exit_code_of(dispatch::StopReason reason, const state::StatusCounts& rows, bool fail_on_skipped,
                 int signal);

}  // namespace seqload::app
