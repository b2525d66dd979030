#include "seqload/app/run_log.hpp"

#include "seqload/app/log.hpp"
#include "seqload/app/quota_standing.hpp"
#include "seqload/app/try_text.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/plan/forecast.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <variant>

namespace seqload::app {

using namespace std::chrono_literals;

namespace {

// A line of progress at most this often (real time).
constexpr auto run_line_every = 10s;

// A wait that is shorter (in virtual time) is not worth a word.
constexpr Duration short_wait = 2s;
// Two ends of a wait are one, if they are no further apart than this, or this part of it.
constexpr Duration same_end = 1s;
constexpr int same_part = 20;

// How much of a new latency goes into the smoothed one.
constexpr int smoothing = 8;

Duration left_of(const dispatch::Wait& wait) {
    return std::visit([](const auto& kind) { return kind.left; }, wait);
}

// What a wait is for, times aside.
bool same_reason(const dispatch::Wait& left, const dispatch::Wait& right) {
    if (left.index() != right.index())
        return false;
    const auto* quota = std::get_if<dispatch::QuotaWait>(&left);
    return quota == nullptr || quota->window == std::get<dispatch::QuotaWait>(right).window;
}

void tell_of_run(LogLevel level, std::string message) {
    Log::of_process().tell({.level = level, .message = std::move(message)});
}

// "batch 3 (100 rows): ".
std::string called(const dispatch::Job& job) {
    return joined("batch ", std::to_string(job.number), " (", counted(job.batch.size(), "row"),
                  "): ");
}

}  // namespace

RunLog::RunLog(const Parts& parts)
    : parts_(parts), requests_left_(parts.requests), last_line_(parts.clock.wall()) {}

void RunLog::say_progress(bool at_once) {
    const WallTime time = parts_.clock.wall();
    if (parts_.quiet || parts_.live || (!at_once && time - last_line_ < run_line_every))
        return;
    last_line_ = time;
    tell_of_run(LogLevel::info, progress_text(progress(), view_of(parts_.clock)));
}

std::uint64_t RunLog::requests_left() const {
    return std::max(requests_left_, under_way_);
}

Progress RunLog::progress() const {
    const SteadyTime now = parts_.clock.now();
    const WallView view = view_of(parts_.clock);
    const auto quota = parts_.gate.snapshot(now);
    Progress progress{.rows = parts_.rows,
                      .settled = settled_,
                      .requests_sent = sent_,
                      .requests_left = requests_left(),
                      .waiting = {},
                      .to_go = to_go(quota, now)};
    for (const Window window : windows) {
        const quota::Gate::WindowState& state = quota[window];
        if (state.limit)
            progress.quota[static_cast<std::size_t>(window)] = {
                *state.limit - state.reserve, state.left.value_or(0),
                state.resets_at ? std::optional(view.after(*state.resets_at - now)) : std::nullopt};
    }
    if (waiting_for_)
        progress.waiting = {waiting_for_->wait, view.after(waiting_for_->until - now)};
    return progress;
}

// Those under way have counted already.
Duration RunLog::to_go(const quota::Gate::Snapshot& quota, SteadyTime now) const {
    const plan::Pace pace{latency_.value_or(Duration(0)), parts_.connections};
    const std::uint64_t to_send = requests_left() - under_way_;
    return std::max(plan::forecast(to_send, standing_of(quota, now), pace).duration,
                    under_way_ > 0 ? pace.latency : Duration(0));
}

// About the batch of a job, and what Apollo called the request, if it did.
void RunLog::tell_of(const dispatch::Job& job, LogLevel level, std::string message,
                     std::string_view request_id) const {
    Log::of_process().tell({.level = level,
                            .message = std::move(message),
                            .batch = job.number,
                            .sequence_id = parts_.targets[job.batch.target].sequence.text(),
                            .request_id = std::string(request_id)});
}

void RunLog::request_sent(const dispatch::Job& job) {
    ++sent_;
    ++under_way_;
    waiting_for_.reset();
    if (!parts_.quiet)
        tell_of(job, LogLevel::debug, called(job) + "sent", {});
}

void RunLog::request_ended(const dispatch::Job& job, const dispatch::TryResult& result,
                           Duration took) {
    --under_way_;
    latency_ = latency_ ? *latency_ + (took - *latency_) / smoothing : took;
    if (!parts_.quiet)
        tell_of(job, LogLevel::debug,
                joined(called(job), try_text(result), ", after ", describe(took)),
                result.request_id);
}

void RunLog::rows_settled(const dispatch::Job& job, const state::StatusCounts& rows,
                          std::string_view request_id) {
    if (!parts_.quiet)
        tell_of(job, LogLevel::debug, called(job) + outcomes_text(rows), request_id);
    for (const RowStatus status : row_statuses)
        settled_[status] += rows[status];
    requests_left_ -= std::min<std::uint64_t>(requests_left_, 1);
    outage_told_ = false;
    say_progress(settled_.total() == parts_.rows);
}

void RunLog::will_retry(const dispatch::Job& job, const dispatch::TryResult& result,
                        Duration after) {
    if (!parts_.quiet)
        tell_of(
            job, LogLevel::warning,
            joined(called(job), printable(result.message), "; trying again in ", describe(after)),
            result.request_id);
}

void RunLog::batch_halved(const dispatch::Job& job, const dispatch::TryResult& result) {
    ++requests_left_;
    if (!parts_.quiet)
        tell_of(job, LogLevel::warning,
                joined(called(job), printable(result.message),
                       "; halving it to find the rows at fault"),
                result.request_id);
}

void RunLog::target_refused(const dispatch::Job& job, const dispatch::TryResult& result) {
    tell_of(job, LogLevel::error,
            joined(result.refusal, ": ", printable(result.message),
                   "; its other rows are failed without a request"),
            result.request_id);
}

void RunLog::knows_nobody() {
    tell_of_run(
        LogLevel::warning,
        "Apollo knows none of the contacts so far: these look like ids of people, not of contacts; "
        "Ctrl-C stops, and an export of contacts (`Apollo Contact Id`) has the right ones");
}

// Whether it has been said, even if a request has left since that was under way then.
bool RunLog::is_said(const dispatch::Wait& wait, SteadyTime until) const {
    if (std::holds_alternative<dispatch::RetryWait>(wait))
        return true;  // when the batch failed
    if (std::holds_alternative<dispatch::ProbeWait>(wait))
        return outage_told_;
    if (!said_ || !same_reason(said_->wait, wait))
        return false;
    const Duration apart = std::chrono::abs(until - said_->until);
    return apart <= std::max(same_end, left_of(wait) / same_part);
}

void RunLog::waiting(const dispatch::Wait& wait) {
    const SteadyTime until = parts_.clock.now() + left_of(wait);
    const bool is_retry = std::holds_alternative<dispatch::RetryWait>(wait);
    // Others are under way, or wait for something else: then that is what the run waits for.
    if (is_retry && (under_way_ > 0 || waiting_for_))
        return;
    waiting_for_ = {wait, until};
    const bool is_outage = std::holds_alternative<dispatch::ProbeWait>(wait);
    if (parts_.quiet || parts_.live || is_said(wait, until) ||
        (!is_outage && left_of(wait) < short_wait))
        return;
    said_ = waiting_for_;
    outage_told_ = outage_told_ || is_outage;
    say_progress(false);
    const Progress now = progress();
    tell_of_run(LogLevel::info, waiting_text(*now.waiting, now, view_of(parts_.clock)));
}

}  // namespace seqload::app
