#include "seqload/sandbox/route_quotas.hpp"

#include <algorithm>

namespace seqload::sandbox {
namespace {

QuotaLimits limits_of(const World& world, const QuotaLimits& plan, Route route) {
    const auto found = world.limits.find(info(route).name);
    if (found != world.limits.end())
        return found->second;
    // The statistics of use do not list themselves, and openapi.json knows no 429 for them.
    return route == Route::usage_stats ? QuotaLimits{} : plan;
}

}  // namespace

RouteQuotas::RouteQuotas(const World& world, const QuotaLimits& plan, const OtherUses& others,
                         SteadyTime start) {
    for (const Route route : routes)
        quotas_.emplace_back(limits_of(world, plan, route), world.refused_requests_count);
    add(others, start);
}

void RouteQuotas::add(const OtherUses& others, SteadyTime now) {
    catch_up(now);
    for (const OtherUse& use : others)
        plans_.push_back(
            {use, now + use.at, counted_[place(use.route)] + use.after.value_or(0), use.times});
    catch_up(now);
}

const QuotaWindows& RouteQuotas::at(Route route, SteadyTime now) {
    catch_up(now);
    return quotas_[place(route)];
}

std::optional<Refusal> RouteQuotas::take(Route route, SteadyTime now) {
    catch_up(now);
    spend_between_requests(route, now);
    const auto refusal = quotas_[place(route)].take(now);
    if (!refusal)
        ++counted_[place(route)];
    return refusal;
}

// Of several that are due the earliest comes first: a window opens with it.
void RouteQuotas::catch_up(SteadyTime now) {
    while (true) {
        Plan* next = nullptr;
        for (Plan& plan : plans_) {
            const bool is_due = !plan.use.after && plan.left > 0 && plan.due <= now;
            if (is_due && (next == nullptr || plan.due < next->due))
                next = &plan;
        }
        if (next == nullptr)
            return;
        const SteadyTime when = next->due;
        next->due += next->use.every;
        spend(*next, when);
    }
}

void RouteQuotas::spend_between_requests(Route route, SteadyTime now) {
    for (Plan& plan : plans_) {
        if (plan.use.after && plan.use.route == route && plan.left > 0 &&
            plan.after <= counted_[place(route)])
            spend(plan, now);
    }
}

void RouteQuotas::spend(Plan& plan, SteadyTime when) {
    --plan.left;
    OtherSpending spending{plan.use.route, when, plan.use.requests, 0};
    for (std::uint32_t request = 0; request < plan.use.requests; ++request)
        spending.refused += quotas_[place(plan.use.route)].take(when) ? 1 : 0;
    spendings_.push_back(spending);
}

}  // namespace seqload::sandbox
