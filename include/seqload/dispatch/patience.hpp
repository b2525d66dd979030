#pragma once

// How long a run may wait for the quota (spec.md, --deadline, --max-wait). Pure;
// all times are virtual.

#include "seqload/base/clock.hpp"

#include <cstdint>
#include <optional>

namespace seqload::dispatch {

struct Patience {
    std::optional<SteadyTime> deadline;  // nothing is sent from then on
    std::optional<Duration> max_wait;    // no single wait is longer
};

enum class Impatience : std::uint8_t { none, deadline, max_wait };

// Before a request, at now.
Impatience may_send(const Patience& patience, SteadyTime now);

// Instead of waiting since that time until then. others_under_way: an answer that is
// still to come may make room earlier, so only what is over already counts.
Impatience may_wait(const Patience& patience, SteadyTime since, SteadyTime now, SteadyTime until,
                    bool others_under_way);

// When to look again at the latest, for a wait that may end then.
SteadyTime look_again(const Patience& patience, SteadyTime since, SteadyTime until);

}  // namespace seqload::dispatch
