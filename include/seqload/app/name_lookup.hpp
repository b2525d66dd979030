#pragma once

// The names in the input looked up with Apollo, before its rows are planned: one pass over the
// files for the names, then the lists that they are in, to their end and as they are now. What the
// state remembers of them is not believed: a name may mean another thing by now.

#include "seqload/app/api_access.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/name_table.hpp"

#include <optional>
#include <vector>

namespace seqload::app {

struct NameLookup {
    input::NameTable names;
    Team team;                   // the lists that were read for it, whole; none where no name is
    std::vector<Finding> found;  // names that rows depend on and that are no one's in particular

    // Set where it was stopped (a signal, a refused key, Apollo out of reach), which has been told:
    // the program's exit code. Then nothing else is known.
    std::optional<int> stopped;
};

// Reads the files once, where their columns or the defaults have names, and asks; else neither.
// Blocks; a first SIGINT or SIGTERM stops the asking. Errors: those of the reader, what keeps it
// from asking, and network if a list could not be read.
Result<NameLookup> look_up_names(input::InputSet& files, const PlanOptions& options,
                                 const ConnectionOptions& connection, const ApiAccess& api,
                                 const Clock& clock, Random& random);

// Tells what was found. Error, unless it is only to be told: unusable_input.
Result<> refuse_unknown_names(const NameLookup& lookup, bool allow_partial, bool quiet);

}  // namespace seqload::app
