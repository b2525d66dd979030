#pragma once

// May I send now, else when? The gate models the three fixed windows of one
// endpoint (facts.md, "Quota") from what it is told: that a request leaves, and
// how it ended. It holds no clock: every call takes the time.
//
// Alone
//   Windows that nobody else uses, fresh or remembered: no request that the gate
//   permits is answered 429, whatever the latencies and whatever gets lost. A
//   window of which nothing is known is believed to be fresh; the first request of
//   all goes alone, and what its answer says of the windows holds for the others.
//   An answer that is long in coming is not waited for: each five seconds one more
//   request goes without it. Only then can a limit that was believed too large cost a 429.
//
// Beside other tools
//   Their requests show in the headers of the next answer, and from then on the
//   gate believes in no more room than they leave. Near the limit requests go
//   one by one, so that what the others take unseen (up to unseen_burst at once)
//   refuses one of ours, not many: at most one in each window, once they have been
//   seen. A window that others opened ends at a time that nobody told us: when it
//   is full and no other window is in the way, a single request sounds it. Either
//   it passes, then the window is new, or its 429 says when it ends.
//
// With a reserve
//   A share of each window that the gate leaves to the team's other tools: it
//   sends only while the count is below the rest. Where the reserve is reached in
//   a window of unknown end, sounding cannot be refused but would use the reserve:
//   only one request for each ten in reserve, and no more than ten in all, look
//   whether the window has ended, spread evenly over its length. A reserve of less
//   than ten is never touched; the wait is then a length at most, and only once.
//
// Several gates
//   Processes and successive runs that share the windows keep one log of events.
//   A new gate first hears the last 24 hours of it, in order; later, before each
//   ask and before each event of its own, it hears what has been added. If asking
//   and adding Sent are one atomic step of the log, all gates together keep what a
//   single one promises. What was sent and never ended, because its process died,
//   is held for in flight for a while and then for lost: it may have counted.
//   A wall clock that jumped back makes no gate wait longer than a length from now;
//   one that jumped forward costs one 429.
//
// How each window is modelled: window_model.hpp.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/event.hpp"
#include "seqload/quota/permit.hpp"
#include "seqload/quota/quota_reading.hpp"
#include "seqload/quota/window_model.hpp"

#include <array>
#include <chrono>
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
    // Not the window's end, which nobody knows yet, but the next look at it: one
    // request goes ahead, or has gone, to learn it.
    bool sounding = false;

    bool operator==(const WaitUntil&) const = default;
};

// Names another process or run that shares the windows. Its tickets are its own.
using Source = std::uint32_t;

// A request of another process that has not ended by then is held for lost.
inline constexpr Duration longest_flight = std::chrono::minutes(5);

// Times given to a gate never go back. Not safe to share between threads.
class Gate {
public:
    // The limits to start with; headers correct them. reserve: the share of each
    // limit that is left to others; outside 0..1 it is std::invalid_argument. At
    // least one request of each window is always ours.
    explicit Gate(QuotaLimits limits, double reserve = 0);

    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    std::variant<Permit, WaitUntil> ask(SteadyTime now);

    // The request leaves now, or a little later. Throws std::logic_error for a
    // permit that was moved from or is another gate's.
    Ticket sent(Permit permit, SteadyTime now);

    // Each ticket ends with exactly one event; a second end, a ticket of another
    // gate, or a Sent, which needs a permit, is a std::logic_error.
    void tell(const Event& end);

    // The same in single words.
    void answered(Ticket ticket, SteadyTime now, const QuotaReading& reading);
    void lost(Ticket ticket, SteadyTime now);
    void never_sent(Ticket ticket);
    void rate_limited(Ticket ticket, SteadyTime now, std::optional<Duration> retry_after,
                      std::optional<Window> window, const QuotaReading& reading);

    // What another process did, perhaps some time ago; what would lie after now is
    // taken to be now, and what lies before an event that the gate already knows to
    // be no earlier than that one. Ends of requests that it has not heard of, or
    // holds for lost, are passed over.
    void heard(Source source, const Event& event, SteadyTime now);

    // False once headers have told that no window is limited: then nobody needs to
    // hear of requests.
    bool limited() const;

    // For the status line and the summary.
    struct WindowState {
        std::optional<std::uint32_t> limit;   // nullopt: unlimited
        std::uint32_t reserve = 0;            // how many of these are left to others
        std::uint32_t used = 0;               // requests in flight included
        std::optional<std::uint32_t> left;    // for us; nullopt: unlimited
        std::optional<SteadyTime> resets_at;  // at the latest; nullopt: not known, or not open
        bool exact = false;                   // resets_at is the end, to a few seconds

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
        std::optional<Source> source;  // nullopt: our own
        Ticket ticket;
        SteadyTime sent;
    };

    void advance(SteadyTime now);
    void move_on(SteadyTime now);
    void give_up_on_the_dead(SteadyTime now);
    std::optional<SteadyTime> take(std::optional<Source> source, Ticket ticket);
    void add(std::optional<Source> source, Ticket ticket, SteadyTime at);
    void settle(SteadyTime sent, const Event& end, SteadyTime at);
    void refuse(SteadyTime sent, const RateLimited& end, SteadyTime at);
    std::uint32_t pending() const;
    bool must_go_alone(SteadyTime now) const;
    Window used_up(SteadyTime now, const RateLimited& refusal) const;

    std::array<WindowModel, 3> windows_;
    std::vector<InFlight> in_flight_;  // as many as there are connections: a few
    std::uint64_t last_ticket_ = 0;
    std::shared_ptr<std::uint32_t> permits_ = std::make_shared<std::uint32_t>(0);
    SteadyTime latest_ = SteadyTime::min();  // of all that it was told
    std::optional<SteadyTime> last_answer_;  // to anyone
    bool answered_ = false;                  // one of our own
    bool others_about_ = false;              // somebody outside the log uses the windows, too
};

}  // namespace seqload::quota
