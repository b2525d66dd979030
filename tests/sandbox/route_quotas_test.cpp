#include "seqload/sandbox/route_quotas.hpp"

#include "small_world.hpp"

#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace seqload::sandbox::test;
using namespace std::chrono_literals;

namespace {

const SteadyTime route_start{1h};
constexpr Route add = Route::add_contact_ids;

RouteQuotas quotas_with(std::string_view others, QuotaLimits limits = {{5, 100, 1000}}) {
    return {small_world(), limits, *read_other_uses(others, "others"), route_start};
}

}  // namespace

TEST_CASE("each route has its own windows; the statistics of use have none") {
    RouteQuotas quotas = quotas_with("[]", {{1, 1, 1}});
    CHECK_FALSE(quotas.take(add, route_start));
    CHECK(quotas.take(add, route_start));
    CHECK_FALSE(quotas.take(Route::list_labels, route_start));
    for (int request = 0; request < 100; ++request)
        CHECK_FALSE(quotas.take(Route::usage_stats, route_start));
}

TEST_CASE("another tool opens a window at its own time, however late anybody looks") {
    RouteQuotas quotas = quotas_with(R"([{"at": 10, "requests": 3}])");
    CHECK(quotas.at(add, route_start + 9s).used(Window::minute, route_start + 9s) == 0);
    CHECK(quotas.at(add, route_start + 50s).used(Window::minute, route_start + 50s) == 3);
    CHECK(quotas.at(add, route_start + 50s).opened(Window::minute, route_start + 50s) ==
          route_start + 10s);
    CHECK_FALSE(quotas.take(add, route_start + 50s));
    CHECK_FALSE(quotas.take(add, route_start + 50s));
    CHECK(quotas.take(add, route_start + 50s) == Refusal{Window::minute, 20s});
    CHECK_FALSE(quotas.take(add, route_start + 70s));
    CHECK(quotas.spendings() == std::vector{OtherSpending{add, route_start + 10s, 3, 0}});
}

TEST_CASE("another tool comes again and again, and what finds no room is refused") {
    RouteQuotas quotas = quotas_with(R"([{"at": 1, "every": 20, "times": 3, "requests": 2}])");
    CHECK(quotas.at(add, route_start + 1h).used(Window::hour, route_start + 1h) == 5);
    CHECK(quotas.spendings() == std::vector{OtherSpending{add, route_start + 1s, 2, 0},
                                            OtherSpending{add, route_start + 21s, 2, 0},
                                            OtherSpending{add, route_start + 41s, 2, 1}});
}

TEST_CASE("several tools come in the order of time") {
    RouteQuotas quotas = quotas_with(
        R"([{"at": 30}, {"at": 5, "every": 40, "times": 2}, {"route": "list_labels", "at": 7}])");
    CHECK(quotas.at(add, route_start + 2min).opened(Window::hour, route_start + 2min) ==
          route_start + 5s);
    CHECK(quotas.spendings() ==
          std::vector{OtherSpending{add, route_start + 5s, 1, 0},
                      OtherSpending{Route::list_labels, route_start + 7s, 1, 0},
                      OtherSpending{add, route_start + 30s, 1, 0},
                      OtherSpending{add, route_start + 45s, 1, 0}});
}

TEST_CASE("a use after so many requests comes before the next one, once, and not before") {
    RouteQuotas quotas = quotas_with(R"([{"after": 2, "requests": 3}])");
    CHECK_FALSE(quotas.take(add, route_start));
    CHECK_FALSE(quotas.take(Route::list_labels, route_start));
    CHECK_FALSE(quotas.take(add, route_start));
    CHECK(quotas.at(add, route_start).left(Window::minute, route_start) == 3U);
    CHECK(quotas.take(add, route_start + 1s));
    CHECK(quotas.take(add, route_start + 2s));
    CHECK(quotas.spendings() == std::vector{OtherSpending{add, route_start + 1s, 3, 0}});
}

TEST_CASE("what is added later counts from then") {
    RouteQuotas quotas = quotas_with("[]");
    CHECK_FALSE(quotas.take(add, route_start));
    const auto more = [](std::string_view text) { return *read_other_uses(text, "more"); };
    quotas.add(more(R"([{"requests": 2}, {"at": 5}])"), route_start + 10s);
    quotas.add(more(R"([{"after": 1}])"), route_start + 10s);
    CHECK(quotas.spendings() == std::vector{OtherSpending{add, route_start + 10s, 2, 0}});
    CHECK_FALSE(quotas.take(add, route_start + 11s));
    CHECK(quotas.at(add, route_start + 15s).used(Window::minute, route_start + 15s) == 5);
    CHECK(quotas.take(add, route_start + 16s));
    CHECK(quotas.spendings().back() == OtherSpending{add, route_start + 16s, 1, 1});
}

TEST_CASE("it does not matter how often somebody looks, for any uses and times") {
    CHECK(rc::check([] {
        OtherUses others;
        const auto count = *rc::gen::inRange(0, 4);
        for (int number = 0; number < count; ++number) {
            OtherUse use;
            use.requests = *rc::gen::inRange<std::uint32_t>(1, 4);
            use.at = std::chrono::seconds(*rc::gen::inRange(0, 200));
            use.every = std::chrono::seconds(*rc::gen::inRange(1, 100));
            use.times = *rc::gen::inRange<std::uint64_t>(1, 5);
            others.push_back(use);
        }
        const World world = small_world();
        const QuotaLimits limits{{3, 12, 1000}};
        RouteQuotas watched(world, limits, others, route_start);
        RouteQuotas left_alone(world, limits, others, route_start);
        const Duration look = std::chrono::seconds(*rc::gen::inRange(1, 30));
        for (SteadyTime now = route_start; now < route_start + 10min; now += look)
            watched.at(add, now);
        const SteadyTime end = route_start + 10min;
        for (const Window window : windows) {
            RC_ASSERT(watched.at(add, end).used(window, end) ==
                      left_alone.at(add, end).used(window, end));
            RC_ASSERT(watched.at(add, end).opened(window, end) ==
                      left_alone.at(add, end).opened(window, end));
        }
        RC_ASSERT(watched.spendings() == left_alone.spendings());
    }));
}
