#pragma once

// The windows of every route, and the team's other tools, who use them as well.
// What they do is reckoned up whenever somebody looks: each use at its own time,
// so that nobody can tell that it came late.
//
// A plain object that is told the time; times never go back.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/sandbox/other_use.hpp"
#include "seqload/sandbox/quota_windows.hpp"
#include "seqload/sandbox/route.hpp"
#include "seqload/sandbox/world.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace seqload::sandbox {

// What another tool did.
struct OtherSpending {
    Route route = Route::add_contact_ids;
    SteadyTime at{};
    std::uint32_t requests = 0;
    std::uint32_t refused = 0;  // of them: there was no room

    bool operator==(const OtherSpending&) const = default;
};

class RouteQuotas {
public:
    // A route has the world's limits, else the plan's; the statistics of use have none.
    RouteQuotas(const World& world, const QuotaLimits& plan, const OtherUses& others,
                SteadyTime start);

    // The route's windows as they are then.
    const QuotaWindows& at(Route route, SteadyTime now);

    // A request arrives, see QuotaWindows::take.
    std::optional<Refusal> take(Route route, SteadyTime now);

    // Other tools begin to do this as well; `at` counts from now on, `after` from now on as well.
    // What is due at once is done.
    void add(const OtherUses& others, SteadyTime now);

    // In the order of time.
    const std::vector<OtherSpending>& spendings() const { return spendings_; }

private:
    struct Plan {
        OtherUse use;
        SteadyTime due{};         // where it goes by time
        std::uint64_t after = 0;  // where it goes by requests: how many must have been counted
        std::uint64_t left = 0;   // times
    };

    static std::size_t place(Route route) { return static_cast<std::size_t>(route); }
    void catch_up(SteadyTime now);
    void spend_between_requests(Route route, SteadyTime now);
    void spend(Plan& plan, SteadyTime when);

    std::vector<QuotaWindows> quotas_;                  // by route
    std::array<std::uint64_t, route_count> counted_{};  // without other tools' requests
    std::vector<Plan> plans_;
    std::vector<OtherSpending> spendings_;
};

}  // namespace seqload::sandbox
