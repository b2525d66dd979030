#include "seqload/app/load_command.hpp"

#include "any_number.hpp"
#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/loading.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/log.hpp"
#include "seqload/app/name_lookup.hpp"
#include "seqload/app/places.hpp"
#include "seqload/app/plan_approval.hpp"
#include "seqload/app/question.hpp"
#include "seqload/app/recorded_options.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/team_memory.hpp"
#include "seqload/app/unfinished_runs.hpp"
#include "seqload/base/text.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace seqload::app {

namespace {

Result<std::unique_ptr<PlannedInput>> plan_input(input::InputSet files, const LoadOptions& options,
                                                 Random& random) {
    auto exclusions = read_exclusions(options.plan.excludes, random.below(any_number));
    if (!exclusions)
        return std::unexpected(std::move(exclusions.error()));
    return std::make_unique<PlannedInput>(std::move(files), std::move(*exclusions), options.plan,
                                          random.below(any_number));
}

// What is left of the deadline once that has passed.
void count_from(SteadyTime since, const Clock& clock, ConnectionOptions& connection) {
    if (connection.deadline)
        *connection.deadline -= clock.now() - since;
}

// Before there is a run: trouble with the headers or the names leaves none behind. What was read of
// the team is remembered, and the names are among the options from here on.
Result<NameLookup> resolve_names(input::InputSet& files, LoadOptions& options, const ApiAccess& api,
                                 const Clock& clock, Random& random, state::Store& store) {
    auto lookup = look_up_names(files, options.plan, options.connection, api, clock, random);
    if (!lookup || lookup->stopped)
        return lookup;
    TeamMemory memory(store, options.api_url, api.credentials.fingerprint());
    if (auto kept = memory.keep(lookup->team, {}, clock.wall()); !kept)
        return std::unexpected(std::move(kept.error()));
    const auto known = refuse_unknown_names(*lookup, options.allow_partial, options.plan.quiet);
    if (!known)
        return std::unexpected(known.error());
    options.plan.read.names = std::move(lookup->names);
    return lookup;
}

// An approved plan, if one is given: what it says is what is loaded, and nobody is asked.
Result<std::optional<SavedPlan>> take_approved_plan(LoadOptions& options) {
    if (options.plan_file.empty())
        return std::nullopt;
    auto approved = read_plan_file(options.plan_file);
    if (!approved)
        return std::unexpected(std::move(approved.error()));
    auto plan = options_for(*approved, options.plan, printable(options.plan_file));
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    options.plan = std::move(*plan);
    options.approved = approved->digest;
    options.yes = true;
    return std::move(*approved);
}

// A list of steps, each of which may end it. NOLINTNEXTLINE(readability-function-size)
Result<int> load(LoadOptions options, RunMetrics& metrics) {
    const auto approved = take_approved_plan(options);
    if (!approved)
        return std::unexpected(approved.error());
    if (!options.yes && !somebody_to_ask()) {
        return fail(ErrorKind::usage, "there is no terminal to ask on before sending", "--yes",
                    "look at the plan with `seqload plan`, then give --yes");
    }
    const auto environment = process_environment();
    auto api = open_api(options.api_url, options.connection, environment);
    if (!api)
        return std::unexpected(std::move(api.error()));
    auto state_path = state_file(options.state_file, environment);
    if (!state_path)
        return std::unexpected(std::move(state_path.error()));
    auto store = state::Store::open(*state_path);
    if (!store)
        return std::unexpected(std::move(store.error()));

    Random random;
    const SystemClock clock(options.connection.time_scale);
    const SteadyTime begun_at = clock.now();
    const WallTime started_at = options.plan.read.now;
    const state::RunId run = state::make_run_id(started_at, random.below(any_number));
    auto directory = output_directory(options.output_directory, run);
    if (!directory)
        return std::unexpected(std::move(directory.error()));
    auto files = input::InputSet::open(options.plan.files, *directory);
    if (!files)
        return std::unexpected(std::move(files.error()));
    if (*approved) {
        auto same =
            refuse_what_differs(*files, options.plan, **approved, options.plan_file, random);
        if (!same)
            return std::unexpected(std::move(same.error()));
    }
    LoadOptions for_names = options;
    count_from(begun_at, clock, for_names.connection);
    auto names = resolve_names(*files, for_names, *api, clock, random, **store);
    if (!names)
        return std::unexpected(std::move(names.error()));
    if (names->stopped)
        return *names->stopped;
    options.plan.read.names = std::move(for_names.plan.read.names);
    count_from(begun_at, clock, options.connection);
    auto input = plan_input(std::move(*files), options, random);
    if (!input)
        return std::unexpected(std::move(input.error()));
    if (auto ready = prepare_places(*directory, *state_path, (*input)->recorded_files()); !ready)
        return std::unexpected(std::move(ready.error()));

    const auto begun = (*store)->begin_run({.id = run,
                                            .command = "load",
                                            .api_url = options.api_url,
                                            .team = api->credentials.fingerprint(),
                                            .options_json = to_json_text(options),
                                            .output_directory = directory->string(),
                                            .started_at = started_at,
                                            .inputs = (*input)->recorded_files()});
    if (!begun)
        return std::unexpected(begun.error());
    Log::of_process().about_run(run);
    Loading loading({options,
                     *api,
                     clock,
                     random,
                     **store,
                     run,
                     **input,
                     *directory,
                     metrics,
                     {},
                     std::move(names->team)});
    if (auto planned = loading.plan(); !planned)
        return std::unexpected(std::move(planned.error()));
    if (!options.plan.quiet)
        tell_unfinished_runs(**store, run);
    if (auto refused = loading.refuse_if_too_large(); !refused)
        return std::unexpected(std::move(refused.error()));
    const bool anything_to_send = (*input)->planner().totals().to_send > 0 && !loading.stopped();
    if (anything_to_send && !options.yes && !loading.approved())
        return exit_code::usage;
    return loading.send_and_report();
}

}  // namespace

int run_load(const LoadOptions& options) {
    RunMetrics metrics(options.outputs.metrics, options.plan.read.now);
    const auto code = load(options, metrics);
    if (!code)
        complain(code.error());
    return metrics.write(code ? *code : exit_code_of(code.error().kind));
}

}  // namespace seqload::app
