#pragma once

// What a request came to, in a few words for the log. Pure.

#include "seqload/dispatch/try_result.hpp"
#include "seqload/state/counts.hpp"

#include <string>

namespace seqload::app {

// "HTTP 503: the service is not there", "HTTP 200", "no answer: connection reset"; printable.
std::string try_text(const dispatch::TryResult& result);

// "98 added, 2 skipped".
std::string outcomes_text(const state::StatusCounts& rows);

}  // namespace seqload::app
