#include "seqload/dispatch/quota_event_text.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using namespace seqload::dispatch;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime wall_at{1000h};

std::optional<std::uint32_t> perhaps_a_number() {
    if (*rc::gen::arbitrary<bool>())
        return std::nullopt;
    return *rc::gen::arbitrary<std::uint32_t>();
}

quota::QuotaReading any_reading() {
    quota::QuotaReading reading;
    for (const Window window : windows)
        reading[window] = {.unlimited = *rc::gen::arbitrary<bool>(),
                           .limit = perhaps_a_number(),
                           .used = perhaps_a_number(),
                           .left = perhaps_a_number()};
    return reading;
}

quota::Event any_event() {
    const quota::Ticket ticket{*rc::gen::arbitrary<std::uint64_t>()};
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return quota::Sent{ticket, wall_at};
        case 1:
            return quota::Answered{ticket, wall_at, any_reading()};
        case 2:
            return quota::Lost{ticket, wall_at};
        case 3:
            return quota::NeverSent{ticket, wall_at};
        default: {
            quota::RateLimited limited{ticket, wall_at, std::nullopt, std::nullopt, any_reading()};
            if (*rc::gen::arbitrary<bool>())
                limited.retry_after = std::chrono::seconds(*rc::gen::inRange(0, 86'401));
            if (*rc::gen::arbitrary<bool>())
                limited.window = *rc::gen::elementOf(windows);
            return limited;
        }
    }
}

}  // namespace

TEST_CASE("what was written is read again") {
    CHECK(rc::check([] {
        const quota::Event event = any_event();
        RC_ASSERT(read_event(to_text(event), wall_at) == std::optional(event));
    }));
}

TEST_CASE("the words in the log are those that stand in the log of earlier versions") {
    quota::RateLimited limited{{7}, wall_at, 90s, Window::hour, {}};
    limited.reading[Window::hour] = {.limit = 400, .used = 400, .left = 0};
    CHECK(to_text(quota::Sent{{7}, wall_at}) == R"({"sent":7})");
    CHECK(
        to_text(limited) ==
        R"({"hour":{"left":0,"limit":400,"used":400},"rate_limited":7,"retry_after":90.0,"window":"hour"})");
}

TEST_CASE("what cannot be read is no event") {
    for (const std::string text : {"", "7", "[]", "{}", R"({"sent":"7"})", R"({"sent":-7})",
                                   R"({"sent":7.5})", R"({"later":7})", R"({"sent":7)"}) {
        CAPTURE(text);
        CHECK_FALSE(read_event(text, wall_at).has_value());
    }
}

TEST_CASE("a wait that no window can ask for is not believed") {
    for (const std::string wait : {"-1", "1e99", R"("90")", "null"}) {
        CAPTURE(wait);
        const auto event = read_event(R"({"rate_limited":7,"retry_after":)" + wait + "}", wall_at);
        REQUIRE(event.has_value());
        CHECK_FALSE(std::get<quota::RateLimited>(*event).retry_after.has_value());
    }
}
