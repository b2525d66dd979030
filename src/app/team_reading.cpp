#include "seqload/app/team_reading.hpp"

#include "seqload/app/errand_sending.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace seqload::app {

namespace {

Result<std::unique_ptr<state::Store>> open_forgetful_store(const state::RunId& run) {
    auto store = state::Store::open_in_memory();
    if (!store)
        return store;
    auto begun = (*store)->begin_run({.id = run,
                                      .command = "check",
                                      .api_url = {},
                                      .team = {},
                                      .options_json = "{}",
                                      .output_directory = {},
                                      .started_at = {},
                                      .inputs = {}});
    if (!begun)
        return std::unexpected(std::move(begun.error()));
    return store;
}

}  // namespace

Result<TeamReading> read_team(const TeamNeeds& needs, Team known,
                              const ConnectionOptions& connection, const ApiAccess& api,
                              const Clock& clock, Random& random, bool quiet) {
    const state::RunId run = "check";
    auto store = open_forgetful_store(run);
    if (!store)
        return std::unexpected(std::move(store.error()));
    TeamBook book(needs, api.credentials, "seqload/" SEQLOAD_VERSION, std::move(known));
    // A handful of requests: nothing is counted, and only what holds them up is told.
    const std::uint64_t items = 0;
    auto end =
        carry_out_errands({connection, api, clock, random, **store, run, book, items, quiet});
    if (!end)
        return std::unexpected(std::move(end.error()));
    return TeamReading{.team = book.team(), .end = std::move(end->run), .signal = end->signal};
}

}  // namespace seqload::app
