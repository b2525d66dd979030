#pragma once

// May I send now, else when? The gate models the three fixed windows of one
// endpoint (facts.md, "Quota") from what it is told: that a request leaves, and
// how it ended. It holds no clock: every call takes the time.
//
// What it promises: as long as nobody else uses the windows and they were not
// open before, no request that it permits is answered 429, whatever the
// latencies. Somebody else's requests show in the headers of the next answer,
// and from then on the gate believes in no more room than they leave.
//
// How each window is modelled: window_model.hpp. What it does not do yet: learn
// the end of a window that was open before the run by sending into it, keep
// windows between runs, or hold a reserve.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/permit.hpp"
#include "seqload/quota/quota_reading.hpp"
#include "seqload/quota/window_model.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace seqload::quota {

// No room. Ask again at `when`, and also whenever a request in flight has ended
// or a permit was dropped, because that may make room earlier.
struct WaitUntil {
    SteadyTime when;  // later than the time of asking
    Window window;    // which window makes us wait; of several the one that ends last

    bool operator==(const WaitUntil&) const = default;
};

// Times given to a gate never go back. Not safe to share between threads.
class Gate {
public:
    // The limits to start with; headers correct them.
    explicit Gate(QuotaLimits limits);

    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    std::variant<Permit, WaitUntil> ask(SteadyTime now);

    // The request leaves now. Throws std::logic_error for a permit that was
    // moved from or is another gate's.
    Ticket sent(Permit permit, SteadyTime now);

    // Each ticket ends with exactly one of these; a second end, or a ticket of
    // another gate, is a std::logic_error.

    // Any answer but 429, whatever it says.
    void answered(Ticket ticket, SteadyTime now, const QuotaReading& reading);
    // No answer: it may have counted.
    void lost(Ticket ticket, SteadyTime now);
    // It failed before it left this machine whole: it did not count.
    void never_sent(Ticket ticket);
    // 429. retry_after: what the header said; window: the one that the message
    // named. Where neither is known, the reading or the model has to tell.
    void rate_limited(Ticket ticket, SteadyTime now, std::optional<Duration> retry_after,
                      std::optional<Window> window, const QuotaReading& reading);

    // For the status line and the summary.
    struct WindowState {
        std::optional<std::uint32_t> limit;   // nullopt: unlimited
        std::uint32_t used = 0;               // requests in flight included
        std::optional<std::uint32_t> left;    // nullopt: unlimited
        std::optional<SteadyTime> resets_at;  // at the latest; nullopt: not known, or not open

        bool operator==(const WindowState&) const = default;
    };
    struct Snapshot {
        std::array<WindowState, 3> per_window;

        const WindowState& operator[](Window window) const {
            return per_window[static_cast<std::size_t>(window)];
        }
    };
    Snapshot snapshot(SteadyTime now);

private:
    struct InFlight {
        Ticket ticket;
        SteadyTime sent;
    };

    void advance(SteadyTime now);
    SteadyTime take(Ticket ticket);  // out of flight; when it was sent
    std::uint32_t pending() const;
    Window used_up(SteadyTime now, std::optional<Duration> retry_after, std::optional<Window> named,
                   const QuotaReading& reading) const;

    std::array<WindowModel, 3> windows_;
    std::vector<InFlight> in_flight_;  // as many as there are connections: a few
    std::uint64_t last_ticket_ = 0;
    std::shared_ptr<std::uint32_t> permits_ = std::make_shared<std::uint32_t>(0);
};

}  // namespace seqload::quota
