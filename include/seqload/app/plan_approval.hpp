#pragma once

// `load --plan FILE`: the plan that was approved holds the load to it. Whatever differs
// is found before the network is touched, and before there is a run.

#include "seqload/app/options.hpp"
#include "seqload/app/saved_plan.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/input/input_set.hpp"

#include <string>

namespace seqload::app {

// Reads the file. Errors: unusable_input, if it is missing or no saved plan.
Result<SavedPlan> read_plan_file(const std::string& file);

// A pass over the files, as `plan` makes it; later passes over them are held against what
// this one has read. Errors: unusable_input, listing what differs; those of reading the input.
Result<> refuse_what_differs(const input::InputSet& files, const PlanOptions& options,
                             const SavedPlan& approved, const std::string& file, Random& random);

// The same for a run that begins anew, of which the digest of the approved rows is on record.
Result<> refuse_other_rows(const input::InputSet& files, PlanOptions options,
                           const std::string& approved, Random& random);

}  // namespace seqload::app
