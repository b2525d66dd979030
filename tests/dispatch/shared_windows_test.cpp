#include "seqload/dispatch/shared_windows.hpp"

#include "seqload/quota/gate.hpp"
#include "seqload/state/store.hpp"
#include "state/new_run.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::dispatch;
using namespace std::chrono_literals;

namespace {

// Both clocks are set by hand; ten virtual seconds pass in a real one.
class HandClock final : public Clock {
public:
    SteadyTime now() const override { return now_; }
    WallTime wall() const override { return wall_; }
    Duration real(Duration virtual_duration) const override { return virtual_duration / 10; }
    Duration in_virtual_time(Duration real_duration) const override { return real_duration * 10; }

    void pass(std::chrono::milliseconds real) {
        now_ += real * 10;
        wall_ += real;
    }
    void set_back(std::chrono::milliseconds by) { wall_ -= by; }

private:
    SteadyTime now_{1000h};
    WallTime wall_{48h};
};

const state::QuotaRoute adding{.api_url = "https://127.0.0.1", .team = "t", .path = "/add"};

// A process with a gate of its own on a state that all of them share.
struct Process {
    Process(state::Store& store, const Clock& clock) : windows(gate, clock) {
        REQUIRE(windows.join(store, adding));
    }

    // Sends as many requests as it may, all of them answered at once without a word of the
    // quota, and puts them into the log. How many those were.
    std::uint32_t send_all(state::Store& store, const Clock& clock) {
        std::uint32_t sent = 0;
        for (;;) {
            const auto news = store.quota_news(windows.writer());
            REQUIRE(news);
            windows.hear(*news);
            auto answer = gate.ask(clock.now());
            auto* permit = std::get_if<quota::Permit>(&answer);
            if (permit == nullptr)
                return sent;
            const auto ticket = gate.sent(std::move(*permit), clock.now());
            state::QuotaStep step;
            step.departures.push_back({.heard = windows.heard(),
                                       .change = std::nullopt,
                                       .event = windows.for_log(quota::Sent{ticket, clock.now()})});
            const quota::Event end = quota::Answered{ticket, clock.now(), {}};
            const auto applied = store.apply("a-run", {}, windows.writer(), step);
            REQUIRE(applied);
            REQUIRE(applied->departed.at(0));
            gate.tell(end);
            step.departures.clear();
            step.events.push_back(windows.for_log(end));
            REQUIRE(store.apply("a-run", {}, windows.writer(), step));
            ++sent;
        }
    }

    quota::Gate gate{QuotaLimits{{std::nullopt, 5, std::nullopt}}};
    SharedWindows windows;
};

struct Shared {
    Shared() { REQUIRE(store->begin_run(state::test::new_run("a-run"))); }

    HandClock clock;
    std::unique_ptr<state::Store> store = std::move(*state::Store::open_in_memory());
};

}  // namespace

TEST_CASE_FIXTURE(Shared, "what one process has sent is not sent again by the next") {
    Process first(*store, clock);
    CHECK(first.send_all(*store, clock) == 5);
    clock.pass(1s);
    Process second(*store, clock);
    CHECK(second.send_all(*store, clock) == 0);
}

TEST_CASE_FIXTURE(Shared, "a window of another process ends when it would have for that one") {
    Process first(*store, clock);
    first.send_all(*store, clock);
    clock.pass(100s);
    Process second(*store, clock);
    clock.pass(260s);  // an hour of the virtual clock after the first request
    CHECK(second.send_all(*store, clock) == 0);
    clock.pass(3ms);  // and what the milliseconds of the log leave open
    CHECK(second.send_all(*store, clock) == 5);
}

TEST_CASE_FIXTURE(Shared, "who only looks knows what the others have used, and shares nothing") {
    Process first(*store, clock);
    CHECK(first.send_all(*store, clock) == 5);
    quota::Gate gate{QuotaLimits{{std::nullopt, 5, std::nullopt}}};
    SharedWindows windows(gate, clock);
    REQUIRE(windows.look(*store, adding));
    CHECK(gate.snapshot(clock.now())[Window::hour].left == 0U);
    CHECK_FALSE(windows.are_shared());
}

TEST_CASE_FIXTURE(Shared, "two that take turns together send what one might") {
    Process first(*store, clock);
    Process second(*store, clock);
    CHECK(first.send_all(*store, clock) + second.send_all(*store, clock) == 5);
    clock.pass(400s);
    CHECK(second.send_all(*store, clock) + first.send_all(*store, clock) == 5);
}

TEST_CASE_FIXTURE(Shared, "a wall clock that was set back makes nobody wait longer than a window") {
    Process first(*store, clock);
    first.send_all(*store, clock);
    clock.set_back(10h);
    Process second(*store, clock);
    CHECK(second.send_all(*store, clock) == 0);
    clock.pass(361s);
    CHECK(second.send_all(*store, clock) == 5);
}

TEST_CASE_FIXTURE(Shared, "what a later seqload has written is passed over") {
    Process first(*store, clock);
    state::QuotaStep step;
    step.events.push_back({.what = R"({"telepathy":1})", .at = clock.wall()});
    REQUIRE(store->apply("a-run", {}, first.windows.writer(), step));
    Process second(*store, clock);
    CHECK(second.send_all(*store, clock) == 5);
}

TEST_CASE("until it joins, a run shares nothing") {
    const HandClock clock;
    quota::Gate gate(basic_plan);
    CHECK_FALSE(SharedWindows(gate, clock).are_shared());
}
