// Whatever stands in the state's log of the quota: it is passed over, or an event
// that stands in the log as the same event again, and that a gate can bear.

#include "fuzz/must.hpp"
#include "seqload/dispatch/quota_event_text.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

namespace {

using namespace seqload;
using fuzz::must;

// Seconds are written as a number with a fraction: a nanosecond may be lost.
void forget_fractions(quota::Event& event) {
    auto* limited = std::get_if<quota::RateLimited>(&event);
    if (limited != nullptr && limited->retry_after)
        limited->retry_after = std::chrono::round<std::chrono::microseconds>(*limited->retry_after);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const SteadyTime now = SteadyTime{} + std::chrono::hours(1);
    auto event = dispatch::read_event(text, now);
    if (!event)
        return 0;
    must(quota::time_of(*event) == now, "an event has the time of its column");
    if (const auto* limited = std::get_if<quota::RateLimited>(&*event); limited != nullptr)
        must(!limited->retry_after || (*limited->retry_after >= Duration::zero() &&
                                       *limited->retry_after <= std::chrono::hours(24)),
             "a wait is none into the past, nor longer than a day");
    auto again = dispatch::read_event(dispatch::to_text(*event), now);
    must(again.has_value(), "an event that was read can be written");
    forget_fractions(*event);
    forget_fractions(*again);
    must(*again == *event, "it is the same event then");
    return 0;
}
