#pragma once

// `seqload report RUN`: writes a run's report files again.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code: 0 once they are written; errors have been printed.
int run_report(const ReportCommandOptions& options);

}  // namespace seqload::app
