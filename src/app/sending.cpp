#include "seqload/app/sending.hpp"

#include "seqload/app/input_batches.hpp"
#include "seqload/app/live_block.hpp"
#include "seqload/app/load_forecast.hpp"
#include "seqload/app/loop_question.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/quota_standing.hpp"
#include "seqload/app/run_log.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/app/status_block.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/plan/forecast.hpp"
#include "seqload/quota/gate.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace seqload::app {

namespace asio = boost::asio;

namespace {

struct Workload {
    std::uint64_t rows = 0;
    std::uint64_t requests = 0;
};

// What the plan has, and the batches of a run that is taken up again, which it has not.
Workload workload_of(const SendingParts& parts) {
    const plan::Planner& planner = parts.input.planner();
    Workload work{planner.totals().to_send,
                  planner.requests() + plan::cost_of(parts.canary, planner).more_requests};
    for (const state::OpenBatch& batch : parts.beginning.open_batches) {
        work.rows += batch.content.size();
        ++work.requests;
    }
    return work;
}

dispatch::RunOptions run_options(const SendingParts& parts) {
    const ConnectionOptions& connection = parts.options.connection;
    dispatch::RunOptions options;
    options.connections = connection.connections;
    options.attempts = connection.attempts;
    options.give_up_after = connection.give_up_after;
    options.form = parts.options.plan.form;
    options.user_agent = "seqload/" SEQLOAD_VERSION;
    options.brake = parts.options.brake;
    options.canary = parts.canary;
    options.patience.deadline = parts.deadline;
    options.patience.max_wait = connection.max_wait;
    return options;
}

report::QuotaForecast remaining(std::uint64_t requests, quota::Gate& gate, const Clock& clock) {
    const SteadyTime now = clock.now();
    const auto duration = plan::forecast(requests, standing_of(gate.snapshot(now), now)).duration;
    return {requests, duration, view_of(clock).after(duration)};
}

// Asio hands over what a coroutine threw; there is no one above it to catch it.
void rethrow_from_run(const std::exception_ptr& thrown) {
    if (thrown)
        std::rethrow_exception(thrown);
}

// rows: all that there is to settle, the canary's included.
std::string canary_question(const dispatch::PassedCanary& canary, std::uint64_t rows) {
    const std::uint64_t tried = canary.added + canary.already_in_sequence;
    std::string text = joined("The canary passed: ", grouped(canary.added), " of ",
                              counted(tried, "row"), " added");
    if (canary.already_in_sequence > 0)
        text += joined(", ", grouped(canary.already_in_sequence), " there already");
    return joined(text, ". Send the other ", counted(rows - std::min(rows, tried), "row"),
                  ", too?");
}

// Whoever has said yes to everything, or is not there, is not asked. rows: as above.
std::function<asio::awaitable<bool>(dispatch::PassedCanary)> go_ahead_of(const LoadOptions& options,
                                                                         LoopQuestion& question,
                                                                         std::uint64_t rows) {
    if (options.yes || !somebody_to_ask())
        return {};
    return [&question, rows](dispatch::PassedCanary canary) {
        return question.ask(canary_question(canary, rows));
    };
}

LiveBlock::Wording wording_of(const RunLog& log, const Clock& clock) {
    return [&](const BlockShape& shape) {
        return status_block(log.progress(), view_of(clock), shape);
    };
}

}  // namespace

report::Counters counters_of(quota::Gate& gate, const net::Traffic& traffic, const Clock& clock) {
    report::Counters counters;
    const SteadyTime now = clock.now();
    const WallView view = view_of(clock);
    const auto quota = gate.snapshot(now);
    for (const Window window : windows) {
        const quota::Gate::WindowState& state = quota[window];
        counters[window] = {state.limit, state.used, state.left, std::nullopt};
        if (state.resets_at)
            counters[window].resets_at = view.after(*state.resets_at - now);
    }
    counters.bytes = {traffic.bytes_sent, traffic.bytes_received};
    return counters;
}

Result<SendingEnd> send_all(const SendingParts& parts) {
    const ConnectionOptions& connection = parts.options.connection;
    asio::io_context loop(1);
    auto client = net::Client::create(loop.get_executor(), parts.api.client);
    if (!client)
        return std::unexpected(std::move(client.error()));

    const Workload work = workload_of(parts);
    const auto route = adding_route(parts.options.api_url, parts.api.credentials.fingerprint());
    const auto forecast = forecast_load({.store = parts.store,
                                         .route = route,
                                         .connection = connection,
                                         .clock = parts.clock,
                                         .requests = work.requests,
                                         .usage = parts.usage});
    if (!forecast)
        return std::unexpected(forecast.error());
    const SteadyTime begun_at = parts.clock.now();

    quota::Gate gate(connection.limits, connection.reserve);
    InputBatches source(parts.input, parts.canary);
    RunLog log({.clock = parts.clock,
                .gate = gate,
                .targets = parts.input.targets(),
                .rows = work.rows,
                .requests = work.requests,
                .connections = connection.connections,
                .quiet = parts.options.plan.quiet,
                .live = is_live(!parts.options.plan.quiet)});
    LiveBlock live(loop.get_executor(), !parts.options.plan.quiet, wording_of(log, parts.clock));
    LoopQuestion question(loop.get_executor());
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
            .route = route,
            .go_ahead = go_ahead_of(parts.options, question, work.rows),
        },
        parts.run, run_options(parts));
    Signals signals(loop, [&] {
        run.stop();
        question.cancel();
    });

    SendingEnd end;
    const auto carry_out = [&]() -> asio::awaitable<void> {
        end.run = co_await run.carry_out();
        live.end();
        co_await (*client)->close();
        signals.done();
    };
    asio::co_spawn(loop, carry_out, rethrow_from_run);
    loop.run();

    end.counters = counters_of(gate, (*client)->traffic(), parts.clock);
    end.counters.forecast = for_record(*forecast);
    end.counters.took = parts.clock.now() - begun_at;
    if (end.run.reason != dispatch::StopReason::finished)
        end.counters.remaining = remaining(log.requests_left(), gate, parts.clock);
    end.signal = signals.first();
    return end;
}

}  // namespace seqload::app
