#pragma once

// A run in motion: workers take batches from the agenda, wait for a permit, get them recorded
// as in flight, send, and have the outcome recorded before anyone hears of it. All deciding is
// done elsewhere (Agenda, next_step, quota::Gate, Outage, DeadTargets); this is the obeying side.
//
// A worker has a seat while its request leaves and is under way, and as many are there as
// connections; while it waits for the disk to take what became of it, another has the seat. The
// next departure is written down no earlier than that, so there are never more batches in flight
// on disk than connections, and both share a commit.
//
// Everything happens on one loop; the files of the source and of the state are
// worked on by a thread each.

#include "seqload/apollo/add_request.hpp"
#include "seqload/apollo/credentials.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/batch_source.hpp"
#include "seqload/dispatch/brake.hpp"
#include "seqload/dispatch/listener.hpp"
#include "seqload/dispatch/passed_canary.hpp"
#include "seqload/dispatch/patience.hpp"
#include "seqload/dispatch/stop_reason.hpp"
#include "seqload/net/client.hpp"
#include "seqload/plan/canary.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace seqload::dispatch {

// Where a run that was stopped goes on: empty for a new one.
struct Beginning {
    std::vector<state::OpenBatch> open_batches;  // they go first
    state::BatchNumber last_batch = 0;           // new ones are numbered from the next
};

struct RunOptions {
    unsigned connections = 4;                          // requests under way at once
    std::uint32_t attempts = 5;                        // per batch, the first one included
    Duration give_up_after = std::chrono::minutes(5);  // virtual; while everything fails
    apollo::ParametersForm form = apollo::ParametersForm::query;
    std::string user_agent;
    Brake::Limits brake{};
    Patience patience{};
    plan::Canary canary{};  // the source's first batches, and they only, are its
};

struct RequestCounts {
    std::uint64_t sent = 0;          // retries included
    std::uint64_t retried = 0;       // sent for a batch that had been sent before
    std::uint64_t rate_limited = 0;  // answered 429
};

struct RunEnd {
    StopReason reason = StopReason::finished;
    std::optional<Error> error;  // for every reason but finished and interrupted
    RequestCounts requests;
    std::string request_id{};  // of the answer that the error is about; empty: of none
};

class Run {
public:
    // Sends one request: net::Client::exchange, or a test's own.
    using Send = std::function<boost::asio::awaitable<std::expected<net::Exchange, net::Failure>>(
        const net::Request&)>;

    // What a run stands on; everything must outlive it.
    struct Parts {
        const TargetTable& targets;
        BatchSource& source;
        state::Store& store;
        quota::Gate& gate;
        const apollo::Credentials& credentials;
        const Clock& clock;
        Random& random;
        Listener& listener;
        Send send;
        Beginning beginning{};
        // Whose quota windows the gate's are: shared with other processes through the
        // state. nullopt: with nobody.
        std::optional<state::QuotaRoute> route{};
        // Asked once, when every row of the canary has passed and something is left:
        // whether that may go out, too. Nothing is under way meanwhile. Must return soon
        // after stop(). Empty: it may.
        std::function<boost::asio::awaitable<bool>(PassedCanary)> go_ahead{};
    };

    Run(const boost::asio::any_io_executor& loop, Parts parts, state::RunId id, RunOptions options);
    ~Run();

    // Carries the run to its end. Call once. Open batches that were in flight when
    // the run stopped are put on record as in doubt first: their answers are lost.
    boost::asio::awaitable<RunEnd> carry_out();

    // Sends nothing more; requests in flight are finished and recorded. On the loop.
    void stop();

    RequestCounts requests() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::dispatch
