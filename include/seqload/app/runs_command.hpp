#pragma once

// `seqload runs`: the runs on record, and forgetting old ones.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code; errors have been printed.
int run_runs(const RunsOptions& options);

}  // namespace seqload::app
