#pragma once

// A run of many requests through a gate, in simulated time: a day of it passes
// in milliseconds.

#include "quota/simulated_server.hpp"
#include "seqload/quota/gate.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

namespace seqload::quota::test {

struct RunPlan {
    std::uint32_t requests = 0;
    std::uint32_t connections = 4;
    Duration shortest_way = std::chrono::milliseconds(10);  // to the server, or back
    Duration longest_way = std::chrono::milliseconds(200);
    double lost = 0;  // share of requests that arrive but whose answer does not
    std::uint64_t seed = 1;
};

struct RunResult {
    Duration duration{};  // to the last answer
    std::uint32_t refused = 0;
    std::uint32_t sent = 0;
};

class SimulatedRun {
public:
    SimulatedRun(Gate& gate, SimulatedServer& server, RunPlan plan, SteadyTime start)
        : gate_(gate),
          server_(server),
          plan_(plan),
          start_(start),
          now_(start),
          random_(plan.seed) {}

    RunResult carry_out() {
        waiting_ = plan_.requests;
        while (settled_ < plan_.requests) {
            const auto wake = send_what_may();
            step(wake);
            if (++steps_ > 100U * plan_.requests + 100'000)
                throw std::runtime_error("the simulated run does not come to an end");
        }
        result_.duration = now_ - start_;
        return result_;
    }

private:
    struct Exchange {
        Ticket ticket;
        SteadyTime arrives;
        SteadyTime ends;
        bool arrived = false;
        bool lost = false;
        ServerAnswer answer;

        SteadyTime next() const { return arrived ? ends : arrives; }
    };

    Duration way() {
        std::uniform_int_distribution<Duration::rep> draw(plan_.shortest_way.count(),
                                                          plan_.longest_way.count());
        return Duration(draw(random_));
    }

    std::optional<SteadyTime> send_what_may() {
        while (waiting_ > 0 && exchanges_.size() < plan_.connections) {
            auto answer = gate_.ask(now_);
            if (const auto* wait = std::get_if<WaitUntil>(&answer))
                return wait->when;
            Exchange exchange;
            exchange.ticket = gate_.sent(std::get<Permit>(std::move(answer)), now_);
            exchange.arrives = now_ + way();
            exchange.ends = exchange.arrives + way();
            exchange.lost = std::bernoulli_distribution(plan_.lost)(random_);
            exchanges_.push_back(exchange);
            --waiting_;
            ++result_.sent;
        }
        return std::nullopt;
    }

    // To the next moment at which anything happens.
    void step(std::optional<SteadyTime> wake) {
        const auto next = std::ranges::min_element(exchanges_, {}, &Exchange::next);
        if (next == exchanges_.end() || (wake && *wake < next->next())) {
            if (!wake || *wake <= now_)
                throw std::runtime_error("the gate gives no time to wait for");
            now_ = *wake;
            return;
        }
        now_ = next->next();
        if (!next->arrived) {
            next->arrived = true;
            next->answer = server_.arrive(now_);
            return;
        }
        const Exchange ended = *next;
        exchanges_.erase(next);
        end(ended);
    }

    void end(const Exchange& exchange) {
        if (exchange.lost) {
            gate_.lost(exchange.ticket, now_);
            ++waiting_;
        } else if (exchange.answer.refused) {
            gate_.rate_limited(exchange.ticket, now_, exchange.answer.retry_after,
                               exchange.answer.window, exchange.answer.reading);
            ++result_.refused;
            ++waiting_;
        } else {
            gate_.answered(exchange.ticket, now_, exchange.answer.reading);
            ++settled_;
        }
        if (exchange.lost && exchange.answer.refused)
            ++result_.refused;
    }

    Gate& gate_;
    SimulatedServer& server_;
    RunPlan plan_;
    SteadyTime start_;
    SteadyTime now_;
    std::mt19937_64 random_;
    std::vector<Exchange> exchanges_;
    std::uint32_t waiting_ = 0;
    std::uint32_t settled_ = 0;
    std::uint64_t steps_ = 0;
    RunResult result_;
};

// When the last of so many requests could be sent at best, from fresh windows
// and without any latency.
inline Duration best_duration(const QuotaLimits& limits, std::uint32_t requests) {
    SimulatedServer server(limits, {});
    SteadyTime now{};
    for (std::uint32_t sent = 0;;) {
        SimulatedServer tried = server;
        if (!tried.arrive(now).refused) {
            server = tried;
            if (++sent == requests)
                return now.time_since_epoch();
            continue;
        }
        // The windows end at whole minutes after they opened.
        now += std::chrono::minutes(1);
    }
}

}  // namespace seqload::quota::test
