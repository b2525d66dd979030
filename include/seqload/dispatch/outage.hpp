#pragma once

// Whether the API is down for everything: the first failure after the last
// success starts an outage; one that lasts as long as --give-up-after ends the
// run. Once several tries in a row have failed, only one request at a time looks
// whether it is over, at growing intervals: each costs quota, and an attempt.
// Pure: it is told what happened and when.

#include "seqload/base/clock.hpp"

#include <cstdint>
#include <optional>

namespace seqload::dispatch {

class Outage {
public:
    explicit Outage(Duration give_up_after) : give_up_after_(give_up_after) {}

    // A try was answered by something that speaks for Apollo, be it a refusal.
    void succeeded(SteadyTime now);

    // A try ended in a fault of the network or the server.
    void failed(SteadyTime now);

    // Whether anything got through at or after that time. A try that failed
    // before it left is an attempt only if something did (spec.md, "Attempts").
    bool succeeded_since(SteadyTime time) const;

    bool must_give_up(SteadyTime now) const;

    // While everything fails: when the next request may leave, if none is under way;
    // nullopt: they may leave as they like.
    std::optional<SteadyTime> next_probe() const;

    // Since when everything fails; nullopt while things work.
    std::optional<SteadyTime> since() const { return since_; }

private:
    Duration give_up_after_;
    std::optional<SteadyTime> last_success_;
    std::optional<SteadyTime> since_;
    SteadyTime last_failure_{};
    std::uint32_t failures_ = 0;  // in a row
};

}  // namespace seqload::dispatch
