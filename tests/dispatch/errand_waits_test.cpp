// When errands wait, for how long, and what ends the waiting.

#include "dispatch/errand_fixture.hpp"

#include <chrono>
#include <string>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace {

using namespace std::chrono_literals;

// A second passes whenever somebody looks, and waiting takes no real time.
class StepClock final : public Clock {
public:
    SteadyTime now() const override { return now_ += 1s; }
    WallTime wall() const override { return {}; }
    Duration real(Duration /*virtual_duration*/) const override { return {}; }
    Duration in_virtual_time(Duration real_duration) const override { return real_duration; }

private:
    mutable SteadyTime now_{};
};

struct Stepping : ErrandFixture {
    StepClock stepping;

    Stepping() {
        clock = &stepping;
        workers = 1;
        attempts = 1000;
    }
};

// Time stands still: whoever waits, waits until woken.
struct Slow : ErrandFixture {
    const SystemClock slow{1e-6};

    Slow() { clock = &slow; }
};

}  // namespace

TEST_CASE_FIXTURE(Stepping, "a 429 is waited out, for as long as it says, and is no attempt") {
    attempts = 1;
    SteadyTime limited_at;
    SteadyTime answered_at;
    answers = [&](const net::Request&, int number) {
        (number == 1 ? limited_at : answered_at) = stepping.now();
        return number == 1 ? rate_limited("300") : answer(200);
    };
    NumberedErrands book(1);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 2);
    CHECK(answered_at - limited_at >= 300s);
    REQUIRE_FALSE(waited_for.empty());
    CHECK(waited_for.front() == Window::hour);
    CHECK(troubles.empty());
    REQUIRE(book.ends.size() == 1);
    CHECK(book.ends.front().answered);
    CHECK(book.ends.front().attempts == 1);
}

TEST_CASE_FIXTURE(Stepping, "when nothing gets through for as long as allowed, the run stops") {
    give_up_after = 5min;
    SteadyTime first;
    SteadyTime last;
    for (const bool request_left : {true, false}) {
        CAPTURE(request_left);
        requests = 0;
        store.reset();
        answers = [&](const net::Request&, int number) {
            last = stepping.now();
            if (number == 1)
                first = last;
            return failure(request_left);
        };
        NumberedErrands book(3);
        const RunEnd end = carry_out(book);
        CHECK(end.reason == StopReason::gave_up);
        REQUIRE(end.error);
        CHECK(end.error->kind == ErrorKind::stopped);
        CHECK(end.error->what.find("it broke") != std::string::npos);
        CHECK(requests > 3);
        CHECK(last - first >= 4min + 50s);
        CHECK(last - first < 7min);
        CHECK(book.ends.empty());
    }
}

TEST_CASE_FIXTURE(Stepping, "whatever speaks for Apollo ends an outage, be it a refusal") {
    give_up_after = 5min;
    for (const unsigned status : {200U, 422U}) {
        CAPTURE(status);
        store.reset();
        SteadyTime down_until = stepping.now() + 4min;
        bool has_been_up = false;
        answers = [&](const net::Request&, int) {
            const SteadyTime now = stepping.now();
            if (now < down_until)
                return answer(503);
            if (!has_been_up)
                down_until = now + 4min;
            has_been_up = true;
            return answer(status);
        };
        NumberedErrands book(2);
        CHECK(carry_out(book).reason == StopReason::finished);
        CHECK(book.ends.size() == 2);
    }
}

TEST_CASE_FIXTURE(Stepping, "an answer that nobody understands is not getting through") {
    give_up_after = 5min;
    answers = [](const net::Request&, int) { return answer(200, "<html>log in here</html>"); };
    NumberedErrands book(3);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::gave_up);
    REQUIRE(end.error);
    CHECK(end.error->what.find("the answer is not what was expected") != std::string::npos);
    CHECK(book.ends.empty());
}

TEST_CASE_FIXTURE(ErrandFixture, "what never left is no attempt as long as nothing gets through") {
    attempts = 2;
    answers = [](const net::Request&, int number) {
        return number <= 6 ? failure(false) : answer(200);
    };
    NumberedErrands book(1);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 7);
    REQUIRE(book.ends.size() == 1);
    CHECK(book.ends.front().answered);
    CHECK(book.ends.front().attempts == 1);
}

TEST_CASE_FIXTURE(ErrandFixture, "what never left is an attempt while others get through") {
    attempts = 2;
    NumberedErrands book(3);
    answers = [](const net::Request& request, int) {
        return request.target == "1" ? failure(false) : answer(200);
    };
    // The first errand fails when another has got through since, which in turn waits for it.
    bool first_is_under_way = false;
    under_way = [&](const net::Request& request) -> asio::awaitable<void> {
        constexpr int long_enough = 1'000'000;
        const bool is_first = request.target == "1";
        const std::size_t ends = book.ends.size();
        if (is_first)
            first_is_under_way = true;
        for (int i = 0; i < long_enough; ++i) {
            if (is_first ? book.ends.size() > ends : first_is_under_way)
                break;
            co_await asio::post(asio::use_awaitable);
        }
        if (!is_first)
            first_is_under_way = false;
    };
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 4);
    REQUIRE(book.ends.size() == 3);
    const NumberedErrands::End& last = book.ends.back();
    CHECK(last.number == 1);
    CHECK_FALSE(last.answered);
    CHECK(last.attempts == 2);
    CHECK(last.http_status == 0);
}

TEST_CASE_FIXTURE(ErrandFixture,
                  "one that is stopped finishes what is under way, and begins nothing") {
    workers = 1;
    answers = [this](const net::Request&, int number) {
        if (number == 3)
            stop_soon();
        return answer(200);
    };
    NumberedErrands book(50);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::interrupted);
    CHECK_FALSE(end.error);
    CHECK(requests == 3);
    CHECK(book.ends.size() == 3);
    CHECK(settled_items == 30);
    CHECK(removals()[3].status == state::RemovalStatus::waiting);
}

TEST_CASE_FIXTURE(Slow, "one that is stopped waits for no retry") {
    answers = [](const net::Request&, int) { return answer(503); };
    on_retry = [this] { stop_soon(); };
    NumberedErrands book(1);
    CHECK(carry_out(book).reason == StopReason::interrupted);
    CHECK(requests == 1);
    CHECK(book.ends.empty());
}

TEST_CASE_FIXTURE(Slow, "one that is stopped waits for no window") {
    answers = [](const net::Request&, int) { return rate_limited("3600"); };
    on_wait = [this] { stop_soon(); };
    NumberedErrands book(1);
    CHECK(carry_out(book).reason == StopReason::interrupted);
    CHECK(requests == 1);
    CHECK(book.ends.empty());
}

}  // namespace seqload::dispatch
