// The gate against a server with Apollo's windows, in simulated time.

#include "quota/simulated_run.hpp"
#include "quota/simulated_server.hpp"
#include "seqload/quota/gate.hpp"

#include <chrono>
#include <optional>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::quota;
using namespace seqload::quota::test;
using namespace std::chrono_literals;

namespace {

// Any time will do for a start; that it is not the clock's zero is part of the test.
constexpr SteadyTime start{1000h};

std::optional<std::uint32_t> any_limit(std::uint32_t least, std::uint32_t most) {
    if (*rc::gen::inRange(0, 5) == 0)
        return std::nullopt;
    return *rc::gen::inRange(least, most + 1);
}

QuotaLimits any_limits() {
    QuotaLimits limits;
    limits[Window::minute] = any_limit(1, 60);
    limits[Window::hour] = any_limit(5, 300);
    limits[Window::day] = any_limit(50, 1000);
    return limits;
}

RunPlan any_plan() {
    RunPlan plan;
    plan.requests = *rc::gen::inRange(1U, 1500U);
    plan.connections = *rc::gen::inRange(1U, 12U);
    plan.seed = *rc::gen::arbitrary<std::uint64_t>();
    plan.longest_way = std::chrono::milliseconds(*rc::gen::inRange(10, 3000));
    return plan;
}

SimulatedServer::Manners any_manners() {
    SimulatedServer::Manners manners;
    manners.headers = *rc::gen::arbitrary<bool>();
    manners.retry_after = *rc::gen::arbitrary<bool>();
    manners.names_window = *rc::gen::arbitrary<bool>();
    manners.rounds_up = *rc::gen::arbitrary<bool>();
    manners.refusals_count = *rc::gen::arbitrary<bool>();
    return manners;
}

}  // namespace

TEST_CASE("alone and with fresh windows there is never a 429") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        const RunPlan plan = any_plan();
        Gate gate(limits);
        SimulatedServer server(limits, any_manners());
        const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
        RC_ASSERT(result.refused == 0U);
        RC_ASSERT(result.sent == plan.requests);
    }));
}

TEST_CASE("nor when answers take longer than a minute, or are lost") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        RunPlan plan = any_plan();
        plan.requests = plan.requests / 4 + 1;
        plan.longest_way = std::chrono::seconds(*rc::gen::inRange(1, 150));
        plan.lost = *rc::gen::element(0.0, 0.05, 0.5);
        const SimulatedServer::Manners manners = any_manners();
        for (int i = 0; i < 20; ++i, ++plan.seed) {
            Gate gate(limits);
            SimulatedServer server(limits, manners);
            const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
            RC_ASSERT(result.refused == 0U);
        }
    }));
}

TEST_CASE("whatever the windows held before, every request gets through") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        const RunPlan plan = any_plan();
        SimulatedServer server(limits, any_manners());
        const auto before = std::chrono::seconds(*rc::gen::inRange(0, 24 * 3600));
        server.use(start - before, *rc::gen::inRange(0U, 1100U));
        Gate gate(*rc::gen::element(limits, basic_plan, free_plan, organization_plan));
        const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
        RC_ASSERT(result.sent == plan.requests + result.refused);
    }));
}

TEST_CASE("from fresh windows a run ends at most 5% later than is possible") {
    CHECK(rc::check([] {
        const QuotaLimits limits =
            *rc::gen::element(basic_plan, free_plan, organization_plan,
                              QuotaLimits{{200, std::nullopt, std::nullopt}},
                              QuotaLimits{{std::nullopt, 400, std::nullopt}});
        RunPlan plan;
        plan.requests = *rc::gen::inRange(1U, 12'000U);
        plan.connections = *rc::gen::inRange(4U, 16U);
        plan.seed = *rc::gen::arbitrary<std::uint64_t>();
        Gate gate(limits);
        SimulatedServer server(limits, any_manners());
        const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
        // What a window allows at once still has to pass through the connections.
        const std::uint32_t at_once = std::min(plan.requests, limits[Window::minute].value_or(400));
        const Duration passing = (at_once / plan.connections + 1) * 2 * plan.longest_way;
        const Duration best = best_duration(limits, plan.requests);
        RC_ASSERT(result.duration <= best + best / 20 + passing);
    }));
}

TEST_CASE("a day of the basic plan ends on the minute, and passes in a moment") {
    Gate gate(basic_plan);
    SimulatedServer server(basic_plan, {});
    RunPlan plan;
    plan.requests = 2001;  // one more than a day allows
    const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
    CHECK(result.refused == 0);
    CHECK(result.duration >= 24h);
    CHECK(result.duration < 24h + 2s);
}

TEST_CASE("a window that others had filled costs few requests, and no more than its length") {
    for (const bool told_when : {true, false}) {
        CAPTURE(told_when);
        SimulatedServer server(basic_plan, {.retry_after = told_when});
        server.use(start - 50min, 200);
        server.use(start - 48min, 200);
        Gate gate(basic_plan);
        RunPlan plan;
        plan.requests = 10;
        const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
        CHECK(result.refused <= 6);
        CHECK(result.duration >= 10min);
        CHECK(result.duration < (told_when ? 10min + 3s : 17min));
    }
}

TEST_CASE("limits believed too large are put right by the first answers") {
    Gate gate(organization_plan);
    SimulatedServer server(free_plan, {});
    RunPlan plan;
    plan.requests = 200;
    const RunResult result = SimulatedRun(gate, server, plan, start).carry_out();
    CHECK(result.refused == 0);
}
