#pragma once

// A load on its way, step by step: plan, send, report. A new run and one that is
// taken up again differ only in what they know when they begin.

#include "seqload/app/api_access.hpp"
#include "seqload/app/early_end.hpp"
#include "seqload/app/first_pass.hpp"
#include "seqload/app/load_forecast.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/reach.hpp"
#include "seqload/app/run_metrics.hpp"
#include "seqload/app/sending.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/base/random.hpp"
#include "seqload/plan/canary.hpp"
#include "seqload/state/store.hpp"

#include <cstdint>
#include <filesystem>

namespace seqload::app {

class Loading {
public:
    // The run is on record, and this process holds it. Everything referred to must
    // outlive this object, which stays where it was made.
    struct Parts {
        LoadOptions options;
        const ApiAccess& api;
        const Clock& clock;
        Random& random;
        state::Store& store;
        state::RunId run;
        PlannedInput& input;
        std::filesystem::path directory;  // for the reports
        RunMetrics& metrics;
        report::ByteCounters bytes_before{};  // of a run that is taken up again
        Team just_read{};                     // what has been read of the team for the names
    };

    // Limits that nobody has given are what Apollo last told, if the state knows.
    explicit Loading(Parts parts);
    Loading(const Loading&) = delete;
    Loading& operator=(const Loading&) = delete;

    // The first pass of a run without a plan: every row judged, what is not sent
    // settled, Apollo asked whether the rest would work, the plan on record and shown.
    // Errors end the run, on record, too; one is that something would not work.
    Result<> plan();

    // The same pass for a run that has its plan: only what is left is planned.
    Result<> plan_the_rest();

    // Error, and the end of the run: the plan is larger than --max-contacts allows.
    Result<> refuse_if_too_large();

    // Asks the person at the terminal. Ends the run if the answer is no.
    bool approved();

    // Whether the check, or the reading of labels, did not come to its end: the key was refused,
    // Apollo could not be reached, or a signal came. Nothing will be sent, and nobody need be
    // asked.
    bool stopped() const { return first_pass_.stopped().has_value(); }

    // Sends what is left, writes the reports and prints the summary: the exit code.
    Result<int> send_and_report();

private:
    Result<> record_plan();
    Result<> show_plan() const;
    Result<LoadForecast> forecast() const;
    const Team& team() const;            // as far as it was asked for
    const apollo::Usage* usage() const;  // as Apollo has just told it; nullptr: it has not
    Result<> refuse_if_unusable();
    // The fewest requests that the plan takes, with those that the canary costs.
    std::uint64_t minimum_requests() const;
    Reach reach() const;
    Result<dispatch::Beginning> beginning() const;
    Result<> hold_against_record() const;
    Result<int> report(const SendingEnd& end);

    Parts parts_;
    EarlyEnd end_;
    std::optional<SteadyTime> deadline_;  // nullopt: none
    FirstPass first_pass_;
    plan::Canary canary_;
    std::uint64_t requests_under_way_ = 0;  // of a run that is taken up again: not in the plan
};

}  // namespace seqload::app
