#pragma once

// Whom labels reach, asked for over the network.

#include "seqload/app/api_access.hpp"
#include "seqload/app/expanded_file.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/run.hpp"
#include "seqload/state/store.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace seqload::app {

struct LabelReading {
    LabelMembers members;
    // For a person: what Apollo counts and does not list.
    std::vector<std::string> notes;
    dispatch::RunEnd end;  // any reason but `finished`: they are not whole
    int signal = 0;        // the one that stopped it; 0: none
};

struct LabelReadingParts {
    const LoadOptions& options;
    const ApiAccess& api;
    const Clock& clock;
    Random& random;
    state::Store& store;
    const state::RunId& run;
    std::optional<SteadyTime> deadline{};  // nothing is read after it; nullopt: none
};

// Reads each of these labels, through the windows of its own route, which are shared by
// every process on that state. Blocks; a first SIGINT or SIGTERM stops it once the
// requests in flight are answered.
// Errors: what keeps it from starting; a label that cannot be read whole, or that the
// team's list does not have.
Result<LabelReading> read_labels(const std::set<std::string>& names, const Team& team,
                                 const LabelReadingParts& parts);

}  // namespace seqload::app
