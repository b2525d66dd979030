#pragma once

// What is believed of one fixed window of the server's quota. The server opens
// a window with the first request after the last one ended, counts in it, and
// ends it when its length has passed. From here neither moment can be seen, only
// bounded:
//
//        sent   (arrives)   answered
//         |--------*-----------|            the first request of the window
//         ^ opened no earlier  ^ opened no later
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
//   - Whatever a request counted in has ended a length after it was settled.
//
// The windows are believed fresh at the start; the first header that counts
// more requests than ours takes that back. A 429 shuts the window until it
// should have ended; after that one request goes alone, to sound it.
//
// Part of the Gate, which passes on what happened; times never go back.

#include "seqload/base/clock.hpp"
#include "seqload/model/quota_limits.hpp"
#include "seqload/quota/quota_reading.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace seqload::quota {

class WindowModel {
public:
    // limit: nullopt for unlimited; a limit of 0 is std::invalid_argument.
    WindowModel(Window window, std::optional<std::uint32_t> limit);

    // Moves on to now. pending: requests permitted or in flight. Call it before
    // any of the others, with the same now.
    void advance(SteadyTime now, std::uint32_t pending);

    // When one more request besides the pending ones may leave: nullopt means now.
    // Otherwise a time later than now to ask again at, or earlier if something
    // has ended by then.
    std::optional<SteadyTime> blocked_until(SteadyTime now, std::uint32_t pending) const;

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
    bool can_be_full(SteadyTime now) const;

    Window window() const { return window_; }
    const std::optional<std::uint32_t>& limit() const { return limit_; }
    std::uint32_t used(std::uint32_t pending) const;
    // At the latest; nullopt while nothing bounds it.
    std::optional<SteadyTime> ends_at() const;

private:
    std::optional<SteadyTime> opened_no_earlier() const;
    std::optional<SteadyTime> earliest_end() const;
    void begin_next(SteadyTime certain_from, std::optional<SteadyTime> opened_after);
    void begin_seen(SteadyTime sent, SteadyTime now, std::uint32_t count);
    bool shows_next(SteadyTime sent, SteadyTime now, std::uint32_t count) const;
    void seen_open(SteadyTime now);
    void adopt_limit(const WindowReading& reading);
    void adopt_count(SteadyTime sent, SteadyTime now, std::uint32_t count);
    void count_unconfirmed(SteadyTime now);
    SteadyTime told_end(SteadyTime now, Duration retry_after) const;
    SteadyTime next_sounding(SteadyTime now) const;
    bool sounding_shows_next(SteadyTime now, std::optional<std::uint32_t> count) const;

    Window window_;
    Duration length_;
    std::optional<std::uint32_t> limit_;

    // When the current window opened.
    SteadyTime certain_from_ =
        SteadyTime::min();                    // what is sent from here on is not in an older one
    std::optional<SteadyTime> opened_after_;  // surely; nullopt: perhaps long ago
    std::optional<SteadyTime> first_sent_;    // our first request in it
    bool alone_ = true;                       // nobody else's request is known in it
    std::optional<SteadyTime> opened_no_later_;

    // What has counted in it.
    std::uint32_t own_ = 0;               // ours at most, in flight included
    std::uint32_t count_ = 0;             // the largest that a header told
    SteadyTime count_sent_{};             // when the request left whose answer told it
    SteadyTime count_read_{};             // when that answer was read
    std::deque<SteadyTime> unconfirmed_;  // settled at; perhaps not in count_
    std::deque<SteadyTime> maybe_next_;   // settled at; perhaps in the window after this one

    // After a 429.
    std::optional<SteadyTime> shut_until_;  // set: and then sound with a single request
    SteadyTime full_from_{};                // when the last refused request left
    std::optional<SteadyTime> full_since_;  // when the first one of an unbroken series did
};

}  // namespace seqload::quota
