#include "seqload/dispatch/run.hpp"

#include "seqload/base/thrown.hpp"
#include "seqload/dispatch/admission.hpp"
#include "seqload/dispatch/aftermath.hpp"
#include "seqload/dispatch/agenda.hpp"
#include "seqload/dispatch/canary_watch.hpp"
#include "seqload/dispatch/dead_targets.hpp"
#include "seqload/dispatch/head_start.hpp"
#include "seqload/dispatch/journal.hpp"
#include "seqload/dispatch/offload.hpp"
#include "seqload/dispatch/outage.hpp"
#include "seqload/dispatch/seats.hpp"
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

namespace {

bool is_fault(StopReason reason) {
    return reason == StopReason::state_failed || reason == StopReason::machine_failed;
}

}  // namespace

class Run::Impl {
public:
    Impl(const asio::any_io_executor& loop, Parts parts, state::RunId id, RunOptions options)
        : loop_(loop),
          parts_(std::move(parts)),
          options_(std::move(options)),
          bell_(loop),
          departures_(loop, options_.connections),
          connections_(loop, options_.connections),
          head_start_(options_.connections),
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
          canary_(options_.canary),
          aftermath_({.targets = parts_.targets,
                      .journal = journal_,
                      .agenda = agenda_,
                      .dead_targets = dead_targets_,
                      .outage = outage_,
                      .canary = canary_,
                      .listener = parts_.listener,
                      .clock = parts_.clock,
                      .random = parts_.random,
                      .attempts = options_.attempts,
                      .brake = options_.brake,
                      .must_stop =
                          [this](StopReason reason, Error error, std::string request_id) {
                              stop(reason, std::move(error), std::move(request_id));
                          },
                      .next_number = [this] { return ++last_number_; }}),
          last_number_(parts_.beginning.last_batch) {}

    asio::awaitable<RunEnd> carry_out() {
        if (parts_.route)
            co_await join(*parts_.route);
        co_await take_up_open_batches();
        // Of twice as many as may have departed: one waits for the disk while another sends.
        working_ = 2 * most_departures();
        for (unsigned i = 0; i < working_; ++i)
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
        // The first reason holds, unless it becomes uncertain what is on disk.
        if (!agenda_.stopped() || (is_fault(reason) && !is_fault(end_.reason))) {
            end_.reason = reason;
            end_.error = std::move(error);
            end_.request_id = std::move(request_id);
        }
        agenda_.stop();
        bell_.ring();
    }

    const RequestCounts& requests() const { return requests_; }

private:
    unsigned most_departures() const { return 2 * options_.connections; }

    asio::awaitable<void> join(const state::QuotaRoute& route) {
        const Result<> joined = co_await journal_.join(route);
        if (!joined)
            stop(StopReason::state_failed, joined.error());
    }

    // One worker: takes what the agenda hands out until nothing is left.
    asio::awaitable<void> work() {
        Seats::Seat seat = co_await departures_.take();
        for (bool done = false; !done;) {
            const SteadyTime now = parts_.clock.now();
            auto next = agenda_.next(now);
            if (auto* task = std::get_if<Agenda::Work>(&next)) {
                co_await carry_on(std::move(task->job), seat);
                bell_.ring();
                if (!seat.is_held())
                    seat = co_await departures_.take();
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
        const PassedCanary canary = aftermath_.passed_canary();
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
                co_await aftermath_.recorded(std::move(lost));
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

    // One try of a batch, from the permit to what follows from the answer. The seat is given up
    // once only the disk is waited for: the next departure is written down no earlier than what
    // became of this one, so that there are never more batches in flight on disk than seats. That
    // is one for each connection, and more where the disk is slower than the answers.
    asio::awaitable<void> carry_on(Job job, Seats::Seat& seat) {
        const std::function<bool()> wanted = [this, target = job.batch.target] {
            return !agenda_.stopped() && dead_targets_.find(target) == nullptr;
        };
        auto permit = co_await admission_.permit(wanted);
        if (const Refusal* refusal = dead_targets_.find(job.batch.target)) {
            seat.give_up();
            co_await aftermath_.give_up_unsent(std::move(job), *refusal);
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
        const bool is_retry = std::exchange(job.recorded, true);

        Seats::Seat connection = co_await connections_.take();
        if (!may_leave(job)) {
            co_await admission_.ended(quota::NeverSent{*ticket, parts_.clock.now()});
            connection.give_up();
            seat.give_up();
            co_await aftermath_.take_back(std::move(job));
            co_return;
        }
        if (is_retry)
            ++requests_.retried;
        ++requests_.sent;
        parts_.listener.request_sent(job);

        const SteadyTime sent_at = parts_.clock.now();
        const TryResult result = co_await send(job, *ticket);
        parts_.listener.request_ended(job, result, parts_.clock.now() - sent_at);
        head_start_.answered(journal_.commit_under_way());
        departures_.set_count(options_.connections + head_start_.departures());
        connection.give_up();
        seat.give_up();
        co_await aftermath_.follow_up(std::move(job), result, sent_at);
    }

    // Whether what has departed on disk is still to be sent. Where patience has ended because
    // others would have to wait for their permit, it is: it has its own.
    bool may_leave(const Job& job) const {
        const bool is_stopped = agenda_.stopped() && end_.reason != StopReason::max_wait;
        return !is_stopped && dead_targets_.find(job.batch.target) == nullptr;
    }

    asio::awaitable<TryResult> send(const Job& job, quota::Ticket ticket) {
        const Target target = parts_.targets[job.batch.target];
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

    asio::any_io_executor loop_;
    Parts parts_;
    RunOptions options_;
    WorkerThread reader_thread_;
    net::Bell bell_;
    Seats departures_;   // on disk, and not settled there
    Seats connections_;  // for those that have departed
    HeadStart head_start_;
    SharedWindows windows_;
    Journal journal_;
    Outage outage_;
    Admission admission_;
    Agenda agenda_;
    DeadTargets dead_targets_;
    CanaryWatch canary_;
    Aftermath aftermath_;
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
