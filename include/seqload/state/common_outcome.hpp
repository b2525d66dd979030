#pragma once

// Which outcome the rows of a batch share. Nearly always it is one and the same for all of them, so
// it is stored once, in the batch, and only rows that fared otherwise have an entry of their own.
// Pure.

#include "seqload/model/batch.hpp"
#include "seqload/model/outcome.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace seqload::state {

// Whether two rows fared alike: in everything but which row it is.
bool alike(const Outcome& one, const Outcome& other);

struct CommonOutcome {
    const Outcome* outcome = nullptr;  // one of those given: all that are alike to it have it
    std::size_t rows = 0;              // how many those are
};

// The outcome that most rows of the batch have; of equally frequent ones the first. nullopt: no two
// rows share one, or they are rows of labels, or do not ascend (whoever reads them relies on that).
std::optional<CommonOutcome> common_outcome(const Batch& batch, std::span<const Outcome> outcomes);

}  // namespace seqload::state
