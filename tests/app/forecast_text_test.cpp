#include "seqload/app/forecast_text.hpp"

#include "seqload/base/timestamp.hpp"
#include "support/time_zone.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace seqload;
using namespace seqload::app;
using namespace std::chrono_literals;

namespace {

struct HalfPastThree {
    test::TimeZone zone{"UTC0"};
    WallView view{*parse_timestamp("2026-11-25T15:30:00Z")};

    std::string text(std::uint64_t requests, const plan::QuotaStanding& standing) const {
        return forecast_text(plan::forecast(requests, standing), standing, view);
    }

    std::string stop(std::uint64_t requests, const plan::QuotaStanding& standing,
                     const plan::Bounds& bounds, std::uint64_t rows) const {
        return stop_text(plan::forecast(requests, standing, {}, bounds), bounds, rows, view);
    }
};

plan::QuotaStanding hour_used_up() {
    plan::QuotaStanding standing = plan::fresh_windows(basic_plan);
    standing[Window::hour].open = {0, 29min};
    standing[Window::day].open = {1'188, 17h + 42min};
    return standing;
}

}  // namespace

TEST_CASE_FIXTURE(HalfPastThree, "what fits into fresh windows is one line") {
    CHECK(text(3, plan::fresh_windows(basic_plan)) ==
          "3 requests, no waiting for the quota (200 a minute, 400 an hour, 2,000 a day)\n");
    CHECK(text(1, {}) == "1 request, no waiting for the quota\n");
    CHECK(text(0, hour_used_up()) ==
          "0 requests, no waiting for the quota (200 a minute, 400 an hour, 2,000 a day)\n");
}

TEST_CASE_FIXTURE(HalfPastThree, "where the quota makes it wait each window has a line") {
    CHECK(text(812, plan::fresh_windows(basic_plan)) ==
          "812 requests, about 2 h, until 17:30\n"
          "  window  limit  left now  done if alone\n"
          "  minute    200  200       15:34:00\n"
          "  hour      400  400       17:30\n"
          "  day     2,000  2,000     at once\n");
}

TEST_CASE_FIXTURE(HalfPastThree, "windows that are open say what is left and until when") {
    CHECK(text(812, hour_used_up()) ==
          "812 requests, about 2 h 29 min, until 17:59\n"
          "  window  limit  left now                      done if alone\n"
          "  minute    200  200                           15:34:00\n"
          "  hour      400  0 until 15:59                 17:59\n"
          "  day     2,000  1,188 until Thu 26 Nov 09:12  at once\n");
}

TEST_CASE_FIXTURE(HalfPastThree, "what still fits into an open window says so") {
    plan::QuotaStanding standing;
    standing[Window::hour] = {400, plan::OpenWindow{12, 29min}};
    CHECK(text(3, standing) ==
          "3 requests, no waiting for the quota\n"
          "  window  limit  left now        done if alone\n"
          "  hour      400  12 until 15:59  at once\n");
    standing[Window::hour].open->ends_in = 0s;
    CHECK(text(3, standing) == "3 requests, no waiting for the quota (400 an hour)\n");
}

TEST_CASE_FIXTURE(HalfPastThree, "a scale of time makes the clock on the wall go slow") {
    view.scale = 60;
    CHECK(text(401, plan::fresh_windows(basic_plan))
              .starts_with("401 requests, about 1 h, until 15:31:00\n"));
}

TEST_CASE_FIXTURE(HalfPastThree, "what nobody lives to see has no time of day") {
    CHECK(text(10'000'000, plan::fresh_windows(QuotaLimits{{std::nullopt, std::nullopt, 1}}))
              .starts_with("10,000,000 requests, more than 100 years\n"));
}

TEST_CASE_FIXTURE(HalfPastThree, "a deadline that comes first says what fits before it") {
    CHECK(stop(812, hour_used_up(), {.deadline = 24h}, 81'200).empty());
    CHECK(stop(812, hour_used_up(), {.deadline = 90min}, 60'000) ==
          "note: the deadline, 17:00, comes first: 600 of 812 requests (about 60,000 rows) leave "
          "before it\n");
    CHECK(stop(812, hour_used_up(), {.deadline = 20min}, 0) ==
          "note: nothing can be sent before the deadline, 15:50: the hour's quota is used up "
          "until 15:59\n");
}

TEST_CASE_FIXTURE(HalfPastThree, "a wait that is certain to be too long is told") {
    CHECK(stop(812, hour_used_up(), {.longest_wait = 1h}, 0).empty());
    CHECK(stop(812, plan::fresh_windows(basic_plan), {.longest_wait = 30min}, 40'000) ==
          "note: the run will stop after 400 of 812 requests (about 40,000 rows): the hour's "
          "quota then makes it wait 59 min, and --max-wait allows 30 min\n");
}

TEST_CASE("programs are told the same") {
    const auto standing = hour_used_up();
    const auto json = forecast_json(plan::forecast(812, standing), standing);
    CHECK(json.dump() == R"({"requests":812,"duration_seconds":8940.0,"bound_by":"hour",)"
                         R"("windows":{"minute":{"limit":200,"left":200,"ends_in_seconds":null,)"
                         R"("opened":5,"alone_seconds":240.0},)"
                         R"("hour":{"limit":400,"left":0,"ends_in_seconds":1740.0,)"
                         R"("opened":3,"alone_seconds":8940.0},)"
                         R"("day":{"limit":2000,"left":1188,"ends_in_seconds":63720.0,)"
                         R"("opened":0,"alone_seconds":0.0}}})");
    const auto unlimited = forecast_json(plan::forecast(1, {}), {});
    CHECK(unlimited["bound_by"].is_null());
    CHECK(unlimited["windows"]["hour"]["limit"].is_null());
    CHECK(unlimited["windows"]["hour"]["left"].is_null());
}
