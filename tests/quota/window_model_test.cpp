#include "seqload/quota/window_model.hpp"

#include <doctest/doctest.h>

using namespace seqload;
using quota::WindowModel;
using namespace std::chrono_literals;

namespace {

// One request after another: sent now, answered a second later.
void exchange(WindowModel& model, SteadyTime& now, const quota::WindowReading& reading = {}) {
    const SteadyTime sent = now;
    model.advance({.now = sent});
    model.request_sent(sent);
    now += 1s;
    model.advance({.now = now});
    model.answered(sent, now, reading);
}

}  // namespace

TEST_CASE("nothing is known of a window before its first answer") {
    WindowModel model(Window::minute, 10);
    CHECK_FALSE(model.ends_at());
    CHECK(model.used() == 0);
    model.advance({.now = {}, .permitted = 9});
    CHECK(model.used() == 9);
    CHECK_FALSE(model.wait());
    model.advance({.now = {}, .permitted = 10});
    REQUIRE(model.wait());
    CHECK(model.wait()->until > SteadyTime{});
}

TEST_CASE("the first answer bounds the window's end") {
    WindowModel model(Window::minute, 10);
    SteadyTime now{};
    exchange(model, now);
    exchange(model, now);
    CHECK(model.ends_at() == SteadyTime(61s));
}

TEST_CASE("the end of a window whose requests were all lost is bounded by their loss") {
    WindowModel model(Window::minute, 1);
    model.request_sent(SteadyTime{});
    model.advance({.now = SteadyTime(30s)});
    model.lost(SteadyTime(30s));
    CHECK(model.wait() == WindowModel::Wait{SteadyTime(90s)});
    model.advance({.now = SteadyTime(90s)});
    CHECK_FALSE(model.wait());
}

TEST_CASE("a window that turns limited counts from what the header says") {
    WindowModel model(Window::minute, std::nullopt);
    SteadyTime now{};
    for (int i = 0; i < 5; ++i)
        exchange(model, now);
    CHECK(model.used() == 5);
    exchange(model, now, {.unlimited = false, .limit = 10, .used = 6, .left = 4});
    CHECK(model.used() == 6);
    CHECK(model.limit() == 10);
}

TEST_CASE("the memory of a window is bounded by its limit, headers or not") {
    WindowModel model(Window::day, 100);
    SteadyTime now{};
    for (int i = 0; i < 100; ++i)
        exchange(model, now);
    CHECK(model.used() == 100);
    CHECK(model.wait() == WindowModel::Wait{SteadyTime(24h + 1s)});
}
