#pragma once

// `seqload explain [REASON]`: what a status, a reason, a stop reason or an exit
// code means, and what to do about it.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Returns the exit code; a word that nobody knows has been complained about.
int run_explain(const ExplainOptions& options);

}  // namespace seqload::app
