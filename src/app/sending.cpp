#include "seqload/app/sending.hpp"

#include "seqload/app/input_batches.hpp"
#include "seqload/app/run_log.hpp"
#include "seqload/app/say.hpp"
#include "seqload/quota/gate.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <functional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

namespace seqload::app {

namespace asio = boost::asio;

namespace {

// The first signal asks the run to stop, the second ends the process.
class Signals {
public:
    Signals(asio::io_context& loop, std::function<void()> stop)
        : signals_(loop, SIGINT, SIGTERM), stop_(std::move(stop)) {
        wait();
    }

    void done() { signals_.cancel(); }
    int first() const { return first_; }

private:
    void wait() {
        signals_.async_wait([this](const boost::system::error_code& failure, int signal) {
            if (failure)
                return;
            if (first_ != 0)
                std::_Exit(128 + signal);
            first_ = signal;
            say("\nseqload: stopping once the requests in flight are settled; "
                "a second signal ends at once\n");
            stop_();
            wait();
        });
    }

    asio::signal_set signals_;
    std::function<void()> stop_;
    int first_ = 0;
};

report::Counters counters_of(const dispatch::RequestCounts& requests, quota::Gate& gate,
                             const net::Traffic& traffic, SteadyTime now) {
    report::Counters counters;
    counters.requests = {requests.sent, requests.retried, requests.rate_limited};
    const auto quota = gate.snapshot(now);
    for (const Window window : windows)
        counters[window] = {quota[window].limit, quota[window].used, quota[window].left};
    counters.bytes = {traffic.bytes_sent, traffic.bytes_received};
    return counters;
}

// Asio hands over what a coroutine threw; there is no one above it to catch it.
void rethrow(const std::exception_ptr& thrown) {
    if (thrown)
        std::rethrow_exception(thrown);
}

}  // namespace

Result<SendingEnd> send_all(const SendingParts& parts) {
    asio::io_context loop(1);
    auto client = net::Client::create(loop.get_executor(), parts.client);
    if (!client)
        return std::unexpected(std::move(client.error()));

    const plan::Planner& planner = parts.input.planner();
    quota::Gate gate(parts.options.plan.limits);
    InputBatches source(parts.input);
    RunLog log(parts.clock, planner.totals().to_send, planner.requests(), parts.options.plan.quiet);
    dispatch::RunOptions options;
    options.workers = parts.options.connections;
    options.attempts = parts.options.attempts;
    options.give_up_after = parts.options.give_up_after;
    options.form = parts.options.plan.form;
    options.user_agent = "seqload/" SEQLOAD_VERSION;

    dispatch::Run run(
        loop.get_executor(),
        dispatch::Run::Parts{
            .targets = parts.input.targets(),
            .source = source,
            .store = parts.store,
            .gate = gate,
            .credentials = parts.credentials,
            .clock = parts.clock,
            .random = parts.random,
            .listener = log,
            .send = [&](const net::Request& request) { return (*client)->exchange(request); },
        },
        parts.run, options);
    Signals signals(loop, [&] { run.stop(); });

    SendingEnd end;
    const auto carry_out = [&]() -> asio::awaitable<void> {
        end.run = co_await run.carry_out();
        co_await (*client)->close();
        signals.done();
    };
    asio::co_spawn(loop, carry_out, rethrow);
    loop.run();

    end.counters = counters_of(end.run.requests, gate, (*client)->traffic(), parts.clock.now());
    end.signal = signals.first();
    return end;
}

}  // namespace seqload::app
