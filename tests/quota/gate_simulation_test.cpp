// The gate against a server with Apollo's windows, in simulated time: nobody else
// uses them.

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

TEST_CASE("alone and with fresh windows there is never a 429") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        const RunPlan plan = any_plan(limits);
        SimulatedServer server(limits, any_manners());
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        RC_ASSERT(result.refused == 0U);
        RC_ASSERT(result.sent == plan.requests);
    }));
}

TEST_CASE("nor when answers take longer than a minute, are lost, or say nothing") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        RunPlan plan = any_plan(limits);
        plan.requests = plan.requests / 4 + 1;
        plan.traffic.longest_way = std::chrono::seconds(*rc::gen::inRange(1, 150));
        plan.traffic.lost = *rc::gen::element(0.0, 0.05, 0.5);
        plan.traffic.failed = *rc::gen::element(0.0, 0.05, 0.3);
        const SimulatedServer::Manners manners = any_manners();
        for (int i = 0; i < 10; ++i, ++plan.traffic.seed) {
            SimulatedServer server(limits, manners);
            const RunResult result = SimulatedRun(plan, server, start).carry_out();
            RC_ASSERT(result.refused == 0U);
        }
    }));
}

TEST_CASE("limits believed too large or too small are put right by the first answer") {
    CHECK(rc::check([] {
        const QuotaLimits limits = any_limits();
        const RunPlan plan =
            any_plan(*rc::gen::element(basic_plan, free_plan, organization_plan, QuotaLimits{}));
        SimulatedServer server(limits, {});
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        const bool believed_unlimited = plan.believed == QuotaLimits{};
        const std::uint32_t unasked = believed_unlimited ? plan.processes.front().connections : 0U;
        // Nobody waits for ever for a first answer: each five seconds one more goes without it.
        const auto without_news = static_cast<std::uint32_t>(result.first_exchange / 5s);
        RC_ASSERT(result.refused <= std::max(unasked, without_news));
    }));
}

TEST_CASE("from fresh windows a run ends at most 1% later than is possible") {
    double worst = 0;
    CHECK(rc::check([&worst] {
        const QuotaLimits limits =
            *rc::gen::element(basic_plan, free_plan, organization_plan,
                              QuotaLimits{{200, std::nullopt, std::nullopt}},
                              QuotaLimits{{std::nullopt, 400, std::nullopt}});
        RunPlan plan = any_plan(limits);
        plan.requests = *rc::gen::inRange(1U, 12'000U);
        plan.processes = {{.connections = *rc::gen::inRange(4U, 16U)}};
        plan.traffic.longest_way = std::chrono::milliseconds(*rc::gen::inRange(20, 500));
        SimulatedServer server(limits, any_manners());
        const Best best = best_possible(plan, server, start);
        const RunResult result = SimulatedRun(plan, server, start).carry_out();
        // What the oracle has and nobody else: its requests arrive at the very moment at
        // which the window ends. Ours leave when it surely has, a way there and back later.
        const Duration journeys = (best.waits + 1) * result.longest_exchange;
        RC_ASSERT(result.refused == 0U);
        RC_ASSERT(result.duration <= best.duration + best.duration / 100 + journeys);
        if (best.duration > 1h)
            worst = std::max(worst, static_cast<double>(result.duration.count()) /
                                        static_cast<double>(best.duration.count()));
    }));
    CHECK(worst < 1.01);  // as soon as there is an hour to wait, without any allowance
}

TEST_CASE("a day of the basic plan ends on the minute, and passes in a moment") {
    RunPlan plan;
    plan.believed = basic_plan;
    plan.requests = 2001;  // one more than a day allows
    SimulatedServer server(basic_plan, {});
    const RunResult result = SimulatedRun(plan, server, start).carry_out();
    CHECK(result.refused == 0);
    CHECK(result.duration >= 24h);
    CHECK(result.duration < 24h + 2s);
}
