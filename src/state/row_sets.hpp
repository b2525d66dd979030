#pragma once

// Whether what is said of a batch is about its rows: each once, and no others. Pure.

#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/change.hpp"

#include <span>
#include <utility>
#include <vector>

namespace seqload::state {

// Each row of the batch has exactly one of these outcomes.
bool settles_each_row_once(const Batch& batch, std::span<const Outcome> outcomes);

// Every one of these people was reached by a row of the batch.
bool reached_by(const Batch& batch, std::span<const LabelContact> contacts);

// The parts hold the batch's rows, each once with what it asks for, and share its target.
bool are_parts_of(const Batch& batch, std::span<const std::pair<BatchNumber, Batch>> parts);

}  // namespace seqload::state
