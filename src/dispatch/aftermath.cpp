#include "seqload/dispatch/aftermath.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/dispatch/backoff.hpp"
#include "seqload/dispatch/halves.hpp"

#include <optional>
#include <utility>

namespace seqload::dispatch {

namespace asio = boost::asio;

asio::awaitable<void> Aftermath::follow_up(Job job, const TryResult& result, SteadyTime sent_at) {
    // What never left is an attempt only if others get through (spec.md, "Attempts").
    const bool counts =
        result.end != TryEnd::rate_limited &&
        (result.end != TryEnd::never_left || parts_.outage.succeeded_since(sent_at));
    if (counts)
        ++job.attempts;
    if (result.http_status != 0)
        job.last_http_status = result.http_status;

    const NextStep step = next_step(result.end, standing(job));
    switch (step.step) {
        case Step::settle:
            co_await settle(std::move(job), result);
            break;
        case Step::retry:
            co_await retry(std::move(job), step.in_doubt, result);
            break;
        case Step::wait_for_window:
            co_await back_to_waiting(std::move(job), true);
            break;
        case Step::halve:
            co_await halve(std::move(job), result);
            break;
        case Step::settle_all:
            co_await settle_all(std::move(job), step, step.reason, result.message,
                                result.request_id);
            break;
        case Step::fail_target:
            parts_.dead_targets.refused(job.batch.target, {result.refusal, result.message});
            parts_.listener.target_refused(job, result);
            co_await settle_all(std::move(job), step, result.refusal, result.message,
                                result.request_id);
            break;
        case Step::stop_run:
            parts_.must_stop(StopReason::key_refused,
                             Error{ErrorKind::refused_key, result.message, "Apollo",
                                   "check APOLLO_API_KEY: adding contacts needs a master key"},
                             result.request_id);
            co_await back_to_waiting(std::move(job), false);
            break;
    }
}

asio::awaitable<void> Aftermath::take_back(Job job) {
    state::Change waiting =
        state::BatchWaiting{.batch = job.number, .not_begun = true, .at = parts_.clock.wall()};
    co_await recorded(std::move(waiting));
    parts_.agenda.put_back(std::move(job));
}

asio::awaitable<void> Aftermath::settle(Job job, const TryResult& result) {
    apollo::Settlement settlement = apollo::settle(job.batch, result.answer, job.in_doubt);
    co_await record_settled(std::move(job), std::move(settlement), result.request_id);
}

asio::awaitable<void> Aftermath::give_up_unsent(Job job, Refusal refusal) {
    const NextStep step = next_step(TryEnd::target_unusable, standing(job));
    co_await settle_all(std::move(job), step, refusal.reason, "not sent: " + refusal.message, {});
}

// The same fate for every row of the batch.
asio::awaitable<void> Aftermath::settle_all(Job job, NextStep step, std::string_view failure_reason,
                                            std::string detail, std::string request_id) {
    const std::string_view why =
        step.status == RowStatus::unconfirmed ? step.reason : failure_reason;
    apollo::Settlement settlement{apollo::all(job.batch, step.status, why, detail), {}};
    co_await record_settled(std::move(job), std::move(settlement), std::move(request_id));
}

asio::awaitable<void> Aftermath::record_settled(Job job, apollo::Settlement settlement,
                                                std::string request_id) {
    if (job.is_canary)
        judge_canary(job.batch, settlement.outcomes);
    const bool nobody_is_known = apply_brake(settlement.outcomes);
    state::StatusCounts rows;
    for (const Outcome& outcome : settlement.outcomes)
        ++rows[outcome.status];
    state::Change settled = state::BatchSettled{
        .batch = job.number,
        .content = job.recorded ? std::nullopt : std::optional(job.batch),
        .outcomes = std::move(settlement.outcomes),
        .label_contacts = std::move(settlement.label_contacts),
        .http_status = job.last_http_status,
        .attempts = job.attempts,
        .request_id = request_id,
        .at = parts_.clock.wall(),
    };
    if (co_await recorded(std::move(settled))) {
        parts_.agenda.finished(job);
        parts_.listener.rows_settled(job, rows, request_id);
        if (nobody_is_known)
            parts_.listener.knows_nobody();
    } else {
        parts_.agenda.put_back(std::move(job));
    }
}

asio::awaitable<void> Aftermath::retry(Job job, bool in_doubt, const TryResult& result) {
    job.in_doubt = in_doubt;
    ++job.failed_tries;
    const WallTime at = parts_.clock.wall();
    state::Change change = state::BatchWaiting{.batch = job.number, .at = at};
    if (in_doubt)
        change = state::BatchInDoubt{.batch = job.number, .at = at};
    co_await recorded(std::move(change));

    const SteadyTime now = parts_.clock.now();
    if (parts_.outage.must_give_up(now)) {
        parts_.must_stop(
            StopReason::gave_up,
            Error{ErrorKind::stopped,
                  "nothing got through for " + describe(now - *parts_.outage.since()) +
                      "; last: " + result.message,
                  "Apollo", "see that the API can be reached, then go on with `seqload resume`"},
            result.request_id);
    }
    const Duration after = backoff(job.failed_tries, parts_.random.unit());
    parts_.listener.will_retry(job, result, after);
    parts_.agenda.defer(std::move(job), now + after);
}

asio::awaitable<void> Aftermath::back_to_waiting(Job job, bool rate_limited) {
    state::Change waiting = state::BatchWaiting{
        .batch = job.number, .rate_limited = rate_limited, .at = parts_.clock.wall()};
    co_await recorded(std::move(waiting));
    parts_.agenda.put_back(std::move(job));
}

asio::awaitable<void> Aftermath::halve(Job job, const TryResult& result) {
    auto [first_batch, second_batch] = halves(job.batch);
    Job first = part_of(job, parts_.next_number(), std::move(first_batch));
    Job second = part_of(job, parts_.next_number(), std::move(second_batch));

    state::BatchSplit split{.batch = job.number, .halves = {}, .at = parts_.clock.wall()};
    split.halves.emplace_back(first.number, first.batch);
    split.halves.emplace_back(second.number, second.batch);
    state::Change change = std::move(split);
    if (co_await recorded(std::move(change))) {
        parts_.listener.batch_halved(job, result);
        parts_.agenda.split(std::move(first), std::move(second));
    } else {
        parts_.agenda.put_back(std::move(job));
    }
}

asio::awaitable<bool> Aftermath::recorded(state::Change change) {
    const Result<> result = co_await parts_.journal.record(std::move(change));
    if (!result)
        parts_.must_stop(StopReason::state_failed, result.error(), {});
    co_return result.has_value();
}

// A run that is going wrong is stopped. Whether it has just shown that Apollo knows nobody.
bool Aftermath::apply_brake(const std::vector<Outcome>& outcomes) {
    const bool knew_nobody = brake_.knows_nobody();
    brake_.take(outcomes);
    if (auto verdict = brake_.verdict())
        parts_.must_stop(
            StopReason::brake,
            Error{ErrorKind::stopped, *std::move(verdict), "",
                  "look at the report; `seqload resume` goes on, `seqload undo` takes back"},
            {});
    return !knew_nobody && brake_.knows_nobody();
}

// Before any other batch leaves.
void Aftermath::judge_canary(const Batch& batch, const std::vector<Outcome>& outcomes) {
    for (const Outcome& outcome : outcomes) {
        if (outcome.status == RowStatus::added)
            ++passed_canary_.added;
        if (outcome.status == RowStatus::already_in_sequence)
            ++passed_canary_.already_in_sequence;
    }
    auto failure = parts_.canary.verdict(parts_.targets[batch.target], batch, outcomes);
    if (failure)
        parts_.must_stop(StopReason::canary, *std::move(failure), {});
}

Standing Aftermath::standing(const Job& job) const {
    return {job.attempts - job.attempts_before, parts_.attempts, job.batch.size(), job.in_doubt};
}

}  // namespace seqload::dispatch
