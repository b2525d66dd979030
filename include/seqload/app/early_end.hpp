#pragma once

// The end of a run before its first request, on record.

#include "seqload/app/run_metrics.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/store.hpp"

#include <string>

namespace seqload::app {

class EarlyEnd {
public:
    // All of them must outlive this object.
    EarlyEnd(state::Store& store, const state::RunId& run, const Clock& clock, RunMetrics& metrics)
        : store_(store), run_(run), clock_(clock), metrics_(metrics) {}

    // The error, handed on.
    Result<> by(const Error& error, const std::string& stop_reason);

    // The process ends with it.
    [[noreturn]] void by_signal(int signal, const std::string& stop_reason);

private:
    state::Store& store_;
    const state::RunId& run_;
    const Clock& clock_;
    RunMetrics& metrics_;
};

}  // namespace seqload::app
