#include "seqload/app/errand_log.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/local_time.hpp"
#include "seqload/base/text.hpp"

#include <chrono>

#include <spdlog/spdlog.h>

namespace seqload::app {

using namespace std::chrono_literals;

namespace {

constexpr auto line_every = 10s;

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

void ErrandLog::request_sent() {
    ++sent_;
    waiting_for_.reset();
}

void ErrandLog::settled(std::uint64_t items) {
    settled_ += items;
    const WallTime now = clock_.wall();
    if (quiet_ || live_ || (settled_ < items_ && now - last_line_ < line_every))
        return;
    last_line_ = now;
    spdlog::info("{} of {} {}, {} sent", grouped(settled_), counted(items_, words_.item),
                 words_.done, counted(sent_, "request"));
}

void ErrandLog::will_retry(std::string_view trouble, Duration after) {
    if (!quiet_)
        spdlog::warn("{}; trying again in {}", printable(trouble), describe(after));
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
    spdlog::info("the {} quota of this route is used up: waiting {}, until {}", name(window),
                 describe(virtual_time_left),
                 local_time_text(view.after(virtual_time_left), view.now));
}

}  // namespace seqload::app
