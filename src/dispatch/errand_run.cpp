#include "seqload/dispatch/errand_run.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/thrown.hpp"
#include "seqload/dispatch/admission.hpp"
#include "seqload/dispatch/backoff.hpp"
#include "seqload/dispatch/errand_step.hpp"
#include "seqload/dispatch/journal.hpp"
#include "seqload/dispatch/outage.hpp"
#include "seqload/dispatch/try_result.hpp"
#include "seqload/net/bell.hpp"

#include <exception>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>

namespace seqload::dispatch {

namespace asio = boost::asio;

namespace {

constexpr unsigned success_class = 2;

// An errand on its way, with what its tries have left behind.
struct Task {
    Errand errand;
    std::uint32_t attempts = 0;
    std::uint32_t failed_tries = 0;  // in a row, for the back-off
    bool sent_before = false;
    unsigned last_http_status = 0;  // of the last answer that was no 429; 0: none yet
    std::string last_request_id;
};

// A try, with the body of what may be a good answer.
struct ErrandTry {
    TryResult result;
    std::string body;
};

}  // namespace

class ErrandRun::Impl {
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
                      .waiting =
                          [this](const Wait& wait) {
                              if (const auto* quota = std::get_if<QuotaWait>(&wait))
                                  parts_.listener.waiting_for_quota(quota->window, quota->left);
                          },
                      .must_stop = [this](StopReason reason,
                                          Error error) { stop(reason, std::move(error)); }}) {}

    asio::awaitable<RunEnd> carry_out() {
        if (parts_.route)
            co_await join(*parts_.route);
        working_ = options_.connections;
        for (unsigned i = 0; i < options_.connections; ++i)
            asio::co_spawn(loop_, work(),
                           [this](const std::exception_ptr& thrown) { worker_ended(thrown); });
        while (working_ > 0)
            co_await bell_.wait();
        co_await journal_.flush();
        co_return end_;
    }

    void stop(StopReason reason, std::optional<Error> error = std::nullopt,
              std::string request_id = {}) {
        if (!stopped_) {
            end_.reason = reason;
            end_.error = std::move(error);
            end_.request_id = std::move(request_id);
        }
        stopped_ = true;
        bell_.ring();
    }

private:
    asio::awaitable<void> join(const state::QuotaRoute& route) {
        const Result<> joined = co_await journal_.join(route);
        if (!joined)
            stop(StopReason::state_failed, joined.error());
    }

    // One worker: an errand at a time, from its first try to its end.
    asio::awaitable<void> work() {
        while (!stopped_) {
            auto errand = parts_.book.next();
            if (!errand)
                break;
            Task task;
            task.errand = std::move(*errand);
            co_await see_through(std::move(task));
        }
    }

    // The others settle what they have in hand, whatever one of them has met.
    void worker_ended(const std::exception_ptr& thrown) {
        --working_;
        if (thrown)
            stop(StopReason::machine_failed, thrown_error(thrown));
        bell_.ring();
    }

    asio::awaitable<void> see_through(Task task) {
        for (bool done = false; !done && !stopped_;) {
            const std::function<bool()> wanted = [this] { return !stopped_; };
            auto permit = co_await admission_.permit(wanted);
            if (!permit)
                co_return;
            auto before = parts_.book.sending(task.errand, task.sent_before);
            const auto ticket = co_await admission_.depart(*std::move(permit), std::move(before));
            if (!ticket)
                continue;
            if (task.sent_before)
                ++end_.requests.retried;
            task.sent_before = true;
            ++end_.requests.sent;
            parts_.listener.request_sent(task.errand);

            const SteadyTime sent_at = parts_.clock.now();
            const ErrandTry tried = co_await send(task, *ticket);
            parts_.listener.request_ended(task.errand, tried.result);
            done = co_await follow_up(task, tried, sent_at);
        }
    }

    asio::awaitable<ErrandTry> send(const Task& task, quota::Ticket ticket) {
        const auto exchange =
            blotted(co_await parts_.send(task.errand.request), parts_.credentials);
        const SteadyTime now = parts_.clock.now();
        ErrandTry tried = read(exchange);
        tried.result.message = parts_.credentials.redacted(tried.result.message);
        if (tried.result.end == TryEnd::rate_limited)
            ++end_.requests.rate_limited;
        const quota::Event end = quota_event(tried.result, exchange, ticket, now);
        co_await admission_.ended(end);
        bell_.ring();
        co_return tried;
    }

    // Errors are the same on every route; what a good answer says, the book knows.
    ErrandTry read(const std::expected<net::Exchange, net::Failure>& exchange) const {
        if (!exchange || exchange->response.status / 100 != success_class)
            return {.result = read_try(exchange, Id(), parts_.clock.wall()), .body = {}};
        TryResult result;
        result.end = TryEnd::understood;
        result.http_status = exchange->response.status;
        result.request_id = exchange->response.headers.find("x-request-id").value_or("");
        return {.result = std::move(result), .body = exchange->response.body};
    }

    // Whether the errand has come to its end.
    asio::awaitable<bool> follow_up(Task& task, const ErrandTry& tried, SteadyTime sent_at) {
        TryEnd how = tried.result.end;
        // What never left is an attempt only if others get through (spec.md, "Attempts").
        if (how != TryEnd::rate_limited &&
            (how != TryEnd::never_left || outage_.succeeded_since(sent_at)))
            ++task.attempts;
        if (how != TryEnd::rate_limited && tried.result.http_status != 0) {
            task.last_http_status = tried.result.http_status;
            task.last_request_id = tried.result.request_id;
        }
        std::string trouble = tried.result.message;
        if (how == TryEnd::understood) {
            const ErrandEnd end = end_of(task, tried, true, {});
            auto understood = parts_.book.settle(end);
            if (understood) {
                outage_.succeeded(parts_.clock.now());
                state::Change change = std::move(*understood);
                if (co_await recorded(std::move(change)))
                    parts_.listener.settled(task.errand.items);
                co_return true;
            }
            how = TryEnd::not_understood;
            trouble = "the answer is not what was expected";
        }
        if (got_through(how)) {
            outage_.succeeded(parts_.clock.now());
        } else {
            outage_.failed(parts_.clock.now());
        }
        const ErrandStep step = errand_step(how, task.attempts, options_.attempts);
        if (step == ErrandStep::retry) {
            TryResult failed = tried.result;
            failed.message = std::move(trouble);
            co_await wait_for_retry(task, failed);
            co_return false;
        }
        if (step == ErrandStep::wait_for_window) {
            state::Change counted = state::RequestsCounted{.rate_limited = 1};
            co_await recorded(std::move(counted));
            co_return false;
        }
        if (step == ErrandStep::stop_run) {
            stop(StopReason::key_refused,
                 Error{ErrorKind::refused_key, trouble, "Apollo",
                       "check APOLLO_API_KEY: this needs a master key"},
                 tried.result.request_id);
            co_return true;
        }
        const ErrandEnd end = end_of(task, tried, false, trouble);
        state::Change change = parts_.book.settle(end).value();
        if (co_await recorded(std::move(change)))
            parts_.listener.settled(task.errand.items);
        co_return true;
    }

    ErrandEnd end_of(const Task& task, const ErrandTry& tried, bool answered,
                     std::string message) const {
        return {.number = task.errand.number,
                .answered = answered,
                .http_status = task.last_http_status,
                .body = tried.body,
                .message = std::move(message),
                .attempts = task.attempts,
                .request_id = task.last_request_id,
                .at = parts_.clock.wall()};
    }

    asio::awaitable<void> wait_for_retry(Task& task, const TryResult& failed) {
        ++task.failed_tries;
        const SteadyTime now = parts_.clock.now();
        if (outage_.must_give_up(now)) {
            stop(StopReason::gave_up,
                 Error{ErrorKind::stopped,
                       "nothing got through for " + describe(now - *outage_.since()) +
                           "; last: " + failed.message,
                       "Apollo", "see that the API can be reached, then run this again"},
                 failed.request_id);
            co_return;
        }
        const Duration after = backoff(task.failed_tries, parts_.random.unit());
        parts_.listener.will_retry(task.errand, failed, after);
        const SteadyTime due = now + after;
        for (SteadyTime at = now; at < due && !stopped_; at = parts_.clock.now())
            co_await bell_.doze(parts_.clock.real(due - at));
    }

    // Whether the change is durable; if not, the run stops.
    asio::awaitable<bool> recorded(state::Change change) {
        const Result<> result = co_await journal_.record(std::move(change));
        if (!result)
            stop(StopReason::state_failed, result.error());
        co_return result.has_value();
    }

    asio::any_io_executor loop_;
    Parts parts_;
    RunOptions options_;
    net::Bell bell_;
    SharedWindows windows_;
    Journal journal_;
    Outage outage_;
    Admission admission_;
    RunEnd end_;
    bool stopped_ = false;
    unsigned working_ = 0;
};

ErrandRun::ErrandRun(const asio::any_io_executor& loop, Parts parts, state::RunId id,
                     RunOptions options)
    : impl_(std::make_unique<Impl>(loop, std::move(parts), std::move(id), std::move(options))) {}

ErrandRun::~ErrandRun() = default;

asio::awaitable<RunEnd> ErrandRun::carry_out() {
    return impl_->carry_out();
}

void ErrandRun::stop() {
    impl_->stop(StopReason::interrupted);
}

}  // namespace seqload::dispatch
