#include "seqload/app/errand_log.hpp"

#include "seqload/app/log.hpp"
#include "seqload/app/try_text.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/local_time.hpp"
#include "seqload/base/text.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace seqload::app {

using namespace std::chrono_literals;

namespace {

constexpr auto errand_line_every = 10s;

void tell_of_errand(LogLevel level, std::string message) {
    Log::of_process().tell({.level = level, .message = std::move(message)});
}

void tell_of(const dispatch::Errand& errand, const dispatch::TryResult& result, LogLevel level,
             std::string message) {
    Log::of_process().tell({.level = level,
                            .message = std::move(message),
                            .sequence_id = errand.sequence ? errand.sequence->text() : "",
                            .request_id = result.request_id});
}

}  // namespace

ErrandLog::ErrandLog(const Clock& clock, std::uint64_t items, bool quiet, bool live, Words words)
    : clock_(clock),
      items_(items),
      quiet_(quiet),
      live_(live),
      words_(words),
      last_line_(clock.wall()) {}

ErrandProgress ErrandLog::progress() const {
    ErrandProgress progress{.item = words_.item,
                            .done = words_.done,
                            .items = items_,
                            .settled = settled_,
                            .requests_sent = sent_,
                            .waiting = {}};
    if (waiting_for_) {
        const Duration left = waiting_for_->until - clock_.now();
        progress.waiting = {waiting_for_->window, view_of(clock_).after(left)};
    }
    return progress;
}

void ErrandLog::request_sent(const dispatch::Errand& /*errand*/) {
    ++sent_;
    waiting_for_.reset();
}

void ErrandLog::request_ended(const dispatch::Errand& errand, const dispatch::TryResult& result) {
    if (!quiet_)
        tell_of(
            errand, result, LogLevel::debug,
            joined("a request for ", counted(errand.items, words_.item), ": ", try_text(result)));
}

void ErrandLog::settled(std::uint64_t items) {
    settled_ += items;
    const WallTime now = clock_.wall();
    if (quiet_ || live_ || items_ == 0 ||
        (settled_ < items_ && now - last_line_ < errand_line_every))
        return;
    last_line_ = now;
    tell_of_errand(LogLevel::info,
                   joined(grouped(settled_), " of ", counted(items_, words_.item), " ", words_.done,
                          ", ", counted(sent_, "request"), " sent"));
}

void ErrandLog::will_retry(const dispatch::Errand& errand, const dispatch::TryResult& result,
                           Duration after) {
    if (!quiet_)
        tell_of(errand, result, LogLevel::warning,
                joined(printable(result.message), "; trying again in ", describe(after)));
}

void ErrandLog::waiting_for_quota(Window window, Duration virtual_time_left) {
    const SteadyTime until = clock_.now() + virtual_time_left;
    const bool known =
        waiting_for_ && until - waiting_for_->until < 1s && waiting_for_->until - until < 1s;
    if (quiet_ || known || virtual_time_left < 2s)
        return;
    waiting_for_ = {window, until};
    if (live_)
        return;
    const WallView view = view_of(clock_);
    tell_of_errand(LogLevel::info,
                   joined("the ", name(window), " quota of this route is used up: waiting ",
                          describe(virtual_time_left), ", until ",
                          local_time_text(view.after(virtual_time_left), view.now)));
}

}  // namespace seqload::app
