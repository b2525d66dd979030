#pragma once

// A load on its way, step by step: plan, send, report. A new run and one that is
// taken up again differ only in what they know when they begin.

#include "seqload/app/api_access.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/sending.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/state/store.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace seqload::app {

class Loading {
public:
    // The run is on record, and this process holds it. Everything referred to must
    // outlive this object.
    struct Parts {
        const LoadOptions& options;
        const ApiAccess& api;
        const Clock& clock;
        Random& random;
        state::Store& store;
        state::RunId run;
        PlannedInput& input;
        std::filesystem::path directory;      // for the reports
        report::ByteCounters bytes_before{};  // of a run that is taken up again
    };

    explicit Loading(Parts parts) : parts_(std::move(parts)) {}

    // The first pass of a run without a plan: every row judged, what is not sent
    // settled, the plan on record and shown. Errors end the run, on record, too.
    Result<> plan();

    // The same pass for a run that has its plan: only what is left is planned.
    Result<> plan_the_rest();

    // Error, and the end of the run: the plan is larger than --max-contacts allows.
    Result<> refuse_if_too_large();

    // Asks the person at the terminal. Ends the run if the answer is no.
    bool approved();

    // Sends what is left, writes the reports and prints the summary: the exit code.
    Result<int> send_and_report();

private:
    Result<KnownRows> rows_known_from_ledger();
    Result<dispatch::Beginning> beginning() const;
    Result<> hold_against_record() const;
    Result<> end_early(const Error& error, const std::string& stop_reason);
    // The run is over before its requests, on record, too; so is this process.
    [[noreturn]] void end_by(int signal, const std::string& stop_reason);
    Result<int> report(const SendingEnd& end);

    Parts parts_;
};

}  // namespace seqload::app
