#include "seqload/dispatch/admission.hpp"

#include "seqload/base/duration_text.hpp"

#include <chrono>
#include <utility>
#include <variant>

namespace seqload::dispatch {

namespace asio = boost::asio;

namespace {

// The end of what is under way rings the bell.
constexpr Duration longest_look_away = std::chrono::minutes(1);

}  // namespace

asio::awaitable<std::optional<quota::Permit>> Admission::permit(std::function<bool()> wanted) {
    const Patience& patience = parts_.patience;
    SteadyTime since = parts_.clock.now();
    while (wanted()) {
        co_await hear();
        const SteadyTime now = parts_.clock.now();
        if (may_send(patience, now) != Impatience::none) {
            lose_patience(Impatience::deadline, "the deadline has come");
            break;
        }
        if (const auto probe = held_back_by_outage(now)) {
            if (under_way_ == 0)
                parts_.waiting(ProbeWait{*probe - now});
            co_await parts_.bell.doze(parts_.clock.real(*probe - now));
            continue;
        }
        auto answer = parts_.gate.ask(now);
        if (auto* permit = std::get_if<quota::Permit>(&answer))
            co_return std::move(*permit);
        const auto pause = std::get<quota::WaitUntil>(answer);
        if (pause.sounding && under_way_ > 0)
            since = now;  // an answer is waited for, not a window
        const Impatience impatience = may_wait(patience, since, now, pause.when, under_way_ > 0);
        if (impatience != Impatience::none) {
            lose_patience(impatience, "the quota of this " + std::string(name(pause.window)) +
                                          " is used up for another " + describe(pause.when - now));
            break;
        }
        parts_.waiting(QuotaWait{pause.window, pause.when - now, pause.sounding});
        const SteadyTime until = look_again(patience, since, pause.when);
        co_await parts_.bell.doze(parts_.clock.real(until - now));
    }
    co_return std::nullopt;
}

asio::awaitable<std::optional<quota::Ticket>> Admission::depart(
    quota::Permit permit, std::optional<state::Change> change) {
    const SteadyTime now = parts_.clock.now();
    const quota::Ticket ticket = parts_.gate.sent(std::move(permit), now);
    const quota::Sent sent{ticket, now};
    ++under_way_;
    const Result<bool> departed = co_await parts_.journal.depart(std::move(change), sent);
    if (!departed)
        parts_.must_stop(StopReason::state_failed, departed.error());
    if (departed.value_or(false))
        co_return ticket;
    --under_way_;
    parts_.gate.never_sent(ticket);
    co_return std::nullopt;
}

asio::awaitable<void> Admission::ended(quota::Event end) {
    co_await hear();
    --under_way_;
    parts_.gate.tell(end);
    parts_.journal.note(end);
}

// Until when at the latest; nullopt: it may go.
std::optional<SteadyTime> Admission::held_back_by_outage(SteadyTime now) const {
    const auto probe = parts_.outage.next_probe();
    if (!probe || (under_way_ == 0 && now >= *probe))
        return std::nullopt;
    return under_way_ > 0 ? now + longest_look_away : *probe;
}

asio::awaitable<void> Admission::hear() {
    const Result<> heard = co_await parts_.journal.hear();
    if (!heard)
        parts_.must_stop(StopReason::state_failed, heard.error());
}

void Admission::lose_patience(Impatience impatience, const std::string& why) {
    const bool is_late = impatience == Impatience::deadline;
    parts_.must_stop(is_late ? StopReason::deadline : StopReason::max_wait,
                     Error{ErrorKind::stopped, why, is_late ? "--deadline" : "--max-wait",
                           "go on later with `seqload resume`"});
}

}  // namespace seqload::dispatch
