#include "seqload/app/load_check.hpp"

#include "seqload/app/team_memory.hpp"
#include "seqload/app/team_reading.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace seqload::app {

namespace {

// What is still to be known once that has been read.
TeamNeeds without(TeamNeeds needs, const Team& just_read) {
    if (just_read.sequences)
        needs.sequences.clear();
    if (just_read.mailboxes)
        needs.mailboxes.clear();
    if (just_read.labels)
        needs.labels.clear();
    if (just_read.users)
        needs.users.clear();
    return needs;
}

void take(const Team& just_read, Team& known) {
    const auto take_list = [&](auto Team::* member) {
        if (just_read.*member)
            known.*member = just_read.*member;
    };
    take_list(&Team::usage);
    take_list(&Team::sequences);
    take_list(&Team::mailboxes);
    take_list(&Team::labels);
    take_list(&Team::users);
}

}  // namespace

Result<LoadCheck> check_load(const TeamNeeds& needs, const LoadOptions& options,
                             const ApiAccess& api, const Clock& clock, Random& random,
                             state::Store& store, const Team& just_read) {
    TeamMemory memory(store, options.api_url, api.credentials.fingerprint());
    Recollection known;
    const WallTime now = clock.wall();
    if (options.check_age > Duration(0))
        known =
            memory.recall(without(needs, just_read),
                          now - std::chrono::floor<std::chrono::milliseconds>(options.check_age));
    take(just_read, known.team);
    auto reading =
        read_team(needs, known.team, options.connection, api, clock, random, options.plan.quiet);
    if (!reading)
        return std::unexpected(std::move(reading.error()));
    LoadCheck check{.team = std::move(reading->team),
                    .as_of = known.oldest,
                    .found = {},
                    .end = std::move(reading->end),
                    .signal = reading->signal};
    if (check.end.reason != dispatch::StopReason::finished)
        return check;
    if (auto kept = memory.keep(check.team, known.team, clock.wall()); !kept)
        return std::unexpected(std::move(kept.error()));
    check.found = findings(needs, check.team);
    return check;
}

std::string as_apollo_said(WallTime then, WallTime now) {
    const auto age = std::chrono::floor<std::chrono::seconds>(std::max(now - then, {}));
    return age < std::chrono::seconds(1) ? std::string("as Apollo has just said")
                                         : joined("as Apollo said ", describe(age), " ago");
}

}  // namespace seqload::app
