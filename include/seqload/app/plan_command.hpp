#pragma once

// `seqload plan FILE…`: what load would do, without network, state or changes.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Prints the plan on standard output and says on standard error what is wrong
// with rows, if any are. Returns the exit code: 0 whatever the rows, or the code
// of the error that it printed.
int run_plan(const PlanOptions& options);

}  // namespace seqload::app
