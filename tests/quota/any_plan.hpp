#pragma once

// Random limits, manners and plans for simulated runs.

#include "quota/simulated_run.hpp"
#include "quota/simulated_server.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

#include <rapidcheck.h>

namespace seqload::quota::test {

// Any time will do for a start; that it is not the clock's zero is part of the tests.
inline constexpr SteadyTime start{std::chrono::hours(1000)};

inline std::optional<std::uint32_t> any_limit(std::uint32_t least, std::uint32_t most) {
    if (*rc::gen::inRange(0, 5) == 0)
        return std::nullopt;
    return *rc::gen::inRange(least, most + 1);
}

inline QuotaLimits any_limits() {
    QuotaLimits limits;
    limits[Window::minute] = any_limit(1, 60);
    limits[Window::hour] = any_limit(5, 300);
    limits[Window::day] = any_limit(50, 1000);
    return limits;
}

inline SimulatedServer::Manners any_manners() {
    return {.headers = *rc::gen::arbitrary<bool>(),
            .retry_after = *rc::gen::arbitrary<bool>(),
            .names_window = *rc::gen::arbitrary<bool>(),
            .rounds_up = *rc::gen::arbitrary<bool>(),
            .refusals_count = *rc::gen::arbitrary<bool>(),
            .refusals_open = *rc::gen::arbitrary<bool>()};
}

inline Traffic any_traffic() {
    Traffic traffic;
    traffic.latency = *rc::gen::element(Traffic::Latency::constant, Traffic::Latency::jittered,
                                        Traffic::Latency::heavy_tailed);
    traffic.longest_way = std::chrono::milliseconds(*rc::gen::inRange(10, 3000));
    traffic.seed = *rc::gen::arbitrary<std::uint64_t>();
    return traffic;
}

inline RunPlan any_plan(const QuotaLimits& believed) {
    RunPlan plan;
    plan.requests = *rc::gen::inRange(1U, 1500U);
    plan.traffic = any_traffic();
    plan.believed = believed;
    plan.processes = {{.connections = *rc::gen::inRange(1U, 12U)}};
    return plan;
}

}  // namespace seqload::quota::test
