#pragma once

// What happens to a request, as the gate is told it: once by the process that
// sends it, and once more by every other process that shares the team's windows
// and reads of it in a common log (gate.hpp, "Several gates").
//
// Times are the clock of whoever is told. A log holds wall-clock times; whoever
// reads it translates them, as `steady now - (wall now - wall recorded)`.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/permit.hpp"
#include "seqload/quota/quota_reading.hpp"

#include <optional>
#include <variant>

namespace seqload::quota {

struct Sent {
    Ticket ticket;
    SteadyTime at;

    bool operator==(const Sent&) const = default;
};

// Any answer but 429, whatever it says.
struct Answered {
    Ticket ticket;
    SteadyTime at;
    QuotaReading reading = {};

    bool operator==(const Answered&) const = default;
};

// No answer: it may have counted.
struct Lost {
    Ticket ticket;
    SteadyTime at;

    bool operator==(const Lost&) const = default;
};

// It failed before it left the machine whole, or was given up before that: it did not count.
struct NeverSent {
    Ticket ticket;
    SteadyTime at;

    bool operator==(const NeverSent&) const = default;
};

// 429. retry_after: what the header said; window: the one that the message named.
struct RateLimited {
    Ticket ticket;
    SteadyTime at;
    std::optional<Duration> retry_after = std::nullopt;
    std::optional<Window> window = std::nullopt;
    QuotaReading reading = {};

    bool operator==(const RateLimited&) const = default;
};

using Event = std::variant<Sent, Answered, Lost, NeverSent, RateLimited>;

Ticket ticket_of(const Event& event);
SteadyTime time_of(const Event& event);

}  // namespace seqload::quota
