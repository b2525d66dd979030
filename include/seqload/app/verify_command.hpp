#pragma once

// `seqload verify [RUN]`: asks Apollo about each row whose fate is in doubt.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code: as the run's own would be now, or why it could not be
// finished; errors have been printed.
int run_verify(const VerifyOptions& options);

}  // namespace seqload::app
