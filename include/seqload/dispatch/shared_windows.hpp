#pragma once

// The quota windows of one route, shared with every other process on the state:
// the gate hears of their requests, and they of ours (quota/gate.hpp, "Several
// gates"; state/quota_log.hpp). Nothing is shared while no window is limited.
//
// Only on the loop, but for writer(), which belongs to whoever commits.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/state/quota_log.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace seqload::dispatch {

class SharedWindows {
public:
    // Both must outlive it. Until join() nothing is shared.
    SharedWindows(quota::Gate& gate, const Clock& clock) : gate_(gate), clock_(clock) {}

    // From now on they are; the gate has heard what happened in the last day. Blocks.
    Result<> join(state::Store& store, const state::QuotaRoute& route);

    // Only a look: the gate has heard the same, and nothing is shared. Blocks.
    Result<> look(const state::Store& store, const state::QuotaRoute& route);

    quota::Gate& gate() { return gate_; }

    bool are_shared() const { return writer_.has_value() && gate_.limited(); }
    bool are_joined() const { return writer_.has_value(); }
    state::QuotaWriter& writer() { return *writer_; }

    // The event as it goes into the log.
    state::QuotaEvent for_log(const quota::Event& event) const;

    // What others have done.
    void hear(std::span<const state::ForeignQuotaEvent> foreign);

    // The number of the last event of others that the gate has heard of.
    std::int64_t heard() const { return heard_; }

private:
    WallTime remembered_since() const;

    quota::Gate& gate_;
    const Clock& clock_;
    std::optional<state::QuotaWriter> writer_;
    std::int64_t heard_ = 0;
};

// When that was, on the virtual clock. Wall times are cut to milliseconds, so it may
// have been as much earlier (outside a scale of time).
SteadyTime steady_time_of(WallTime recorded, const Clock& clock);

}  // namespace seqload::dispatch
