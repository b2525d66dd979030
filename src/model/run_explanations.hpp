#pragma once

// The catalogue's table (catalogue.hpp), the part that is about runs: statuses in an undo, stop
// reasons and exit codes.

#include "seqload/model/catalogue.hpp"

#include <span>

namespace seqload {

// Subject by subject, in the order in which they are worth reading.
std::span<const Explanation> run_explanations();

}  // namespace seqload
