#include "seqload/model/quota_limits.hpp"

#include <chrono>

#include <doctest/doctest.h>

using namespace seqload;
using namespace std::chrono_literals;

TEST_CASE("each window has its name, its length and its limit") {
    QuotaLimits limits;
    limits[Window::minute] = 1;
    limits[Window::hour] = 2;
    limits[Window::day] = 3;
    CHECK(limits == QuotaLimits{{1, 2, 3}});
    CHECK(name(Window::minute) == "minute");
    CHECK(name(Window::hour) == "hour");
    CHECK(name(Window::day) == "day");
    CHECK(length(Window::minute) == 1min);
    CHECK(length(Window::hour) == 1h);
    CHECK(length(Window::day) == 24h);
    CHECK(windows.size() == 3);
}

TEST_CASE("limits that nobody set are unlimited") {
    for (const Window window : windows)
        CHECK_FALSE(QuotaLimits()[window].has_value());
}

TEST_CASE("the published plans are those of facts.md") {
    CHECK(free_plan == QuotaLimits{{50, 200, 600}});
    CHECK(basic_plan == QuotaLimits{{200, 400, 2000}});
    CHECK(organization_plan == QuotaLimits{{200, 600, 6000}});
}
