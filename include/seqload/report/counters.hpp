#pragma once

// What a run counts besides its rows: requests, bytes, how the quota stood at its
// end, and how long it was to take. The state keeps it as text (state::Ending::counters_json), so
// that a run's reports can be made again.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/quota_limits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::report {

struct RequestCounters {
    std::uint64_t sent = 0;          // retries included
    std::uint64_t retried = 0;       // sent for a batch that had been sent before
    std::uint64_t rate_limited = 0;  // answered 429

    bool operator==(const RequestCounters&) const = default;
};

struct WindowCounters {
    std::optional<std::uint32_t> limit;  // nullopt: unlimited
    std::uint32_t used = 0;
    std::optional<std::uint32_t> left;    // for us; nullopt: unlimited
    std::optional<WallTime> resets_at{};  // at the latest; nullopt: not known, or not open

    bool operator==(const WindowCounters&) const = default;
};

// Of requests and answers as HTTP has them, headers included, TLS not.
struct ByteCounters {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;

    bool operator==(const ByteCounters&) const = default;
};

// How long the quota makes a number of requests take, from some moment on.
struct QuotaForecast {
    std::uint64_t requests = 0;
    Duration duration{};  // virtual
    WallTime finishes_at{};

    bool operator==(const QuotaForecast&) const = default;
};

struct Counters {
    RequestCounters requests;
    std::array<WindowCounters, windows.size()> quota{};  // by Window
    ByteCounters bytes;

    // Made when the sending began; of a run that was taken up again, the last time.
    // nullopt: nothing was to be sent, or an older seqload has written it down.
    std::optional<QuotaForecast> forecast{};
    Duration took{};  // virtual; from that moment to the end
    // Of a run that stopped before its end: if it had gone on at once.
    std::optional<QuotaForecast> remaining{};

    const WindowCounters& operator[](Window window) const {
        return quota[static_cast<std::size_t>(window)];
    }
    WindowCounters& operator[](Window window) { return quota[static_cast<std::size_t>(window)]; }

    bool operator==(const Counters&) const = default;
};

// As JSON on one line, with the members that summary.json has of them.
std::string to_json_text(const Counters& counters);

// What to_json_text made. Empty text, of a run that was killed, gives zeros.
// Error: local_fault, if it is no such text.
Result<Counters> read_counters(std::string_view json_text);

}  // namespace seqload::report
