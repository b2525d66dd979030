#include "seqload/dispatch/stop_reason.hpp"

#include <utility>

namespace seqload::dispatch {

std::string_view name(StopReason reason) {
    switch (reason) {
        case StopReason::finished:
            return "finished";
        case StopReason::interrupted:
            return "interrupted";
        case StopReason::key_refused:
            return "key_refused";
        case StopReason::gave_up:
            return "gave_up";
        case StopReason::brake:
            return "brake";
        case StopReason::canary:
            return "canary";
        case StopReason::deadline:
            return "deadline";
        case StopReason::max_wait:
            return "max_wait";
        case StopReason::input_failed:
            return "input_failed";
        case StopReason::state_failed:
            return "state_failed";
        case StopReason::machine_failed:
            return "machine_failed";
    }
    std::unreachable();
}

}  // namespace seqload::dispatch
