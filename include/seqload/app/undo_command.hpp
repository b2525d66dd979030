#pragma once

// `seqload undo RUN`: takes back what a load has added.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code; errors have been printed.
int run_undo(const UndoOptions& options);

}  // namespace seqload::app
