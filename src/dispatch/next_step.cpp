#include "seqload/dispatch/next_step.hpp"

#include <utility>

namespace seqload::dispatch {

namespace {

// A refusal is final for the rows, unless an earlier try may have added them.
NextStep refused(Step step, bool in_doubt, std::string_view failure_reason) {
    if (in_doubt)
        return {step, true, RowStatus::unconfirmed, reason::answer_lost};
    return {step, false, RowStatus::failed, failure_reason};
}

NextStep tried_in_vain(const Standing& standing, bool in_doubt) {
    if (standing.attempts_made < standing.attempts_allowed)
        return {Step::retry, in_doubt};
    return refused(Step::settle_all, in_doubt, reason::gave_up);
}

}  // namespace

NextStep next_step(TryEnd end, const Standing& standing) {
    switch (end) {
        case TryEnd::understood:
            return {Step::settle, standing.in_doubt};
        case TryEnd::not_understood:
        case TryEnd::server_fault:
        case TryEnd::answer_lost:
            return tried_in_vain(standing, true);
        case TryEnd::never_left:
            return tried_in_vain(standing, standing.in_doubt);
        case TryEnd::rate_limited:
            return {Step::wait_for_window, standing.in_doubt};
        case TryEnd::batch_rejected:
            if (standing.rows > 1)
                return {Step::halve, standing.in_doubt};
            return refused(Step::settle_all, standing.in_doubt, reason::rejected);
        case TryEnd::request_rejected:
            return refused(Step::settle_all, standing.in_doubt, reason::rejected);
        case TryEnd::target_unusable:
            return refused(Step::fail_target, standing.in_doubt, {});
        case TryEnd::key_refused:
            return {Step::stop_run, standing.in_doubt};
    }
    std::unreachable();
}

std::string_view name(TryEnd end) {
    switch (end) {
        case TryEnd::understood:
            return "understood";
        case TryEnd::not_understood:
            return "not_understood";
        case TryEnd::server_fault:
            return "server_fault";
        case TryEnd::answer_lost:
            return "answer_lost";
        case TryEnd::never_left:
            return "never_left";
        case TryEnd::rate_limited:
            return "rate_limited";
        case TryEnd::batch_rejected:
            return "batch_rejected";
        case TryEnd::request_rejected:
            return "request_rejected";
        case TryEnd::target_unusable:
            return "target_unusable";
        case TryEnd::key_refused:
            return "key_refused";
    }
    std::unreachable();
}

std::string_view name(Step step) {
    switch (step) {
        case Step::settle:
            return "settle";
        case Step::retry:
            return "retry";
        case Step::wait_for_window:
            return "wait_for_window";
        case Step::halve:
            return "halve";
        case Step::settle_all:
            return "settle_all";
        case Step::fail_target:
            return "fail_target";
        case Step::stop_run:
            return "stop_run";
    }
    std::unreachable();
}

}  // namespace seqload::dispatch
