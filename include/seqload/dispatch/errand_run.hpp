#pragma once

// Errands in motion: like a Run, but simpler, for nothing of an errand can be in
// doubt. All deciding is done elsewhere (errand_step, quota::Gate, Outage).

#include "seqload/apollo/credentials.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/random.hpp"
#include "seqload/dispatch/errand_book.hpp"
#include "seqload/dispatch/errand_listener.hpp"
#include "seqload/dispatch/run.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/state/store.hpp"

#include <memory>
#include <optional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace seqload::dispatch {

class ErrandRun {
public:
    // What it stands on; everything must outlive it.
    struct Parts {
        ErrandBook& book;
        state::Store& store;
        quota::Gate& gate;  // of the errands' own route
        const apollo::Credentials& credentials;
        const Clock& clock;
        Random& random;
        ErrandListener& listener;
        Run::Send send;
        // As in Run::Parts.
        std::optional<state::QuotaRoute> route{};
    };

    // Of the options, form and user_agent do not count.
    ErrandRun(const boost::asio::any_io_executor& loop, Parts parts, state::RunId id,
              RunOptions options);
    ~ErrandRun();

    // Carries out every errand of the book. Call once.
    boost::asio::awaitable<RunEnd> carry_out();

    // Sends nothing more; requests in flight are finished and recorded. On the loop.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::dispatch
