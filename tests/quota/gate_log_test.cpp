// Several gates on one log, in simulated time: processes side by side and after
// each other, some of which are killed.

#include "quota/any_plan.hpp"
#include "quota/oracle.hpp"
#include "quota/simulated_run.hpp"
#include "quota/simulated_server.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::quota;
using namespace seqload::quota::test;
using namespace std::chrono_literals;

namespace {

RunPlan several_processes(const QuotaLimits& limits) {
    RunPlan plan = any_plan(limits);
    plan.processes.clear();
    const int processes = *rc::gen::inRange(2, 5);
    for (int i = 0; i < processes; ++i)
        plan.processes.push_back({.connections = *rc::gen::inRange(1U, 8U),
                                  .starts = std::chrono::seconds(*rc::gen::inRange(0, 7200))});
    plan.processes.front().starts = {};
    return plan;
}

}  // namespace

TEST_CASE("processes that share a log are never refused") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        const RunPlan plan = several_processes(limits);
        SimulatedServer server(limits, any_manners());
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        RC_ASSERT(result.refused == 0U);
    }));
}

TEST_CASE("nor when some of them are killed with requests under way") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        RunPlan plan = several_processes(limits);
        for (std::size_t i = 1; i < plan.processes.size(); ++i)
            plan.processes[i].crashes =
                plan.processes[i].starts + std::chrono::seconds(*rc::gen::inRange(1, 3600));
        SimulatedServer server(limits, any_manners());
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        RC_ASSERT(result.refused == 0U);
    }));
}

TEST_CASE("a run after another one ends at most 1% later than is possible, and is not refused") {
    double worst = 0;
    CHECK(rc::check([&worst] {
        const QuotaLimits limits = *rc::gen::element(basic_plan, free_plan, organization_plan);
        RunPlan first = any_plan(limits);
        first.traffic.longest_way = std::chrono::milliseconds(*rc::gen::inRange(20, 500));
        SimulatedServer server(limits, any_manners());
        // Two processes, so that there is a log.
        first.processes = {{.connections = 4}, {.connections = 4}};
        SimulatedRun earlier(first, server, start);
        const RunResult before = earlier.carry_out();
        RC_ASSERT(before.refused == 0U);

        RunPlan second = first;
        second.requests = *rc::gen::inRange(1U, 3000U);
        second.traffic.seed += 1;
        second.processes = {{.connections = *rc::gen::inRange(4U, 16U)}};
        const SteadyTime later =
            start + before.duration + std::chrono::seconds(*rc::gen::inRange(10, 4000));
        const Best best = best_possible(second, server, later);
        const RunResult result = SimulatedRun(second, server, later, {}, earlier.log()).carry_out();
        RC_ASSERT(result.refused == 0U);
        const Duration journeys = (best.waits + 1) * result.longest_exchange;
        RC_ASSERT(result.duration <= best.duration + best.duration / 100 + journeys);
        if (best.duration > 1h)
            worst = std::max(worst, static_cast<double>(result.duration.count()) /
                                        static_cast<double>(best.duration.count()));
    }));
    CHECK(worst < 1.01);
}
