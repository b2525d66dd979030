// What the quota takes of a request: asked, sent, answered; beside asking the time.

#include "bench/demand.hpp"
#include "seqload/quota/gate.hpp"

#include <chrono>
#include <variant>

#include <benchmark/benchmark.h>

namespace seqload::bench {

namespace {

void pass(benchmark::State& state) {
    constexpr auto between = std::chrono::seconds(10);  // 360 an hour: less than any limit
    quota::Gate gate{QuotaLimits{}};
    SteadyTime now{};
    for (auto _ : state) {
        now += between;
        auto answer = gate.ask(now);
        auto* const permit = std::get_if<quota::Permit>(&answer);
        if (permit == nullptr) {
            now = std::get<quota::WaitUntil>(answer).when;
            continue;
        }
        gate.answered(gate.sent(std::move(*permit), now), now, {});
    }
}

void ask_the_time(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(std::chrono::steady_clock::now());
}

BENCHMARK(pass)->Name("quota passed/ours");
BENCHMARK(ask_the_time)->Name("quota passed/asking the time");

}  // namespace

}  // namespace seqload::bench
