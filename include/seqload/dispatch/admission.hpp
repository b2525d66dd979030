#pragma once

// The way of a request past the quota, for runs and errands alike: it hears what
// other processes have done, asks the gate, waits as long as patience lasts, puts
// on record that the request leaves, and tells how it ended. While nothing gets
// through, one request at a time looks whether that is over. Only on the loop.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/dispatch/journal.hpp"
#include "seqload/dispatch/outage.hpp"
#include "seqload/dispatch/patience.hpp"
#include "seqload/dispatch/stop_reason.hpp"
#include "seqload/dispatch/wait.hpp"
#include "seqload/net/bell.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/state/change.hpp"

#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace seqload::dispatch {

class Admission {
public:
    // What it stands on; everything must outlive it.
    struct Parts {
        quota::Gate& gate;
        Journal& journal;
        const Clock& clock;
        net::Bell& bell;  // rung when something has ended, or the run stops
        const Outage& outage;
        Patience patience{};
        std::function<void(const Wait&)> waiting;  // told before each wait
        std::function<void(StopReason, Error)>
            must_stop;  // patience is at its end, or the state is
    };

    explicit Admission(Parts parts) : parts_(std::move(parts)) {}

    // Leave to send one request; nullopt once it is not wanted any more, which is asked
    // after each wait, or after must_stop.
    boost::asio::awaitable<std::optional<quota::Permit>> permit(std::function<bool()> wanted);

    // The request leaves: on return what goes with it is durable. nullopt: it stays here,
    // for another process has used the windows meanwhile, or after must_stop.
    boost::asio::awaitable<std::optional<quota::Ticket>> depart(
        quota::Permit permit, std::optional<state::Change> change);

    // How a request that has left ended. The log hears of it with the next change.
    boost::asio::awaitable<void> ended(quota::Event end);

private:
    boost::asio::awaitable<void> hear();
    std::optional<SteadyTime> held_back_by_outage(SteadyTime now) const;
    void lose_patience(Impatience impatience, const std::string& why);

    Parts parts_;
    unsigned under_way_ = 0;  // requests without an answer yet
};

}  // namespace seqload::dispatch
