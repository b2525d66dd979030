#include "seqload/app/option_sources.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/nearest.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace seqload::app {

namespace {

constexpr std::string_view prefix = "SEQLOAD_";

std::optional<std::string> flag_in(const std::string& text) {
    const std::string word = lowered(trimmed(text));
    if (word == "true" || word == "yes" || word == "1")
        return "true";
    if (word == "false" || word == "no" || word == "0")
        return "false";
    return std::nullopt;
}

// One a line.
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::string_view line : split(text, '\n')) {
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.empty())
            lines.emplace_back(line);
    }
    return lines;
}

Result<std::vector<std::string>> values_in(const std::string& text, const std::string& variable,
                                           OptionKind kind) {
    if (kind == OptionKind::list)
        return lines_of(text);
    if (kind != OptionKind::flag)
        return std::vector<std::string>{text};
    auto flag = flag_in(text);
    if (!flag)
        return fail(ErrorKind::usage, joined("'", printable(text), "' is not true or false"),
                    variable, "1 and 0, yes and no will do, too");
    return std::vector<std::string>{std::move(*flag)};
}

const ConfigEntry* entry_of(const ConfigFile& file, std::string_view command,
                            std::string_view option) {
    const auto found = std::ranges::find_if(file.entries, [&](const ConfigEntry& entry) {
        return entry.command == command && entry.option == option;
    });
    return found == file.entries.end() ? nullptr : &*found;
}

std::optional<Setting> setting_in(const ConfigFile& file, const CommandDescription& command,
                                  const OptionDescription& option) {
    const ConfigEntry* entry = entry_of(file, command.name, option.name);
    // The top level speaks of runs that are begun; a run on record has its own options.
    if (entry == nullptr && !option.is_on_record)
        entry = entry_of(file, "", option.name);
    if (entry == nullptr || entry->values.empty())
        return std::nullopt;
    return Setting{option.name, entry->values, SourceKind::file,
                   joined(file.name, ":", std::to_string(entry->line))};
}

// What stands after the prefix in the variables of all options.
std::vector<std::string> names_of_variables(const ProgramDescription& program) {
    std::vector<std::string> names;
    for (const auto& command : program.commands) {
        names.reserve(names.size() + command.options.size());
        for (const auto& option : command.options) {
            if (!option.is_operand)
                names.push_back(variable_of(option.name).substr(prefix.size()));
        }
    }
    return names;
}

void find_slips(const Variables& variables, const ProgramDescription& program,
                ConfigProblems& problems) {
    const auto known = names_of_variables(program);
    for (const std::string& variable : variables_without_effect(variables, program)) {
        const std::string name = variable.substr(prefix.size());
        if (name == "API_KEY" || name == "ACCESS_TOKEN") {
            problems.push_back({ErrorKind::usage, "the key is not read from there", variable,
                                joined("set APOLLO_", name)});
        } else if (const auto meant = nearest(name, known)) {
            problems.push_back({ErrorKind::usage, "there is no option of that name",
                                printable(variable), joined("did you mean ", prefix, *meant, "?")});
        }
    }
}

}  // namespace

std::string_view name(SourceKind kind) {
    switch (kind) {
        case SourceKind::built_in:
            return "default";
        case SourceKind::file:
            return "file";
        case SourceKind::environment:
            return "environment";
        case SourceKind::command_line:
            return "command line";
    }
    return "";
}

std::vector<std::string> variables_without_effect(const Variables& variables,
                                                  const ProgramDescription& program) {
    const auto known = names_of_variables(program);
    std::vector<std::string> strange;
    for (const auto& [variable, value] : variables) {
        if (variable.starts_with(prefix) && !value.empty() &&
            std::ranges::find(known, variable.substr(prefix.size())) == known.end())
            strange.push_back(variable);
    }
    return strange;
}

std::expected<std::vector<Setting>, ConfigProblems> settings_beneath(
    const CommandDescription& command, const std::set<std::string>& given,
    const Variables& variables, const ConfigFile& file, const ProgramDescription& program) {
    std::vector<Setting> settings;
    ConfigProblems problems;
    find_slips(variables, program, problems);
    for (const auto& option : command.options) {
        if (option.is_operand || option.name == "config" || given.contains(option.name))
            continue;
        const std::string variable = variable_of(option.name);
        const std::string text = value_of(variables, variable);
        if (text.empty()) {
            if (auto setting = setting_in(file, command, option))
                settings.push_back(std::move(*setting));
            continue;
        }
        auto values = values_in(text, variable, option.kind);
        if (values)
            settings.push_back(
                {option.name, std::move(*values), SourceKind::environment, variable});
        else
            problems.push_back(std::move(values.error()));
    }
    if (!problems.empty())
        return std::unexpected(std::move(problems));
    return settings;
}

}  // namespace seqload::app
