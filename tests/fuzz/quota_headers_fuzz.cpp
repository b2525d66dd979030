// Whatever quota a server claims in its headers: the gate stays in order. Each
// line of the input is one answer: the value of the limits, of the counts and of
// what is left, parted by blanks; a line that begins with '!' is a 429.

#include "fuzz/must.hpp"
#include "seqload/base/header_fields.hpp"
#include "seqload/base/text.hpp"
#include "seqload/quota/gate.hpp"
#include "seqload/quota/quota_reading.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace {

using namespace seqload;
using fuzz::must;

quota::QuotaReading reading_in(std::string_view line) {
    HeaderFields fields;
    const auto words = split(line, ' ');
    for (const std::string name : {"minute", "hourly", "daily", "24-hour"}) {
        fields.add("x-rate-limit-" + name, std::string(words[0]));
        if (words.size() > 1)
            fields.add("x-" + name + "-usage", std::string(words[1]));
        if (words.size() > 2)
            fields.add("x-" + name + "-requests-left", std::string(words[2]));
    }
    return quota::read_quota(fields);
}

// Waits as long as the gate says until it permits a request. What was sent before
// may have to leave its windows one by one.
quota::Permit permit_of(quota::Gate& gate, SteadyTime& now, std::size_t sent) {
    for (std::size_t waits = 0; waits < 10 + 3 * sent; ++waits) {
        auto answer = gate.ask(now);
        if (auto* permit = std::get_if<quota::Permit>(&answer))
            return std::move(*permit);
        const SteadyTime when = std::get<quota::WaitUntil>(answer).when;
        must(when > now, "the wait is for a time to come");
        must(when <= now + std::chrono::hours(49), "no wait is longer than two days");
        now = when;
    }
    must(false, "with nothing in flight, waiting leads to a permit");
    std::unreachable();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    quota::Gate gate(basic_plan);
    SteadyTime now{};
    std::size_t sent = 0;
    for (const std::string_view line : split(input, '\n')) {
        const quota::Ticket ticket = gate.sent(permit_of(gate, now, sent++), now);
        now += std::chrono::milliseconds(50 + line.size());
        if (line.starts_with('!')) {
            gate.rate_limited(ticket, now, std::nullopt, std::nullopt, reading_in(line.substr(1)));
        } else {
            gate.answered(ticket, now, reading_in(line));
        }
    }
    for (const auto& window : gate.snapshot(now).per_window)
        must(!window.limit || *window.left <= *window.limit, "no more is left than the limit");
    return 0;
}
