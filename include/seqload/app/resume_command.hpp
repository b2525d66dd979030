#pragma once

// `seqload resume [RUN]`: goes on with a run that was stopped, or killed.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code, as the run's own command would; errors have been printed.
int run_resume(const ResumeOptions& options);

}  // namespace seqload::app
