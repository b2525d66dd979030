#include "seqload/dispatch/errand_step.hpp"

#include <utility>

namespace seqload::dispatch {

std::string_view name(ErrandStep step) {
    switch (step) {
        case ErrandStep::settle:
            return "settle";
        case ErrandStep::retry:
            return "retry";
        case ErrandStep::give_up:
            return "give_up";
        case ErrandStep::wait_for_window:
            return "wait_for_window";
        case ErrandStep::refuse:
            return "refuse";
        case ErrandStep::stop_run:
            return "stop_run";
    }
    std::unreachable();
}

ErrandStep errand_step(TryEnd end, std::uint32_t attempts_made, std::uint32_t attempts_allowed) {
    switch (end) {
        case TryEnd::understood:
            return ErrandStep::settle;
        case TryEnd::not_understood:
        case TryEnd::server_fault:
        case TryEnd::answer_lost:
        case TryEnd::never_left:
            return attempts_made < attempts_allowed ? ErrandStep::retry : ErrandStep::give_up;
        case TryEnd::rate_limited:
            return ErrandStep::wait_for_window;
        case TryEnd::batch_rejected:
        case TryEnd::request_rejected:
        case TryEnd::target_unusable:
            return ErrandStep::refuse;
        case TryEnd::key_refused:
            return ErrandStep::stop_run;
    }
    std::unreachable();
}

}  // namespace seqload::dispatch
