#pragma once

// The check inside `load`: what would not work is known before anything is sent.

#include "seqload/app/api_access.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/run.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

struct LoadCheck {
    Team team;
    std::optional<WallTime> as_of{};  // of what was remembered and not asked again; nullopt: none
    std::vector<Finding> found;
    dispatch::RunEnd end;  // any reason but `finished`: nothing was found out
    int signal = 0;        // the one that stopped it; 0: none
};

// Asks Apollo what is not in just_read and the state does not know since options.check_age, and
// remembers it. Errors: what keeps it from asking, and local_fault.
Result<LoadCheck> check_load(const TeamNeeds& needs, const LoadOptions& options,
                             const ApiAccess& api, const Clock& clock, Random& random,
                             state::Store& store, const Team& just_read = {});

// "as Apollo said 12 min ago".
std::string as_apollo_said(WallTime then, WallTime now);

}  // namespace seqload::app
