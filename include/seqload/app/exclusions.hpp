#pragma once

// The people who are never to be added: --exclude FILE.

#include "seqload/base/error.hpp"
#include "seqload/plan/exclusion_list.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace seqload::app {

// Every contact id of the files, which are CSV with a column for it, read like
// any input. Error: unusable_input, also for a single cell that is no id: a
// person whom we fail to recognise would be added.
// seed: any drawn number.
Result<plan::ExclusionList> read_exclusions(std::span<const std::string> files, std::uint64_t seed);

}  // namespace seqload::app
