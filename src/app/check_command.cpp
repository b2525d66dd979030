#include "seqload/app/check_command.hpp"

#include "any_number.hpp"
#include "seqload/app/api_access.hpp"
#include "seqload/app/check_text.hpp"
#include "seqload/app/exclusions.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/name_lookup.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/app/row_remarks.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/app/team_memory.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/app/team_reading.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/random.hpp"
#include "seqload/base/text.hpp"
#include "seqload/state/store.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

// The files, which may be read twice: what can be read only once is copied, out of sight.
Result<input::InputSet> open_files(const PlanOptions& options, Random& random) {
    std::error_code failure;
    const auto temporary = std::filesystem::temp_directory_path(failure);
    const auto folder =
        temporary / joined("seqload-check-", std::to_string(random.below(any_number)));
    auto files = input::InputSet::open(options.files, folder);
    std::filesystem::remove_all(folder, failure);
    return files;
}

// What the files would have sent.
Result<TeamNeeds> read_needs(input::InputSet files, const PlanOptions& options, Random& random) {
    auto exclusions = read_exclusions(options.excludes, random.below(any_number));
    if (!exclusions)
        return std::unexpected(std::move(exclusions.error()));
    PlannedInput input(std::move(files), std::move(*exclusions), options, random.below(any_number));
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

// What the plan needs, and what was found out on the way to it.
struct Needs {
    TeamNeeds team;
    NameLookup names;
};

// Nothing, without any files.
Result<Needs> read_needs(const CheckOptions& options, const ApiAccess& api, const Clock& clock,
                         Random& random) {
    Needs needs;
    if (options.plan.files.empty())
        return needs;
    auto files = open_files(options.plan, random);
    if (!files)
        return std::unexpected(std::move(files.error()));
    auto names = look_up_names(*files, options.plan, options.connection, api, clock, random);
    if (!names)
        return std::unexpected(std::move(names.error()));
    needs.names = std::move(*names);
    if (needs.names.stopped)
        return needs;
    PlanOptions plan = options.plan;
    plan.read.names = needs.names.names;
    auto team = read_needs(std::move(*files), plan, random);
    if (!team)
        return std::unexpected(std::move(team.error()));
    needs.team = std::move(*team);
    return needs;
}

// A check is worth having without a state: then nobody remembers it.
Result<> remember(const CheckOptions& options, const std::string& team, const Team& read,
                  WallTime now) {
    const auto path = state_file(options.state_file, process_environment());
    if (!path)
        return std::unexpected(path.error());
    auto store = state::Store::open(*path);
    if (!store)
        return std::unexpected(std::move(store.error()));
    return TeamMemory(**store, options.api_url, team).keep(read, {}, now);
}

Result<int> check(const CheckOptions& options) {
    Random random;
    auto api = open_api(options.api_url, options.connection, process_environment());
    if (!api)
        return std::unexpected(std::move(api.error()));
    const SystemClock clock(options.connection.time_scale);
    const auto needs = read_needs(options, *api, clock, random);
    if (!needs)
        return std::unexpected(needs.error());
    if (needs->names.stopped)
        return *needs->names.stopped;
    const auto reading = read_team(needs->team, needs->names.team, options.connection, *api, clock,
                                   random, options.plan.quiet);
    if (!reading)
        return std::unexpected(reading.error());
    if (reading->end.reason != dispatch::StopReason::finished) {
        if (reading->end.error)
            complain(*reading->end.error, reading->end.request_id);
        return exit_code_of(reading->end.reason, {}, false, reading->signal);
    }
    const Team& team = reading->team;
    const auto kept = remember(options, api->credentials.fingerprint(), team, clock.wall());
    if (!kept && !options.plan.quiet)
        note(joined("the next load will ask again: ", printable(to_string(kept.error()))));
    std::vector<Finding> found = needs->names.found;
    std::ranges::move(findings(needs->team, team), std::back_inserter(found));
    auto printed = print(options.plan.json ? check_json(needs->team, team, found)
                                           : check_text(needs->team, team, found));
    if (!printed)
        return std::unexpected(std::move(printed.error()));
    return any_error(found) ? exit_code::needs_a_person : exit_code::done;
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
