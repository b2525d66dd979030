#pragma once

// How the quota windows for adding contacts stand before anything is sent, as a
// forecast wants to know it: from what all processes on the state have put on record,
// and from what Apollo has just said. Nothing is sent for it.

#include "seqload/apollo/usage.hpp"
#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/plan/forecast.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/state/quota_log.hpp"
#include "seqload/state/store.hpp"

#include <string>

namespace seqload::app {

// Whose windows a load sends into.
state::QuotaRoute adding_route(const std::string& api_url, const std::string& team);

// As the gate believes at that time. A window in which something has counted and whose
// end nobody knows is taken to have opened just now: none can last longer.
plan::QuotaStanding standing_of(const quota::Gate::Snapshot& snapshot, SteadyTime now);

// Apollo's own count, told just now, where it leaves less than is on record: then
// another tool has used the window, too. Where none was on record as open, its end is
// not known, as above. The reserve is a share of each limit.
void allow_for(const apollo::RouteUsage& usage, double reserve, plan::QuotaStanding& standing);

// What a gate that has heard the state's log believes now. Error: local_fault.
Result<plan::QuotaStanding> remembered_standing(const state::Store& store,
                                                const state::QuotaRoute& route,
                                                const ConnectionOptions& connection,
                                                const Clock& clock);

}  // namespace seqload::app
