#include "seqload/sandbox/quota_windows.hpp"

#include <deque>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::sandbox;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{};

// The rules told once more in the plainest way: all passed requests are kept, and each window's
// openings are found by walking over them.
class Reference {
public:
    explicit Reference(const QuotaLimits& limits) : limits_(limits) {}

    bool take(SteadyTime now) {
        for (const Window window : windows)
            if (limits_[window] && used(window, now) >= *limits_[window])
                return false;
        passed_.push_back(now);
        return true;
    }

    std::uint32_t used(Window window, SteadyTime now) const {
        SteadyTime opened{};
        std::uint32_t count = 0;
        for (const SteadyTime time : passed_) {
            if (count == 0 || time >= opened + length(window)) {
                opened = time;
                count = 0;
            }
            ++count;
        }
        return count > 0 && now < opened + length(window) ? count : 0;
    }

private:
    QuotaLimits limits_;
    std::vector<SteadyTime> passed_;
};

}  // namespace

TEST_CASE(
    "a window opens with the first request and empties as a whole when its length has passed") {
    QuotaWindows quota(QuotaLimits{{2, std::nullopt, std::nullopt}});
    CHECK_FALSE(quota.take(start + 50s));
    CHECK_FALSE(quota.take(start + 109s));
    CHECK(quota.take(start + 109s + 999ms) == Refusal{Window::minute, 1ms});
    CHECK_FALSE(quota.take(start + 110s));
    CHECK(quota.used(Window::minute, start + 110s) == 1);
    CHECK(quota.used(Window::minute, start + 170s) == 0);
}

TEST_CASE("a window does not end on the clock's minute, and the next opens only with a request") {
    QuotaWindows quota(QuotaLimits{{1, std::nullopt, std::nullopt}});
    CHECK_FALSE(quota.take(start));
    CHECK_FALSE(quota.take(start + 90s));
    CHECK(quota.take(start + 149s) == Refusal{Window::minute, 1s});
}

TEST_CASE("a request needs room in all three windows, and the longest wait is named") {
    QuotaWindows quota(QuotaLimits{{2, 3, 4}});
    CHECK_FALSE(quota.take(start));
    CHECK_FALSE(quota.take(start + 1s));
    CHECK(quota.take(start + 2s) == Refusal{Window::minute, 58s});
    CHECK_FALSE(quota.take(start + 60s));
    CHECK(quota.take(start + 61s) == Refusal{Window::hour, 3539s});
    CHECK_FALSE(quota.take(start + 1h));
    CHECK(quota.take(start + 1h) == Refusal{Window::day, 23h});
    CHECK_FALSE(quota.take(start + 24h));
}

TEST_CASE("a refused request uses up nothing, unless refused requests count") {
    QuotaWindows forgiving(QuotaLimits{{1, 10, std::nullopt}});
    QuotaWindows strict(QuotaLimits{{1, 10, std::nullopt}}, true);
    for (QuotaWindows* quota : {&forgiving, &strict}) {
        CHECK_FALSE(quota->take(start));
        CHECK(quota->take(start + 1s));
    }
    CHECK(forgiving.used(Window::hour, start + 1s) == 1);
    CHECK(strict.used(Window::hour, start + 1s) == 2);
    CHECK(strict.left(Window::minute, start + 1s) == 0U);
}

TEST_CASE("an unlimited window never refuses, and is counted all the same") {
    QuotaWindows quota(QuotaLimits{});
    for (int request = 0; request < 5000; ++request)
        CHECK_FALSE(quota.take(start));
    CHECK(quota.used(Window::day, start) == 5000);
    CHECK_FALSE(quota.left(Window::day, start));
}

TEST_CASE("a limit of nothing refuses everything") {
    QuotaWindows quota(QuotaLimits{{0, 10, 10}});
    CHECK(quota.take(start) == Refusal{Window::minute, 1min});
    CHECK(quota.used(Window::hour, start) == 0);
}

TEST_CASE("the windows agree with the rules told plainly, for any limits and times") {
    CHECK(rc::check([] {
        QuotaLimits limits;
        for (auto& limit : limits.per_window)
            if (*rc::gen::inRange(0, 4) > 0)
                limit = static_cast<std::uint32_t>(*rc::gen::inRange(1, 12));
        QuotaWindows quota(limits);
        Reference reference(limits);
        SteadyTime now = start;
        const auto gaps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40));
        for (const int gap : gaps) {
            // Mostly seconds, now and then the better part of an hour or of a day.
            now += gap < 30 ? Duration(std::chrono::seconds(gap))
                            : Duration(std::chrono::minutes((gap - 30) * (gap - 30) * 9));
            const auto refusal = quota.take(now);
            RC_ASSERT(refusal.has_value() != reference.take(now));
            for (const Window window : windows)
                RC_ASSERT(quota.used(window, now) == reference.used(window, now));
            if (refusal) {
                RC_ASSERT(quota.used(refusal->window, now + refusal->wait) == 0U);
                RC_ASSERT(quota.used(refusal->window, now + refusal->wait - 1ns) > 0U);
            }
        }
    }));
}
