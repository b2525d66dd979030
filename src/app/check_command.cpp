#include "seqload/app/check_command.hpp"

#include "seqload/app/api_access.hpp"
#include "seqload/app/check_text.hpp"
#include "seqload/app/errand_sending.hpp"
#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/team_book.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/base/random.hpp"
#include "seqload/state/store.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

// What the files would have sent; nothing, without any.
Result<TeamNeeds> read_needs(const PlanOptions& options, Random& random) {
    if (options.files.empty())
        return TeamNeeds{};
    auto exclusions = read_exclusions(options.excludes, random.below(any_number));
    if (!exclusions)
        return std::unexpected(std::move(exclusions.error()));
    auto files = input::InputSet::open_for_one_pass(options.files);
    if (!files)
        return std::unexpected(std::move(files.error()));
    PlannedInput input(std::move(*files), std::move(*exclusions), options,
                       random.below(any_number));
    RowRemarks remarks(input.files(), options.quiet);
    std::map<std::string, std::uint64_t> labels;
    KnownRows known;
    known.to_send = [&labels](const Row& row) {
        if (row.is_label())
            ++labels[std::string(row.label)];
    };
    auto read = input.read(
        [&](const Row& row, const Outcome& outcome) -> Result<> {
            remarks.take(row, outcome);
            return {};
        },
        known);
    if (!read)
        return std::unexpected(std::move(read.error()));
    remarks.finish();
    return needs_of(input.targets(), input.planner(), std::move(labels));
}

// Asking leaves nothing to be resumed: its record is not kept.
Result<std::unique_ptr<state::Store>> open_forgetful_store(const state::RunId& run) {
    auto store = state::Store::open_in_memory();
    if (!store)
        return store;
    auto begun = (*store)->begin_run({.id = run,
                                      .command = "check",
                                      .api_url = {},
                                      .team = {},
                                      .options_json = "{}",
                                      .output_directory = {},
                                      .started_at = {},
                                      .inputs = {}});
    if (!begun)
        return std::unexpected(std::move(begun.error()));
    return store;
}

Result<int> check(const CheckOptions& options) {
    Random random;
    auto needs = read_needs(options.plan, random);
    if (!needs)
        return std::unexpected(std::move(needs.error()));
    auto api = open_api(options.api_url, options.connection, process_environment());
    if (!api)
        return std::unexpected(std::move(api.error()));
    const state::RunId run = "check";
    auto store = open_forgetful_store(run);
    if (!store)
        return std::unexpected(std::move(store.error()));

    const SystemClock clock(options.connection.time_scale);
    TeamBook book(*needs, api->credentials, "seqload/" SEQLOAD_VERSION);
    const bool quiet = true;  // a handful of requests: their end is all there is to tell
    auto end =
        carry_out_errands({options.connection, *api, clock, random, **store, run, book, 0, quiet});
    if (!end)
        return std::unexpected(std::move(end.error()));
    if (end->run.reason != dispatch::StopReason::finished) {
        if (end->run.error)
            complain(*end->run.error);
        return exit_code_of(end->run.reason, {}, false, end->signal);
    }
    const auto found = findings(*needs, book.team());
    auto printed = print(options.plan.json ? check_json(*needs, book.team(), found)
                                           : check_text(*needs, book.team(), found));
    if (!printed)
        return std::unexpected(std::move(printed.error()));
    return std::ranges::count(found, Severity::error, &Finding::severity) > 0
               ? exit_code::needs_a_person
               : exit_code::done;
}

}  // namespace

int run_check(const CheckOptions& options) {
    const auto code = check(options);
    if (code)
        return *code;
    complain(code.error());
    return exit_code_of(code.error().kind);
}

}  // namespace seqload::app
