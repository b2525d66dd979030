#pragma once

// What is believed of one fixed window of the server's quota. The server opens
// a window with the first request after the last one ended, counts in it, and
// ends it when its length has passed. When that is can only be bounded
// (window_span.hpp), and so can the count:
//
//   - The window has surely ended at opened-no-later plus its length, and may
//     have ended from opened-no-earlier plus its length on.
//   - What was answered between these two may belong to the next window; it
//     counts there, too, until a header says otherwise.
//   - A request in flight counts, and one whose answer was lost has counted.
//   - A header's count holds for its own request and all that came before; what
//     ended after that request was sent may not be in it yet.
//   - A smaller count in the answer to a request that was sent after a larger
//     one was read proves that a new window has opened.
//   - As long as nobody else has been seen, no more can have counted than ours.
//   - Whatever a request counted in has ended a length after it was settled.
//
// The windows are believed fresh at the start; the first header that counts
// more requests than ours takes that back: the window is foreign, and when it ends
// is not known to us. A foreign window that is full is sounded by one request
// alone; a 429 shuts the window until it should have ended (shutter.hpp).
//
// "Ours" are all requests that the gate hears of, those of other processes in
// its log included. Part of the Gate, which passes on what happened; times never
// go back.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/quota_reading.hpp"
#include "seqload/quota/shutter.hpp"
#include "seqload/quota/window_span.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>

namespace seqload::quota {

// What the gate knows besides.
struct Moment {
    SteadyTime now;
    std::uint32_t permitted = 0;  // requests that may leave, and have not yet
    std::uint32_t in_flight = 0;
    bool others_about = false;  // somebody outside the log may use the windows unseen

    std::uint32_t pending() const { return permitted + in_flight; }
};

// Other tools may send as many requests at once without our knowing. Near the limit ours
// go one by one.
inline constexpr std::uint32_t unseen_burst = 10;

class WindowModel {
public:
    // limit: nullopt for unlimited; a limit of 0 is std::invalid_argument, and so is a
    // reserve (share of the limit that is not ours) outside 0..1.
    WindowModel(Window window, std::optional<std::uint32_t> limit, double reserve = 0);

    // Moves on. Call it before any of the others, with the same time.
    void advance(const Moment& moment);

    struct Wait {
        SteadyTime until;       // later than the time of asking
        bool sounding = false;  // until then nobody looks whether the window has ended

        bool operator==(const Wait&) const = default;
    };
    // When one more request besides the pending ones may leave, so far as this window
    // is concerned: nullopt means now. Otherwise ask again then, or earlier if
    // something has ended.
    std::optional<Wait> wait() const;

    void request_sent(SteadyTime now);

    // An answer other than 429 to the request of this sending time.
    void answered(SteadyTime sent, SteadyTime now, const WindowReading& reading);
    void lost(SteadyTime now);
    // 429, but another window's fault.
    void refused_elsewhere(SteadyTime sent, SteadyTime now, const WindowReading& reading);
    // 429, because this window is used up.
    void used_up(SteadyTime sent, SteadyTime now, std::optional<Duration> retry_after,
                 const WindowReading& reading);

    // False once it has refused everything for longer than it can have lasted: then
    // another window must be the one that is used up.
    bool can_be_full(SteadyTime now) const { return shutter_.can_be_full(now, span_.length()); }

    Window window() const { return window_; }
    const std::optional<std::uint32_t>& limit() const { return limit_; }
    // What we may bring the count to; only of a limited window.
    std::uint32_t ours() const;
    // Headers have said that it has no limit.
    bool told_unlimited() const { return told_unlimited_; }
    // Pending requests included.
    std::uint32_t used() const { return std::min(used_beside(moment_.pending()), own_at_most()); }
    // Somebody outside the log has used this window.
    bool is_foreign() const { return foreign_; }
    // At the latest; nullopt while nothing bounds it.
    std::optional<SteadyTime> ends_at() const;
    // Whether that is its end but for a few seconds.
    bool end_is_known() const;

private:
    std::uint32_t used_beside(std::uint32_t pending) const;
    std::uint32_t own_at_most() const;
    bool is_crowded() const;
    std::optional<Wait> sound() const;
    Wait look() const;
    SteadyTime modelled_end() const;
    Duration doubt() const;
    std::optional<SteadyTime> next_opened_after() const;
    void begin_next(SteadyTime certain_from, std::optional<SteadyTime> opened_after);
    void begin_seen(SteadyTime sent, SteadyTime now, std::uint32_t count);
    bool shows_next(SteadyTime sent, SteadyTime now, std::uint32_t count) const;
    bool sounding_shows_next(SteadyTime now, std::optional<std::uint32_t> count) const;
    void adopt_limit(SteadyTime sent, const WindowReading& reading);
    void adopt_count(SteadyTime sent, SteadyTime now, std::uint32_t count);
    void count_unconfirmed(SteadyTime now);

    Window window_;
    std::optional<std::uint32_t> limit_;
    SteadyTime limit_sent_ = SteadyTime::min();  // when the request left whose answer told it
    double reserve_;
    bool told_unlimited_ = false;

    WindowSpan span_;
    Shutter shutter_;

    // What has counted in the window.
    std::uint32_t own_ = 0;               // ours at most, in flight included
    bool foreign_ = false;                // others have counted in it, too
    std::uint32_t count_ = 0;             // the largest that a header told
    SteadyTime count_sent_{};             // when the request left whose answer told it
    SteadyTime count_read_{};             // when that answer was read
    std::deque<SteadyTime> unconfirmed_;  // settled at; perhaps not in count_
    std::deque<SteadyTime> maybe_next_;   // settled at; perhaps in the window after this one

    Moment moment_;
    SteadyTime last_sent_ = SteadyTime::min();  // the newest of all our requests
};

}  // namespace seqload::quota
