#include "config_command.hpp"

#include "seqload/app/config_text.hpp"
#include "seqload/app/locations.hpp"
#include "seqload/app/program_options.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/nearest.hpp"
#include "seqload/base/text.hpp"
#include "usage_error.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace seqload::app {

namespace {

Printout unknown_command(const std::string& name) {
    std::vector<std::string> commands;
    for (const auto& known : program_description().commands) {
        if (known.is_configurable())
            commands.push_back(known.name);
    }
    const auto meant = nearest(name, commands);
    return printout_of(
        {Error{ErrorKind::usage, "there is no command of that name with options", printable(name),
               meant ? joined("did you mean ", *meant, "?")
                     : "as in `seqload config load --batch-size 50`"}});
}

// The command that is asked about, with its own options.
Arguments arguments_of(const ConfigQuery& query) {
    Arguments arguments = query.rest;
    if (arguments.empty() || arguments.front().starts_with('-'))
        arguments.insert(arguments.begin(), "load");
    if (query.config)
        arguments.insert(arguments.begin() + 1, {"--config", *query.config});
    return arguments;
}

bool asks_for_json(const LayeredReading& reading) {
    return std::ranges::any_of(reading.in_force, [](const Setting& setting) {
        return setting.option == "json" && setting.source == SourceKind::command_line;
    });
}

// Where the state really is, which depends on more than the options.
void name_the_state(std::vector<Setting>& in_force, const Variables& variables) {
    for (Setting& setting : in_force) {
        if (setting.option != "state" || !setting.values.empty())
            continue;
        const auto file = state_file(
            "", [&](const std::string& name) { return std::optional(value_of(variables, name)); });
        if (file)
            setting.values.push_back(file->string());
    }
}

}  // namespace

Printout config_printout(const Commands& commands, const Variables& variables, WallTime now) {
    const ConfigQuery query = commands.config_query();
    const Arguments arguments = arguments_of(query);
    const auto* const command = program_description().find(arguments.front());
    if (command == nullptr || !command->is_configurable())
        return unknown_command(arguments.front());
    auto reading = read_layers(arguments, variables, now, Operands::optional);
    if (!reading)
        return std::move(reading.error());
    name_the_state(reading->in_force, variables);
    const bool json = query.json || asks_for_json(*reading);
    const ConfigFindings findings{*command, std::move(reading->file), std::move(reading->in_force),
                                  variables_without_effect(variables, program_description())};
    return {json ? config_json(findings, program_description()) : config_text(findings), 0};
}

}  // namespace seqload::app
