#pragma once

// Loads that stopped before their end: whoever loads the same input again is told
// of them, for resuming costs fewer requests and knows what is in doubt.

#include "seqload/state/store.hpp"

namespace seqload::app {

// Names, on standard error, the newest earlier load of one of this run's files that
// was planned and did not get to its end, if there is one.
void tell_unfinished_runs(const state::Store& store, const state::RunId& run);

// The same for the newest load of all, for whoever has nothing else to resume.
void tell_stopped_run(const state::Store& store);

}  // namespace seqload::app
