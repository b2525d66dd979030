#pragma once

// `seqload load FILE…`: plan, ask, send, report.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code; errors have been printed.
int run_load(const LoadOptions& options);

}  // namespace seqload::app
