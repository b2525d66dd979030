// The gate in simulated time where somebody else has used the windows, or does.

#include "quota/any_plan.hpp"
#include "quota/oracle.hpp"
#include "quota/simulated_run.hpp"
#include "quota/simulated_server.hpp"
#include "quota/simulated_traffic.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::quota;
using namespace seqload::quota::test;
using namespace std::chrono_literals;

TEST_CASE("whatever the windows held before, every request gets through") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        const RunPlan plan =
            any_plan(*rc::gen::element(limits, basic_plan, free_plan, organization_plan));
        SimulatedServer server(limits, any_manners());
        const auto before = std::chrono::seconds(*rc::gen::inRange(0, 24 * 3600));
        server.use(start - before, *rc::gen::inRange(0U, 1100U));
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        RC_ASSERT(result.sent == plan.requests + result.refused);
    }));
}

TEST_CASE("the end of a window that others have filled is learned with one request") {
    for (const bool rounds_up : {true, false}) {
        CAPTURE(rounds_up);
        SimulatedServer server(basic_plan, {.rounds_up = rounds_up});
        server.use(start - 50min, 200);
        server.use(start - 48min, 200);
        RunPlan plan;
        plan.believed = basic_plan;
        plan.requests = 10;
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        CHECK(result.refused <= 2);  // the second one a second before the end, if rounded down
        CHECK(result.duration >= 10min);
        CHECK(result.duration < 10min + 3s);
    }
}

namespace {

struct BesideAnother {
    RunPlan plan;
    OtherTool other;
    SimulatedServer server;
};

// The other one has been at it for an hour: the first answer shows its requests.
BesideAnother any_case() {
    const QuotaLimits limits = *rc::gen::element(basic_plan, free_plan, organization_plan,
                                                 QuotaLimits{{std::nullopt, 400, std::nullopt}});
    RunPlan plan = any_plan(limits);
    plan.requests = *rc::gen::inRange(1U, 4000U);
    plan.processes = {{.connections = *rc::gen::inRange(1U, 8U)}};
    plan.traffic.latency = Traffic::Latency::jittered;
    plan.traffic.longest_way = std::chrono::milliseconds(*rc::gen::inRange(20, 500));
    BesideAnother beside{plan,
                         OtherTool(start - 1h, std::chrono::seconds(*rc::gen::inRange(60, 600)), 5,
                                   *rc::gen::arbitrary<std::uint64_t>()),
                         SimulatedServer(limits, {.rounds_up = *rc::gen::arbitrary<bool>()})};
    for (; *beside.other.next() < start; beside.other.sent())
        beside.server.use(*beside.other.next(), 1);
    return beside;
}

}  // namespace

TEST_CASE("beside another tool at most one request in each window is refused") {
    CHECK(rc::check([] {
        BesideAnother beside = any_case();
        const RunResult result =
            SimulatedRun(beside.plan, beside.server, start, beside.other).carry_out();
        RC_ASSERT(result.most_refused_by_one_window() <= 1U);
    }));
}

// On the whole: a single run may lose a race for the last request of a window, and so a window.
TEST_CASE("beside another tool runs take at most 5% longer than is possible") {
    std::chrono::duration<double> best_of_all{};
    std::chrono::duration<double> ours{};
    CHECK(rc::check([&] {
        BesideAnother beside = any_case();
        const Best best = best_possible(beside.plan, beside.server, start, beside.other);
        const RunResult result =
            SimulatedRun(beside.plan, beside.server, start, beside.other).carry_out();
        best_of_all += best.duration;
        ours += result.duration;
    }));
    MESSAGE("on the whole ", ours / best_of_all, " times the best");
    CHECK(ours < best_of_all * 1.05);
}

TEST_CASE("a reserve is left to the others") {
    CHECK(rc::check([] {
        const QuotaLimits limits = *rc::gen::element(basic_plan, free_plan, organization_plan);
        RunPlan plan = any_plan(limits);
        plan.reserve = *rc::gen::element(0.01, 0.1, 0.2, 0.5, 0.9);
        SimulatedServer server(limits, any_manners());
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        RC_ASSERT(result.refused == 0U);
        for (const Window window : windows)
            RC_ASSERT(result.brought_to[static_cast<std::size_t>(window)] <=
                      without_reserve(*limits[window], plan.reserve));
    }));
}
