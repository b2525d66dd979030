#include "seqload/app/run_log.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"

#include <chrono>
#include <string>

#include <spdlog/spdlog.h>

namespace seqload::app {

using namespace std::chrono_literals;

namespace {

// A line of progress at most this often (real time).
constexpr auto line_every = 10s;

}  // namespace

RunLog::RunLog(const Clock& clock, std::uint64_t rows, std::uint64_t requests, bool quiet)
    : clock_(clock), rows_(rows), requests_(requests), quiet_(quiet), last_line_(clock.wall()) {}

void RunLog::progress(bool now) {
    const WallTime time = clock_.wall();
    if (quiet_ || (!now && time - last_line_ < line_every))
        return;
    last_line_ = time;
    spdlog::info("{} of {} settled, {} of {} sent", grouped(settled_), counted(rows_, "row"),
                 grouped(sent_), counted(requests_, "request"));
}

void RunLog::request_sent(const dispatch::Job& /*job*/) {
    ++sent_;
    waiting_until_.reset();
}

void RunLog::rows_settled(std::span<const Outcome> outcomes) {
    settled_ += outcomes.size();
    progress(settled_ == rows_);
}

void RunLog::will_retry(const dispatch::Job& job, std::string_view trouble, Duration after) {
    if (!quiet_) {
        spdlog::warn("batch {} ({}): {}; trying again in {}", job.number,
                     counted(job.batch.size(), "row"), printable(trouble), describe(after));
    }
}

void RunLog::batch_halved(const dispatch::Job& job, std::string_view trouble) {
    if (!quiet_) {
        spdlog::warn("batch {} ({}): {}; halving it to find the rows at fault", job.number,
                     counted(job.batch.size(), "row"), printable(trouble));
    }
}

void RunLog::target_refused(TargetIndex /*target*/, std::string_view reason,
                            std::string_view message) {
    spdlog::error("{}: {}; its other rows are failed without a request", reason,
                  printable(message));
}

void RunLog::knows_nobody() {
    spdlog::warn(
        "Apollo knows none of the contacts so far: these look like ids of people, not of contacts; "
        "Ctrl-C stops, and an export of contacts (`Apollo Contact Id`) has the right ones");
}

void RunLog::waiting_for_quota(Window window, Duration virtual_time_left) {
    const SteadyTime until = clock_.now() + virtual_time_left;
    const bool known =
        waiting_until_ && until - *waiting_until_ < 1s && *waiting_until_ - until < 1s;
    if (quiet_ || known || virtual_time_left < 2s)
        return;
    waiting_until_ = until;
    const WallTime at = clock_.wall() + std::chrono::ceil<std::chrono::milliseconds>(
                                            clock_.real(virtual_time_left));
    spdlog::info("the {} quota is used up: waiting {}, until {}", name(window),
                 describe(virtual_time_left), to_text(at));
}

}  // namespace seqload::app
