#include "seqload/app/name_lookup.hpp"

#include "seqload/app/check_text.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/name_resolution.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/team_reading.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/name_collector.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <memory>
#include <string>
#include <utility>

namespace seqload::app {

namespace {

Result<input::NameCollector> collect_names(input::RowReader& rows,
                                           const input::RowDefaults& defaults) {
    input::NameCollector names(defaults);
    Row row;
    for (;;) {
        const auto more = rows.next(row);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return names;
        names.take(rows, row);
    }
}

// Why names cannot be looked up: a list that was asked for and not given.
std::optional<Error> missing_list(const TeamNeeds& needs, const Team& team) {
    const bool is_whole = (!needs.every_sequence || team.sequences) &&
                          (!needs.every_mailbox || team.mailboxes) &&
                          (!needs.every_user || team.users);
    if (is_whole)
        return std::nullopt;
    std::string why;
    for (const std::string& trouble : team.troubles)
        why += joined(why.empty() ? "" : "; ", trouble);
    return Error{ErrorKind::network, joined("the names in the input cannot be looked up: ", why),
                 "", "try again later, or give ids; nothing was sent"};
}

std::vector<std::string> names_of(const input::InputSet& files) {
    std::vector<std::string> names;
    names.reserve(files.size());
    for (std::size_t file = 0; file < files.size(); ++file)
        names.push_back(files.name(file));
    return names;
}

NameLookup stopped(const TeamReading& reading) {
    NameLookup lookup;
    if (reading.end.error) {
        // There is no run yet: `seqload resume` would go on with another one.
        Error error = *reading.end.error;
        if (error.kind == ErrorKind::stopped)
            error.next = "nothing was sent, and no run was begun: run this again later";
        complain(error, reading.end.request_id);
    } else {
        remark(LogLevel::warning, "stopped before anything was sent");
    }
    lookup.stopped = exit_code_of(reading.end.reason, {}, false, reading.signal);
    return lookup;
}

}  // namespace

Result<NameLookup> look_up_names(input::InputSet& files, const PlanOptions& options,
                                 const ConnectionOptions& connection, const ApiAccess& api,
                                 const Clock& clock, Random& random) {
    TargetTable targets;  // of this pass alone: its names are not known yet
    auto rows = input::RowReader::open(files, options.read, targets);
    if (!rows)
        return std::unexpected(std::move(rows.error()));
    if (!input::NameCollector::is_needed((*rows)->schema(), options.read.defaults))
        return NameLookup();
    const auto names = collect_names(**rows, options.read.defaults);
    if (!names)
        return std::unexpected(names.error());
    const TeamNeeds needs = needs_of(*names);
    if (needs == TeamNeeds())
        return NameLookup();
    auto reading = read_team(needs, {}, connection, api, clock, random, options.quiet);
    if (!reading)
        return std::unexpected(std::move(reading.error()));
    if (reading->end.reason != dispatch::StopReason::finished)
        return stopped(*reading);
    if (auto missing = missing_list(needs, reading->team))
        return std::unexpected(std::move(*missing));
    auto resolution = resolve(*names, reading->team, names_of(files));
    reading->team.troubles.clear();
    return NameLookup{.names = std::move(resolution.names),
                      .team = std::move(reading->team),
                      .found = std::move(resolution.found),
                      .stopped = std::nullopt};
}

Result<> refuse_unknown_names(const NameLookup& lookup, bool allow_partial, bool quiet) {
    if (lookup.found.empty())
        return {};
    if (!quiet || !allow_partial)
        say(finding_lines(lookup.found), findings_text(lookup.found));
    if (allow_partial)
        return {};
    return fail(
        ErrorKind::unusable_input,
        joined(counted(lookup.found.size(), "name"), lookup.found.size() == 1 ? " is" : " are",
               " unknown or ambiguous; nothing was sent"),
        "",
        "mend that and load again, or give --allow-partial to fail those rows and send the "
        "rest");
}

}  // namespace seqload::app
