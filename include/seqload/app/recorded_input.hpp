#pragma once

// The input files of a run that is on record, opened again.

#include "seqload/base/error.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/state/run_facts.hpp"

#include <optional>
#include <span>

namespace seqload::app {

// Every pass over them compares what it reads with what the run read first.
// Errors: changed_input where a file is missing or has another size; local_fault
// where the record cannot be read. A file whose first pass was not finished is
// opened as it is. The file of expanded labels comes behind the others.
Result<input::InputSet> reopen_input(
    std::span<const state::InputFile> files,
    const std::optional<state::InputFile>& expanded_labels = std::nullopt);

}  // namespace seqload::app
