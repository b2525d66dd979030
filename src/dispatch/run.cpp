#include "seqload/dispatch/run.hpp"

#include "seqload/apollo/settle.hpp"
#include "seqload/base/duration_text.hpp"
#include "seqload/base/thrown.hpp"
#include "seqload/dispatch/admission.hpp"
#include "seqload/dispatch/agenda.hpp"
#include "seqload/dispatch/backoff.hpp"
#include "seqload/dispatch/canary_watch.hpp"
#include "seqload/dispatch/dead_targets.hpp"
#include "seqload/dispatch/halves.hpp"
#include "seqload/dispatch/journal.hpp"
#include "seqload/dispatch/next_step.hpp"
#include "seqload/dispatch/offload.hpp"
#include "seqload/dispatch/outage.hpp"
#include "seqload/dispatch/shared_windows.hpp"
#include "seqload/dispatch/try_result.hpp"
#include "seqload/net/bell.hpp"

#include <exception>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/co_spawn.hpp>

namespace seqload::dispatch {

namespace asio = boost::asio;

class Run::Impl {
public:
    Impl(const asio::any_io_executor& loop, Parts parts, state::RunId id, RunOptions options)
        : loop_(loop),
          parts_(std::move(parts)),
          options_(std::move(options)),
          bell_(loop),
          windows_(parts_.gate, parts_.clock),
          journal_(parts_.store, std::move(id), windows_, loop),
          outage_(options_.give_up_after),
          admission_({.gate = parts_.gate,
                      .journal = journal_,
                      .clock = parts_.clock,
                      .bell = bell_,
                      .outage = outage_,
                      .patience = options_.patience,
                      .waiting = [this](const Wait& wait) { parts_.listener.waiting(wait); },
                      .must_stop = [this](StopReason reason,
                                          Error error) { stop(reason, std::move(error)); }}),
          agenda_(parts_.go_ahead != nullptr),
          dead_targets_(parts_.targets),
          brake_(options_.brake),
          canary_(options_.canary),
          last_number_(parts_.beginning.last_batch) {}

    asio::awaitable<RunEnd> carry_out() {
        if (parts_.route)
            co_await join(*parts_.route);
        co_await take_up_open_batches();
        working_ = options_.workers;
        for (unsigned i = 0; i < options_.workers; ++i)
            asio::co_spawn(loop_, work(),
                           [this](const std::exception_ptr& thrown) { worker_ended(thrown); });
        while (working_ > 0)
            co_await bell_.wait();
        co_await journal_.flush();
        end_.requests = requests_;
        co_return end_;
    }

    void stop(StopReason reason, std::optional<Error> error = std::nullopt,
              std::string request_id = {}) {
        if (!agenda_.stopped()) {
            end_.reason = reason;
            end_.error = std::move(error);
            end_.request_id = std::move(request_id);
        }
        agenda_.stop();
        bell_.ring();
    }

    const RequestCounts& requests() const { return requests_; }

private:
    asio::awaitable<void> join(const state::QuotaRoute& route) {
        const Result<> joined = co_await journal_.join(route);
        if (!joined)
            stop(StopReason::state_failed, joined.error());
    }

    // One worker: takes what the agenda hands out until nothing is left.
    asio::awaitable<void> work() {
        for (bool done = false; !done;) {
            const SteadyTime now = parts_.clock.now();
            auto next = agenda_.next(now);
            if (auto* task = std::get_if<Agenda::Work>(&next)) {
                co_await carry_on(std::move(task->job));
                bell_.ring();
            } else if (std::holds_alternative<Agenda::Fetch>(next)) {
                co_await fetch();
                bell_.ring();
            } else if (const auto* pause = std::get_if<Agenda::WaitUntil>(&next)) {
                parts_.listener.waiting(RetryWait{pause->when - now});
                co_await bell_.doze(parts_.clock.real(pause->when - now));
            } else if (std::holds_alternative<Agenda::Ask>(next)) {
                co_await ask_for_the_rest();
                bell_.ring();
            } else if (std::holds_alternative<Agenda::Wait>(next)) {
                co_await bell_.wait();
            } else {
                done = true;
            }
        }
    }

    // The others settle what they have in hand, whatever one of them has met.
    void worker_ended(const std::exception_ptr& thrown) {
        --working_;
        if (thrown)
            stop(StopReason::machine_failed, thrown_error(thrown));
        bell_.ring();
    }

    asio::awaitable<void> ask_for_the_rest() {
        const PassedCanary canary = passed_canary_;
        if (co_await parts_.go_ahead(canary)) {
            agenda_.go_ahead();
            co_return;
        }
        stop(StopReason::canary,
             Error{ErrorKind::stopped, "the canary passed, and nobody let the rest go out", "",
                   "`seqload resume` sends the rest, `seqload undo` takes the canary back"});
    }

    asio::awaitable<void> take_up_open_batches() {
        std::vector<Job> jobs;
        for (state::OpenBatch& batch : parts_.beginning.open_batches) {
            if (state::lose_answer(batch.state)) {
                state::Change lost =
                    state::BatchInDoubt{.batch = batch.number, .at = parts_.clock.wall()};
                co_await recorded(std::move(lost));
            }
            const bool is_canary = canary_.takes(batch.content);
            jobs.push_back(Job{.number = batch.number,
                               .batch = std::move(batch.content),
                               .attempts = batch.attempts,
                               .attempts_before = batch.attempts,
                               .in_doubt = state::may_have_been_carried_out(batch.state),
                               .recorded = true,
                               .is_canary = is_canary});
        }
        agenda_.fetched(std::move(jobs));
    }

    asio::awaitable<void> fetch() {
        auto read = [this] { return parts_.source.next(); };
        auto batches = co_await offload(reader_thread_, read);
        if (!batches) {
            agenda_.exhausted();
            stop(StopReason::input_failed, std::move(batches.error()));
            co_return;
        }
        if (batches->empty()) {
            agenda_.exhausted();
            co_return;
        }
        std::vector<Job> jobs;
        jobs.reserve(batches->size());
        for (Batch& batch : *batches) {
            const bool is_canary = canary_.takes(batch);
            jobs.push_back(
                Job{.number = ++last_number_, .batch = std::move(batch), .is_canary = is_canary});
        }
        agenda_.fetched(std::move(jobs));
    }

    // One try of a batch, from the permit to what follows from the answer.
    asio::awaitable<void> carry_on(Job job) {
        const std::function<bool()> wanted = [this, target = job.batch.target] {
            return !agenda_.stopped() && dead_targets_.find(target) == nullptr;
        };
        auto permit = co_await admission_.permit(wanted);
        if (const Refusal* refusal = dead_targets_.find(job.batch.target)) {
            const NextStep step = next_step(TryEnd::target_unusable, standing(job));
            const Refusal known = *refusal;
            co_await settle_all(std::move(job), step, known.reason, "not sent: " + known.message);
            co_return;
        }
        if (permit) {
            if (Result<> unchanged = parts_.source.still_stands(); !unchanged)
                stop(StopReason::input_failed, std::move(unchanged.error()));
        }
        if (agenda_.stopped()) {
            agenda_.put_back(std::move(job));
            co_return;
        }

        std::optional<state::Change> in_flight = state::BatchInFlight{
            .batch = job.number,
            .content = job.recorded ? std::nullopt : std::optional(job.batch),
            .attempt = job.attempts + 1,
            .at = parts_.clock.wall(),
        };
        const auto ticket = co_await admission_.depart(*std::move(permit), std::move(in_flight));
        if (!ticket) {
            agenda_.put_back(std::move(job));
            co_return;
        }
        if (job.recorded)
            ++requests_.retried;
        job.recorded = true;
        ++requests_.sent;
        parts_.listener.request_sent(job);

        const SteadyTime sent_at = parts_.clock.now();
        const TryResult result = co_await send(job, *ticket);
        parts_.listener.request_ended(job, result, parts_.clock.now() - sent_at);
        co_await follow_up(std::move(job), result, sent_at);
    }

    // Looks at what became of rows: a run that is going wrong is stopped.
    void apply_brake(const std::vector<Outcome>& outcomes) {
        const bool knew_nobody = brake_.knows_nobody();
        brake_.take(outcomes);
        if (!knew_nobody && brake_.knows_nobody())
            parts_.listener.knows_nobody();
        if (auto verdict = brake_.verdict())
            stop(StopReason::brake,
                 Error{ErrorKind::stopped, *std::move(verdict), "",
                       "look at the report; `seqload resume` goes on, `seqload undo` takes back"});
    }

    // Before any other batch leaves.
    void judge_canary(const Batch& batch, const std::vector<Outcome>& outcomes) {
        for (const Outcome& outcome : outcomes) {
            if (outcome.status == RowStatus::added)
                ++passed_canary_.added;
            if (outcome.status == RowStatus::already_in_sequence)
                ++passed_canary_.already_in_sequence;
        }
        auto failure = canary_.verdict(parts_.targets[batch.target], batch, outcomes);
        if (failure)
            stop(StopReason::canary, std::move(failure));
    }

    asio::awaitable<TryResult> send(const Job& job, quota::Ticket ticket) {
        const Target& target = parts_.targets[job.batch.target];
        const net::Request request = apollo::add_request(target, job.batch, options_.form,
                                                         parts_.credentials, options_.user_agent);
        const auto exchange = blotted(co_await parts_.send(request), parts_.credentials);
        const SteadyTime now = parts_.clock.now();
        TryResult result = read_try(exchange, target.sequence, parts_.clock.wall());
        result.message = parts_.credentials.redacted(result.message);

        if (result.end == TryEnd::rate_limited)
            ++requests_.rate_limited;
        const quota::Event end = quota_event(result, exchange, ticket, now);
        co_await admission_.ended(end);
        if (got_through(result.end)) {
            outage_.succeeded(now);
        } else {
            outage_.failed(now);
        }
        co_return result;
    }

    asio::awaitable<void> follow_up(Job job, const TryResult& result, SteadyTime sent_at) {
        // What never left is an attempt only if others get through (spec.md, "Attempts").
        const bool counts = result.end != TryEnd::rate_limited &&
                            (result.end != TryEnd::never_left || outage_.succeeded_since(sent_at));
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
                dead_targets_.refused(job.batch.target, {result.refusal, result.message});
                parts_.listener.target_refused(job, result);
                co_await settle_all(std::move(job), step, result.refusal, result.message,
                                    result.request_id);
                break;
            case Step::stop_run:
                stop(StopReason::key_refused,
                     Error{ErrorKind::refused_key, result.message, "Apollo",
                           "check APOLLO_API_KEY: adding contacts needs a master key"},
                     result.request_id);
                co_await back_to_waiting(std::move(job));
                break;
        }
    }

    asio::awaitable<void> settle(Job job, const TryResult& result) {
        apollo::Settlement settlement = apollo::settle(job.batch, result.answer, job.in_doubt);
        co_await record_settled(std::move(job), std::move(settlement), result.request_id);
    }

    // The same fate for every row of the batch.
    asio::awaitable<void> settle_all(Job job, NextStep step, std::string_view failure_reason,
                                     std::string detail, std::string request_id = {}) {
        const std::string_view why =
            step.status == RowStatus::unconfirmed ? step.reason : failure_reason;
        apollo::Settlement settlement{apollo::all(job.batch, step.status, why, detail), {}};
        co_await record_settled(std::move(job), std::move(settlement), std::move(request_id));
    }

    asio::awaitable<void> record_settled(Job job, apollo::Settlement settlement,
                                         std::string request_id) {
        const std::vector<Outcome> outcomes = settlement.outcomes;
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
            agenda_.finished(job);
            parts_.listener.rows_settled(job, outcomes, request_id);
            if (job.is_canary)
                judge_canary(job.batch, outcomes);
            apply_brake(outcomes);
        } else {
            agenda_.put_back(std::move(job));
        }
    }

    asio::awaitable<void> retry(Job job, bool in_doubt, const TryResult& result) {
        job.in_doubt = in_doubt;
        ++job.failed_tries;
        const WallTime at = parts_.clock.wall();
        state::Change change = state::BatchWaiting{.batch = job.number, .at = at};
        if (in_doubt)
            change = state::BatchInDoubt{.batch = job.number, .at = at};
        co_await recorded(std::move(change));

        const SteadyTime now = parts_.clock.now();
        if (outage_.must_give_up(now)) {
            stop(StopReason::gave_up,
                 Error{ErrorKind::stopped,
                       "nothing got through for " + describe(now - *outage_.since()) +
                           "; last: " + result.message,
                       "Apollo",
                       "see that the API can be reached, then go on with `seqload resume`"},
                 result.request_id);
        }
        const Duration after = backoff(job.failed_tries, parts_.random.unit());
        parts_.listener.will_retry(job, result, after);
        agenda_.defer(std::move(job), now + after);
    }

    asio::awaitable<void> back_to_waiting(Job job, bool rate_limited = false) {
        state::Change waiting = state::BatchWaiting{
            .batch = job.number, .rate_limited = rate_limited, .at = parts_.clock.wall()};
        co_await recorded(std::move(waiting));
        agenda_.put_back(std::move(job));
    }

    asio::awaitable<void> halve(Job job, const TryResult& result) {
        auto [first_batch, second_batch] = halves(job.batch);
        Job first = part_of(job, ++last_number_, std::move(first_batch));
        Job second = part_of(job, ++last_number_, std::move(second_batch));

        state::BatchSplit split{.batch = job.number, .halves = {}, .at = parts_.clock.wall()};
        split.halves.emplace_back(first.number, first.batch);
        split.halves.emplace_back(second.number, second.batch);
        state::Change change = std::move(split);
        if (co_await recorded(std::move(change))) {
            parts_.listener.batch_halved(job, result);
            agenda_.split(std::move(first), std::move(second));
        } else {
            agenda_.put_back(std::move(job));
        }
    }

    // Whether the change is durable; if not, the run stops.
    asio::awaitable<bool> recorded(state::Change change) {
        const Result<> result = co_await journal_.record(std::move(change));
        if (!result)
            stop(StopReason::state_failed, result.error());
        co_return result.has_value();
    }

    Standing standing(const Job& job) const {
        return {job.attempts - job.attempts_before, options_.attempts, job.batch.size(),
                job.in_doubt};
    }

    asio::any_io_executor loop_;
    Parts parts_;
    RunOptions options_;
    WorkerThread reader_thread_;
    net::Bell bell_;
    SharedWindows windows_;
    Journal journal_;
    Outage outage_;
    Admission admission_;
    Agenda agenda_;
    DeadTargets dead_targets_;
    Brake brake_;
    CanaryWatch canary_;
    PassedCanary passed_canary_;
    RunEnd end_;
    RequestCounts requests_;
    std::int64_t last_number_ = 0;
    unsigned working_ = 0;
};

Run::Run(const asio::any_io_executor& loop, Parts parts, state::RunId id, RunOptions options)
    : impl_(std::make_unique<Impl>(loop, std::move(parts), std::move(id), std::move(options))) {}

Run::~Run() = default;

asio::awaitable<RunEnd> Run::carry_out() {
    return impl_->carry_out();
}

void Run::stop() {
    impl_->stop(StopReason::interrupted);
}

RequestCounts Run::requests() const {
    return impl_->requests();
}

}  // namespace seqload::dispatch
