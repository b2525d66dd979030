#include "seqload/app/sending.hpp"

#include "seqload/app/input_batches.hpp"
#include "seqload/app/run_log.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/quota/gate.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace seqload::app {

namespace asio = boost::asio;

namespace {

// Asio hands over what a coroutine threw; there is no one above it to catch it.
void rethrow(const std::exception_ptr& thrown) {
    if (thrown)
        std::rethrow_exception(thrown);
}

}  // namespace

report::Counters counters_of(quota::Gate& gate, const net::Traffic& traffic, SteadyTime now) {
    report::Counters counters;
    const auto quota = gate.snapshot(now);
    for (const Window window : windows)
        counters[window] = {quota[window].limit, quota[window].used, quota[window].left};
    counters.bytes = {traffic.bytes_sent, traffic.bytes_received};
    return counters;
}

Result<SendingEnd> send_all(const SendingParts& parts) {
    const ConnectionOptions& connection = parts.options.connection;
    asio::io_context loop(1);
    auto client = net::Client::create(loop.get_executor(), parts.api.client);
    if (!client)
        return std::unexpected(std::move(client.error()));

    const plan::Planner& planner = parts.input.planner();
    quota::Gate gate(connection.limits, connection.reserve);
    InputBatches source(parts.input, parts.canary);
    RunLog log(parts.clock, planner.totals().to_send,
               planner.requests() + plan::cost_of(parts.canary, planner).more_requests,
               parts.options.plan.quiet);
    dispatch::RunOptions options;
    options.workers = connection.connections;
    options.attempts = connection.attempts;
    options.give_up_after = connection.give_up_after;
    options.form = parts.options.plan.form;
    options.user_agent = "seqload/" SEQLOAD_VERSION;
    options.brake = parts.options.brake;
    options.canary = parts.canary;
    if (connection.deadline)
        options.patience.deadline = parts.clock.now() + *connection.deadline;
    options.patience.max_wait = connection.max_wait;

    dispatch::Run run(
        loop.get_executor(),
        dispatch::Run::Parts{
            .targets = parts.input.targets(),
            .source = source,
            .store = parts.store,
            .gate = gate,
            .credentials = parts.api.credentials,
            .clock = parts.clock,
            .random = parts.random,
            .listener = log,
            .send = [&](const net::Request& request) { return (*client)->exchange(request); },
            .beginning = parts.beginning,
            .route = state::QuotaRoute{.api_url = parts.options.api_url,
                                       .team = parts.api.credentials.fingerprint(),
                                       .path = "/emailer_campaigns/{id}/add_contact_ids"},
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

    end.counters = counters_of(gate, (*client)->traffic(), parts.clock.now());
    end.signal = signals.first();
    return end;
}

}  // namespace seqload::app
