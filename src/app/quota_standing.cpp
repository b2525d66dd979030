#include "seqload/app/quota_standing.hpp"

#include "seqload/dispatch/shared_windows.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace seqload::app {

namespace {

plan::WindowStanding window_standing(Window window, const quota::Gate::WindowState& state,
                                     SteadyTime now) {
    plan::WindowStanding standing;
    if (!state.limit)
        return standing;
    standing.limit = *state.limit - state.reserve;
    if (state.used > 0 || state.resets_at)
        standing.open = {state.left.value_or(0),
                         state.resets_at ? *state.resets_at - now : length(window)};
    return standing;
}

}  // namespace

state::QuotaRoute adding_route(const std::string& api_url, const std::string& team) {
    return {.api_url = api_url, .team = team, .path = "/emailer_campaigns/{id}/add_contact_ids"};
}

plan::QuotaStanding standing_of(const quota::Gate::Snapshot& snapshot, SteadyTime now) {
    plan::QuotaStanding standing;
    for (const Window window : windows)
        standing[window] = window_standing(window, snapshot[window], now);
    return standing;
}

void allow_for(const apollo::RouteUsage& usage, double reserve, plan::QuotaStanding& standing) {
    for (const Window window : windows) {
        const apollo::WindowUsage& said = usage[window];
        plan::WindowStanding& stands = standing[window];
        if (!stands.limit || !said.limit || !said.left)
            continue;
        const std::uint32_t reserved = *said.limit - without_reserve(*said.limit, reserve);
        const std::uint64_t left = *said.left - std::min(*said.left, reserved);
        const std::uint64_t believed = stands.open ? stands.open->left : *stands.limit;
        if (left < believed)
            stands.open = {left, stands.open ? stands.open->ends_in : length(window)};
    }
}

Result<plan::QuotaStanding> remembered_standing(const state::Store& store,
                                                const state::QuotaRoute& route,
                                                const ConnectionOptions& connection,
                                                const Clock& clock) {
    quota::Gate gate(connection.limits, connection.reserve);
    dispatch::SharedWindows shared(gate, clock);
    if (auto looked = shared.look(store, route); !looked)
        return std::unexpected(std::move(looked.error()));
    const SteadyTime now = clock.now();
    return standing_of(gate.snapshot(now), now);
}

}  // namespace seqload::app
