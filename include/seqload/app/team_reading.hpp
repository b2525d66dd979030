#pragma once

// A team's lists, asked for over the network. What was asked leaves nothing to
// be resumed: it is on record nowhere but in the memory.

#include "seqload/app/api_access.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/run.hpp"

namespace seqload::app {

struct TeamReading {
    Team team;
    dispatch::RunEnd end;  // any reason but `finished`: the team is not whole
    int signal = 0;        // the one that stopped it; 0: none
};

// Asks for everything that is needed and not known; nothing at all if all is. Blocks;
// a first SIGINT or SIGTERM stops it once the requests in flight are answered.
// Unless quiet, it says what it waits for. Error: what keeps it from starting.
Result<TeamReading> read_team(const TeamNeeds& needs, Team known,
                              const ConnectionOptions& connection, const ApiAccess& api,
                              const Clock& clock, Random& random, bool quiet);

}  // namespace seqload::app
