#include "seqload/dispatch/shared_windows.hpp"

#include "seqload/dispatch/quota_event_text.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

namespace seqload::dispatch {

namespace {

// Both the wall time on record and the one now are cut to milliseconds. The gate asks
// how early a request can have left, and how late its answer can have been read.
void allow_for_rounding(quota::Event& event, const Clock& clock) {
    const Duration doubt = clock.in_virtual_time(std::chrono::milliseconds(1));
    const bool is_sent = std::holds_alternative<quota::Sent>(event);
    std::visit([&](auto& kind) { kind.at += is_sent ? -doubt : doubt; }, event);
}

}  // namespace

SteadyTime steady_time_of(WallTime recorded, const Clock& clock) {
    return clock.now() - clock.in_virtual_time(clock.wall() - recorded);
}

WallTime SharedWindows::remembered_since() const {
    const Duration remembered = clock_.real(length(Window::day) + quota::longest_flight);
    return std::chrono::floor<std::chrono::milliseconds>(clock_.wall() - remembered);
}

Result<> SharedWindows::look(const state::Store& store, const state::QuotaRoute& route) {
    const auto log = store.quota_log(route, remembered_since());
    if (!log)
        return std::unexpected(log.error());
    hear(*log);
    return {};
}

Result<> SharedWindows::join(state::Store& store, const state::QuotaRoute& route) {
    auto log = store.join_quota_log(route, remembered_since());
    if (!log)
        return std::unexpected(std::move(log.error()));
    writer_ = log->writer;
    hear(log->foreign);
    return {};
}

state::QuotaEvent SharedWindows::for_log(const quota::Event& event) const {
    return {.what = to_text(event), .at = clock_.wall()};
}

void SharedWindows::hear(std::span<const state::ForeignQuotaEvent> foreign) {
    for (const state::ForeignQuotaEvent& heard : foreign) {
        heard_ = std::max(heard_, heard.number);
        auto event = read_event(heard.event.what, steady_time_of(heard.event.at, clock_));
        if (!event)
            continue;
        allow_for_rounding(*event, clock_);
        gate_.heard(heard.source, *event, clock_.now());
    }
}

}  // namespace seqload::dispatch
