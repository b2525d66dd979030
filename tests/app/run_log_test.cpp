#include "seqload/app/run_log.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::app;
using namespace std::chrono_literals;

namespace {

class HandClock final : public Clock {
public:
    SteadyTime now() const override { return now_; }
    WallTime wall() const override {
        return WallTime(12h) +
               std::chrono::floor<std::chrono::milliseconds>(now_ - SteadyTime(1000h));
    }
    Duration real(Duration virtual_duration) const override { return virtual_duration; }
    Duration in_virtual_time(Duration real_duration) const override { return real_duration; }

    void pass(Duration time) { now_ += time; }

private:
    SteadyTime now_{1000h};
};

// 3 requests with 10 rows each, into hours of two; the log says nothing.
struct Sending {
    HandClock clock;
    quota::Gate gate{QuotaLimits{{std::nullopt, 2, std::nullopt}}};
    TargetTable targets;
    RunLog log{{.clock = clock,
                .gate = gate,
                .targets = targets,
                .rows = 30,
                .requests = 3,
                .quiet = true}};
    dispatch::Job job;

    quota::Ticket send() {
        auto permit = gate.ask(clock.now());
        const quota::Ticket ticket =
            gate.sent(std::move(std::get<quota::Permit>(permit)), clock.now());
        log.request_sent(job);
        return ticket;
    }

    void answer(quota::Ticket ticket, Duration took) {
        gate.answered(ticket, clock.now(), {});
        log.request_ended(job, {}, took);
    }

    void settle(RowStatus status) {
        state::StatusCounts rows;
        rows[status] = 10;
        log.rows_settled(job, rows, "");
    }
};

}  // namespace

TEST_CASE_FIXTURE(Sending, "at the beginning everything is to go, as long as the quota takes") {
    const Progress now = log.progress();
    CHECK(now.requests_left == 3);
    CHECK(now.to_go == 1h);
    CHECK(now.quota[0] == std::nullopt);
    CHECK(now.quota[1] == Progress::WindowLeft{2, 2, std::nullopt});
    CHECK(now.waiting == std::nullopt);
}

TEST_CASE_FIXTURE(Sending, "what is settled is counted by what became of it, and no longer to go") {
    const auto ticket = send();
    CHECK(log.progress().requests_left == 3);
    clock.pass(1s);
    answer(ticket, 1s);
    settle(RowStatus::added);
    const Progress now = log.progress();
    CHECK(now.settled[RowStatus::added] == 10);
    CHECK(now.requests_sent == 1);
    CHECK(now.requests_left == 2);
    CHECK(now.quota[1] == Progress::WindowLeft{2, 1, clock.wall() + 1h});
    CHECK(now.to_go == 1h + 1s);  // the hour that is open has one left; then the latency
}

TEST_CASE_FIXTURE(Sending, "requests under way have used the quota, and are not counted twice") {
    answer(send(), 1s);
    settle(RowStatus::added);
    send();
    const Progress now = log.progress();
    CHECK(now.requests_left == 2);
    CHECK(now.quota[1]->left == 0);
    CHECK(now.to_go == 1h + 1s);
}

TEST_CASE_FIXTURE(Sending, "a batch in halves is one request more") {
    log.batch_halved(job, {});
    CHECK(log.progress().requests_left == 4);
    for (int batch = 0; batch < 5; ++batch)
        settle(RowStatus::failed);
    CHECK(log.progress().requests_left == 0);
}

TEST_CASE_FIXTURE(Sending, "what is waited for is known until the next request leaves") {
    answer(send(), 1s);
    answer(send(), 1s);
    const auto wait = std::get<quota::WaitUntil>(gate.ask(clock.now()));
    log.waiting(dispatch::QuotaWait{wait.window, wait.when - clock.now(), wait.sounding});
    clock.pass(20min);
    log.waiting(dispatch::RetryWait{4s});  // another worker's
    const auto waiting = log.progress().waiting;
    REQUIRE(waiting);
    CHECK(std::get<dispatch::QuotaWait>(waiting->wait).window == Window::hour);
    CHECK(waiting->until == clock.wall() + 40min);
    clock.pass(40min);
    send();
    CHECK(log.progress().waiting == std::nullopt);
}

TEST_CASE_FIXTURE(Sending, "a batch that is tried again is waited for only if nothing else is") {
    log.waiting(dispatch::RetryWait{4s});
    CHECK(log.progress().waiting == Progress::Waiting{dispatch::RetryWait{4s}, clock.wall() + 4s});
    const auto ticket = send();
    log.waiting(dispatch::RetryWait{4s});
    CHECK(log.progress().waiting == std::nullopt);
    answer(ticket, 1s);
}
