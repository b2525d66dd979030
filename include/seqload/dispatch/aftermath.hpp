#pragma once

// What follows from a try of a batch, in the order that spec.md wants: the deciding (next_step,
// Brake, CanaryWatch, DeadTargets), then the disk, then whoever listens, then the agenda. What
// stops a run or forbids other batches is decided before the disk is waited for, so that no
// request leaves meanwhile that should not. Only on the loop.

#include "seqload/apollo/settle.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/agenda.hpp"
#include "seqload/dispatch/brake.hpp"
#include "seqload/dispatch/canary_watch.hpp"
#include "seqload/dispatch/dead_targets.hpp"
#include "seqload/dispatch/job.hpp"
#include "seqload/dispatch/journal.hpp"
#include "seqload/dispatch/listener.hpp"
#include "seqload/dispatch/next_step.hpp"
#include "seqload/dispatch/outage.hpp"
#include "seqload/dispatch/passed_canary.hpp"
#include "seqload/dispatch/stop_reason.hpp"
#include "seqload/dispatch/try_result.hpp"
#include "seqload/model/target.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace seqload::dispatch {

class Aftermath {
public:
    // What it stands on; everything must outlive it.
    struct Parts {
        const TargetTable& targets;
        Journal& journal;
        Agenda& agenda;
        DeadTargets& dead_targets;
        const Outage& outage;
        CanaryWatch& canary;
        Listener& listener;
        const Clock& clock;
        Random& random;
        std::uint32_t attempts = 5;  // per batch, the first one included
        Brake::Limits brake{};
        // request_id: of the answer that the error is about; empty: of none.
        std::function<void(StopReason, Error, std::string request_id)> must_stop;
        std::function<state::BatchNumber()> next_number;  // for the halves of a batch
    };

    explicit Aftermath(Parts parts) : parts_(std::move(parts)), brake_(parts_.brake) {}

    // The batch went out at sent_at, and the try ended so. On return the agenda has the job, or
    // its halves, or knows that it is finished. Nothing suspends before what became of it is in
    // the journal.
    boost::asio::awaitable<void> follow_up(Job job, const TryResult& result, SteadyTime sent_at);

    // The batch has departed on disk alone, and is not to leave any more.
    boost::asio::awaitable<void> take_back(Job job);

    // The batch is not sent, because no request of its target can work.
    boost::asio::awaitable<void> give_up_unsent(Job job, Refusal refusal);

    // Whether the change is durable; if not, the run must stop.
    boost::asio::awaitable<bool> recorded(state::Change change);

    const PassedCanary& passed_canary() const { return passed_canary_; }

private:
    boost::asio::awaitable<void> settle(Job job, const TryResult& result);
    boost::asio::awaitable<void> settle_all(Job job, NextStep step, std::string_view failure_reason,
                                            std::string detail, std::string request_id);
    boost::asio::awaitable<void> record_settled(Job job, apollo::Settlement settlement,
                                                std::string request_id);
    boost::asio::awaitable<void> retry(Job job, bool in_doubt, const TryResult& result);
    boost::asio::awaitable<void> back_to_waiting(Job job, bool rate_limited);
    boost::asio::awaitable<void> halve(Job job, const TryResult& result);
    bool apply_brake(const std::vector<Outcome>& outcomes);
    void judge_canary(const Batch& batch, const std::vector<Outcome>& outcomes);
    Standing standing(const Job& job) const;

    Parts parts_;
    Brake brake_;
    PassedCanary passed_canary_;
};

}  // namespace seqload::dispatch
