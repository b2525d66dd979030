#include "seqload/app/command_line.hpp"

#include "commands.hpp"
#include "config_command.hpp"
#include "layered_reading.hpp"
#include "manual_notes.hpp"
#include "seqload/app/config_text.hpp"
#include "seqload/app/program_options.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/manual/generated_page.hpp"
#include "usage_error.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

std::string_view value_in(const std::vector<Setting>& in_force, std::string_view option) {
    const auto found = std::ranges::find(in_force, option, &Setting::option);
    return found == in_force.end() || found->values.empty() ? std::string_view()
                                                            : found->values.front();
}

bool is_set(const std::vector<Setting>& in_force, std::string_view flag) {
    return value_in(in_force, flag) == "true";
}

LogManners log_manners_of(const std::vector<Setting>& in_force) {
    const LogManners otherwise;
    return {.format = parse_log_format(value_in(in_force, "log-format")).value_or(otherwise.format),
            .least = parse_log_level(value_in(in_force, "log-level")).value_or(otherwise.least)};
}

// Of a command line that is refused, or asks for something else than a command.
bool says_no_color(const Arguments& arguments, const Variables& variables) {
    return std::ranges::find(arguments, "--no-color") != arguments.end() ||
           value_of(variables, variable_of("no-color")) == "true";
}

// A file in the folder at hand may send the key elsewhere: that does not go unsaid.
std::vector<std::string> remarks_on(const LayeredReading& reading) {
    std::vector<std::string> remarks;
    if (is_set(reading.in_force, "quiet"))
        return remarks;
    for (const Setting& setting : reading.in_force) {
        const bool decides_whom_to_trust =
            setting.option == "api-url" || setting.option == "ca-file";
        if (setting.source == SourceKind::file && decides_whom_to_trust) {
            remarks.push_back(joined(printable(setting.place), " sets ", setting.option, " to ",
                                     value_text(setting, *reading.command->find(setting.option))));
        }
    }
    return remarks;
}

// nullopt, unless the command line asks for `seqload config`.
std::optional<Printout> config_asked_for(const Arguments& arguments, const Variables& variables,
                                         WallTime now) {
    if (arguments.empty() || arguments.front() != "config")
        return std::nullopt;
    Commands commands;
    try {
        parse(commands.program(), arguments);
    } catch (const CLI::Error& error) {
        return printout_of(commands.program(), error);
    }
    return config_printout(commands, variables, now);
}

// Of no use to a person, so no help tells of it: `seqload --generate bash`.
std::optional<Printout> page_asked_for(const Arguments& arguments) {
    if (arguments.size() != 2 || arguments.front() != "--generate")
        return std::nullopt;
    const std::string& kind = arguments.back();
    if (auto page = manual::generated_page(kind, program_description(), manual_notes()))
        return Printout{std::move(*page), 0};
    return printout_of(
        {Error{ErrorKind::usage, "is not man, bash, zsh or fish", printable(kind), ""}});
}

}  // namespace

Reading read_command_line(int argument_count, const char* const* arguments,
                          const Variables& variables, WallTime now) {
    const Arguments given(arguments + std::min(argument_count, 1), arguments + argument_count);
    const LogManners seen = log_manners_seen(given, variables);
    if (auto page = page_asked_for(given))
        return {std::move(*page), {}, says_no_color(given, variables), seen};
    if (auto printout = config_asked_for(given, variables, now))
        return {std::move(*printout), {}, says_no_color(given, variables), seen};
    auto reading = read_layers(given, variables, now, Operands::as_required);
    if (!reading)
        return {std::move(reading.error()), {}, says_no_color(given, variables), seen};
    auto remarks = remarks_on(*reading);
    // A command that no variable tells anything (explain) talks as the others do all the same.
    const LogManners log =
        reading->command->is_configurable() ? log_manners_of(reading->in_force) : seen;
    return {std::move(reading->told), std::move(remarks), is_set(reading->in_force, "no-color"),
            log};
}

}  // namespace seqload::app
