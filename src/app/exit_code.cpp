#include "seqload/app/exit_code.hpp"

#include "seqload/report/summary.hpp"

#include <csignal>
#include <utility>

namespace seqload::app {

int exit_code_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return exit_code::usage;
        case ErrorKind::unusable_input:
        case ErrorKind::changed_input:
            return exit_code::unusable_input;
        case ErrorKind::refused_key:
            return exit_code::key_refused;
        case ErrorKind::stopped:
        case ErrorKind::network:
            return exit_code::stopped;
        case ErrorKind::local_fault:
            return exit_code::local_fault;
    }
    std::unreachable();
}

int exit_code_of(dispatch::StopReason reason, const state::StatusCounts& rows, bool fail_on_skipped,
                 int signal) {
    switch (reason) {
        case dispatch::StopReason::finished:
            return report::rows_needing_a_person(rows, fail_on_skipped) > 0
                       ? exit_code::needs_a_person
                       : exit_code::done;
        case dispatch::StopReason::interrupted:
            return exit_code::signal_base + (signal == 0 ? SIGTERM : signal);
        case dispatch::StopReason::key_refused:
            return exit_code::key_refused;
        case dispatch::StopReason::gave_up:
        case dispatch::StopReason::brake:
        case dispatch::StopReason::canary:
        case dispatch::StopReason::deadline:
        case dispatch::StopReason::max_wait:
        case dispatch::StopReason::input_failed:
            return exit_code::stopped;
        case dispatch::StopReason::state_failed:
        case dispatch::StopReason::machine_failed:
            return exit_code::local_fault;
    }
    std::unreachable();
}

}  // namespace seqload::app
