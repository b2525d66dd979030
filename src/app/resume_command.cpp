#include "seqload/app/resume_command.hpp"

#include "any_number.hpp"
#include "seqload/app/chosen_run.hpp"
#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/loading.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/places.hpp"
#include "seqload/app/plan_approval.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/recorded_input.hpp"
#include "seqload/app/recorded_options.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/undoing.hpp"
#include "seqload/app/unfinished_runs.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/report/counters.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace seqload::app {

namespace {

// Finished, answered with no, or refused by the check: nothing is left to do, and nothing is done.
bool has_ended(const state::RunRecord& run) {
    return run.ending &&
           (run.ending->stop_reason == "finished" || run.ending->stop_reason == "declined" ||
            run.ending->stop_reason == "check_failed");
}

// begins_anew: from the first pass on. Else the rows that the plan leaves out are on record.
Result<std::unique_ptr<PlannedInput>> open_input(const LoadOptions& options,
                                                 const state::RunRecord& run, bool begins_anew,
                                                 Random& random) {
    auto exclusions = read_exclusions(
        begins_anew ? options.plan.excludes : std::vector<std::string>(), random.below(any_number));
    if (!exclusions)
        return std::unexpected(std::move(exclusions.error()));
    auto files = reopen_input(run.inputs, begins_anew ? std::nullopt : run.expanded_labels);
    if (!files)
        return std::unexpected(std::move(files.error()));
    return std::make_unique<PlannedInput>(std::move(*files), std::move(*exclusions), options.plan,
                                          random.below(any_number));
}

// What earlier processes have put on record; one that was killed could not.
report::ByteCounters bytes_before(const state::RunRecord& run) {
    if (!run.ending)
        return {};
    const auto counters = report::read_counters(run.ending->counters_json);
    return counters ? counters->bytes : report::ByteCounters();
}

// A list of steps, each of which may end it. NOLINTNEXTLINE(readability-function-size)
Result<int> go_on(ChosenRun chosen, const LoadOptions& options, RunMetrics& metrics) {
    const state::RunRecord& run = chosen.record;
    auto api = open_api(options.api_url, options.connection, process_environment());
    if (!api)
        return std::unexpected(std::move(api.error()));
    compare_keys(run, api->credentials.fingerprint());

    // Before its first batch nothing was sent. Whether Apollo was asked if the plan would work, how
    // many people it reaches and whether anybody has agreed to it, all that nobody knows any more.
    const auto last_batch = chosen.store->last_batch(run.id);
    if (!last_batch)
        return std::unexpected(last_batch.error());
    const bool begins_anew = *last_batch == 0;

    Random random;
    const SystemClock clock(options.connection.time_scale);
    auto input = open_input(options, run, begins_anew, random);
    if (!input)
        return std::unexpected(std::move(input.error()));
    if (begins_anew && !options.approved.empty()) {
        auto same = refuse_other_rows((*input)->files(), options.plan, options.approved, random);
        if (!same)
            return std::unexpected(std::move(same.error()));
    }
    auto state_path = state_file(options.state_file, process_environment());
    if (!state_path)
        return std::unexpected(std::move(state_path.error()));
    if (auto ready = prepare_places(run.output_directory, *state_path, run.inputs); !ready)
        return std::unexpected(std::move(ready.error()));

    if (auto alone = chosen.store->refuse_rivals(run.id); !alone)
        return std::unexpected(std::move(alone.error()));

    Loading loading({options, *api, clock, random, *chosen.store, run.id, **input,
                     run.output_directory, metrics, bytes_before(run)});
    if (begins_anew) {
        if (auto restarted = chosen.store->restart_plan(run.id); !restarted)
            return std::unexpected(std::move(restarted.error()));
    }
    if (auto planned = begins_anew ? loading.plan() : loading.plan_the_rest(); !planned)
        return std::unexpected(std::move(planned.error()));
    if (auto reopened = chosen.store->reopen(run.id, api->credentials.fingerprint()); !reopened)
        return std::unexpected(std::move(reopened.error()));
    if (begins_anew) {
        if (auto refused = loading.refuse_if_too_large(); !refused)
            return std::unexpected(std::move(refused.error()));
    }

    const bool was_approved = options.yes || !begins_anew;
    if (!was_approved && !loading.stopped() && (*input)->planner().totals().to_send > 0) {
        if (!somebody_to_ask()) {
            return fail(ErrorKind::usage, "the run ended before its plan was agreed to",
                        "run " + run.id, "give --yes, or resume it on a terminal");
        }
        if (!loading.approved())
            return exit_code::usage;
    }
    return loading.send_and_report();
}

Result<LoadOptions> options_of(const state::RunRecord& run, const ResumeOptions& given) {
    auto options = recorded_load_options(run);
    if (!options)
        return options;
    apply(given.pace, options->connection);
    options->yes = options->yes || given.yes;
    if (!given.canary)
        options->plan.canary = 0;
    if (!given.outputs.junit.empty())
        options->outputs.junit = given.outputs.junit;
    if (!given.outputs.metrics.empty())
        options->outputs.metrics = given.outputs.metrics;
    options->plan.json = given.run.json;
    options->plan.quiet = given.run.quiet;
    options->state_file = given.run.state_file;
    return options;
}

Result<int> resume_load(ChosenRun chosen, const ResumeOptions& given) {
    auto options = options_of(chosen.record, given);
    if (!options)
        return std::unexpected(std::move(options.error()));
    RunMetrics metrics(options->outputs.metrics, SystemClock().wall());
    auto code = go_on(std::move(chosen), *options, metrics);
    const int told = metrics.write(code ? *code : exit_code_of(code.error().kind));
    return code ? Result<int>(told) : code;
}

Result<int> resume(const ResumeOptions& options) {
    auto chosen = choose_run(options.run);
    if (!chosen)
        return std::unexpected(std::move(chosen.error()));
    if (has_ended(chosen->record)) {
        const state::Ending& ending = *chosen->record.ending;
        remark(LogLevel::info,
               joined("run ", chosen->record.id, " has ended (", ending.stop_reason, ", ",
                      to_text(ending.finished_at), "); there is nothing to resume"));
        if (options.run.run.empty())
            tell_stopped_run(*chosen->store);
        return ending.exit_code;
    }
    if (auto taken = chosen->store->take(chosen->record.id); !taken)
        return std::unexpected(std::move(taken.error()));
    // Between the look and the taking, the process that had it may have ended it.
    auto record = chosen->store->run(chosen->record.id);
    if (!record)
        return std::unexpected(std::move(record.error()));
    chosen->record = std::move(*record);
    if (has_ended(chosen->record))
        return chosen->record.ending->exit_code;
    if (chosen->record.command == "undo")
        return resume_undo(std::move(*chosen), options);
    return resume_load(std::move(*chosen), options);
}

}  // namespace

int run_resume(const ResumeOptions& options) {
    const auto code = resume(options);
    if (code)
        return *code;
    complain(code.error());
    return exit_code_of(code.error().kind);
}

}  // namespace seqload::app
