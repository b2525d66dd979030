#include "seqload/app/errand_sending.hpp"

#include "seqload/app/live_block.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/app/status_block.hpp"
#include "seqload/dispatch/errand_run.hpp"
#include "seqload/quota/gate.hpp"

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace seqload::app {

namespace asio = boost::asio;

namespace {

void rethrow_from_errand(const std::exception_ptr& thrown) {
    if (thrown)
        std::rethrow_exception(thrown);
}

}  // namespace

Result<SendingEnd> carry_out_errands(const ErrandParts& parts) {
    std::optional<state::QuotaRoute> route;
    if (!parts.path.empty()) {
        const auto run = parts.store.run(parts.run);
        if (!run)
            return std::unexpected(run.error());
        route = {.api_url = run->api_url,
                 .team = parts.api.credentials.fingerprint(),
                 .path = parts.path};
    }
    asio::io_context loop(1);
    auto client = net::Client::create(loop.get_executor(), parts.api.client);
    if (!client)
        return std::unexpected(std::move(client.error()));

    // Every route has windows of its own, whose limits are not published: the same
    // are assumed as for adding, until the answers correct them.
    quota::Gate gate(parts.connection.limits, parts.connection.reserve);
    const bool has_block = !parts.quiet && parts.items > 0;
    ErrandLog log(parts.clock, parts.items, parts.quiet, is_live(has_block), parts.words);
    LiveBlock live(loop.get_executor(), has_block, [&](const BlockShape& shape) {
        return status_block(log.progress(), view_of(parts.clock), shape);
    });
    dispatch::RunOptions options;
    options.connections = parts.connection.connections;
    options.attempts = parts.connection.attempts;
    options.give_up_after = parts.connection.give_up_after;
    if (parts.connection.deadline)
        options.patience.deadline = parts.clock.now() + *parts.connection.deadline;
    options.patience.max_wait = parts.connection.max_wait;

    dispatch::ErrandRun run(
        loop.get_executor(),
        dispatch::ErrandRun::Parts{
            .book = parts.book,
            .store = parts.store,
            .gate = gate,
            .credentials = parts.api.credentials,
            .clock = parts.clock,
            .random = parts.random,
            .listener = log,
            .send = [&](const net::Request& request) { return (*client)->exchange(request); },
            .route = route,
        },
        parts.run, options);
    Signals signals(loop, [&] { run.stop(); });

    SendingEnd end;
    const auto carry_out = [&]() -> asio::awaitable<void> {
        end.run = co_await run.carry_out();
        live.end();
        co_await (*client)->close();
        signals.done();
    };
    asio::co_spawn(loop, carry_out, rethrow_from_errand);
    loop.run();

    end.counters = counters_of(gate, (*client)->traffic(), parts.clock);
    end.signal = signals.first();
    return end;
}

}  // namespace seqload::app
