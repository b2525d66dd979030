#pragma once

// How many rows the first so many requests of a plan settle, in the order in which
// batches go (batch_order.hpp): what a deadline or a quota leaves behind. Pure.
//
// Exact where the full requests of all targets are of one size, and there is no
// canary; else a full one that goes early may be smaller than is reckoned here.

#include "seqload/plan/planner.hpp"

#include <cstdint>

namespace seqload::plan {

// The planner has finished its first pass. More requests than it has cover all rows.
std::uint64_t rows_covered(const Planner& planner, std::uint64_t requests);

}  // namespace seqload::plan
