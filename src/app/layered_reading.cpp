#include "layered_reading.hpp"

#include "commands.hpp"
#include "seqload/app/config_file.hpp"
#include "seqload/app/config_place.hpp"
#include "seqload/base/joined.hpp"
#include "usage_error.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace seqload::app {

namespace {

// The command line by itself.
struct AloneGiven {
    const CommandDescription* command = nullptr;
    std::vector<Setting> settings;
    std::optional<std::string> config;
};

void make_operands_optional(Commands& commands) {
    for (CLI::App* command : commands.program().get_subcommands({})) {
        for (CLI::Option* option : command->get_options()) {
            if (option->get_positional())
                option->required(false);
        }
    }
}

CLI::Option* option_of(CLI::App& command, const std::string& name) {
    return command.get_option("--" + name);
}

// A flag that stands for "no" (!--no-check) keeps the opposite of what it was given.
std::vector<std::string> values_given(const CLI::Option& option, const OptionDescription& known) {
    if (known.kind != OptionKind::flag)
        return option.results();
    return {option.get_flag_value(known.name, option.results().back())};
}

std::expected<AloneGiven, Printout> read_given(const Arguments& arguments, Operands operands) {
    Commands commands;
    if (operands == Operands::optional)
        make_operands_optional(commands);
    try {
        parse(commands.program(), arguments);
    } catch (const CLI::RequiredError& error) {
        // What is missing may come from elsewhere; the whole reading judges that.
        if (commands.parsed() == nullptr)
            return std::unexpected(printout_of(commands.program(), error));
    } catch (const CLI::Error& error) {
        return std::unexpected(printout_of(commands.program(), error));
    }
    AloneGiven given;
    CLI::App& command = *commands.parsed();
    given.command = program_description().find(command.get_name());
    for (const auto& known : given.command->options) {
        if (known.is_operand)
            continue;
        const CLI::Option& option = *option_of(command, known.name);
        if (option.count() == 0)
            continue;
        given.settings.push_back(
            {known.name, values_given(option, known), SourceKind::command_line, ""});
        if (known.name == "config")
            given.config = option.results().back();
    }
    return given;
}

std::set<std::string> names_of(const std::vector<Setting>& settings) {
    std::set<std::string> names;
    for (const Setting& setting : settings)
        names.insert(setting.option);
    return names;
}

Setting config_in_force(const AloneGiven& given, const Variables& variables,
                        const std::string& file) {
    const std::vector<std::string> values =
        file.empty() ? std::vector<std::string>{} : std::vector<std::string>{file};
    if (given.config)
        return {"config", values, SourceKind::command_line, ""};
    const std::string variable = variable_of("config");
    if (!value_of(variables, variable).empty())
        return {"config", values, SourceKind::environment, variable};
    return {"config", values, SourceKind::built_in, ""};
}

std::expected<ConfigFile, ConfigProblems> file_in_force(const AloneGiven& given,
                                                        const Variables& variables) {
    std::optional<std::string> named = given.config;
    if (const auto told = value_of(variables, variable_of("config")); !named && !told.empty())
        named = told;
    auto found = find_config(named, variables);
    if (!found)
        return std::unexpected(ConfigProblems{std::move(found.error())});
    if (!*found)
        return ConfigFile{};
    return read_config((*found)->text, (*found)->name, program_description());
}

Printout refused(const Setting& setting, const std::string& reason) {
    const bool is_in_file = setting.source == SourceKind::file;
    return printout_of(
        {Error{ErrorKind::usage, is_in_file ? joined(setting.option, ": ", reason) : reason,
               setting.place, ""}});
}

// What an error says besides the option's name.
std::string reason_in(const CLI::Error& error, const std::string& option) {
    std::string text = error.what();
    const std::string start = joined("--", option, ": ");
    return text.starts_with(start) ? text.substr(start.size()) : text;
}

// Sets what the command line has left open, as though it had been given there.
std::optional<Printout> apply(const std::vector<Setting>& settings, CLI::App& command) {
    for (const Setting& setting : settings) {
        CLI::Option& option = *option_of(command, setting.option);
        const bool is_flag = option.get_items_expected_max() == 0;
        for (const std::string& value : setting.values)
            option.add_result(is_flag ? option.get_flag_value(setting.option, value) : value);
        try {
            option.run_callback();
        } catch (const CLI::Error& error) {
            return refused(setting, reason_in(error, setting.option));
        }
    }
    return std::nullopt;
}

std::vector<Setting> all_in_force(const CommandDescription& command,
                                  const std::vector<Setting>& settings) {
    std::vector<Setting> all;
    for (const auto& option : command.options) {
        if (option.is_operand)
            continue;
        const auto told = std::ranges::find(settings, option.name, &Setting::option);
        if (told != settings.end()) {
            all.push_back(*told);
            continue;
        }
        Setting built_in{option.name, {}, SourceKind::built_in, ""};
        if (!option.default_value.empty())
            built_in.values.push_back(option.default_value);
        all.push_back(std::move(built_in));
    }
    return all;
}

std::expected<Command, Printout> read_all(const Arguments& arguments, const std::string& command,
                                          const std::vector<Setting>& beneath, WallTime now,
                                          Operands operands) {
    Commands commands;
    if (operands == Operands::optional)
        make_operands_optional(commands);
    if (auto refusal = apply(beneath, *commands.program().get_subcommand(command)))
        return std::unexpected(std::move(*refusal));
    try {
        parse(commands.program(), arguments);
        if (operands == Operands::as_required)
            commands.require_input();
        return commands.chosen(now);
    } catch (const Refusal& error) {
        const auto told = std::ranges::find(
            beneath, error.option(), [](const Setting& setting) { return "--" + setting.option; });
        return std::unexpected(told == beneath.end()
                                   ? printout_of(commands.program(), error)
                                   : refused(*told, reason_in(error, told->option)));
    } catch (const CLI::Error& error) {
        return std::unexpected(printout_of(commands.program(), error));
    }
}

// A command that must always work hears of nothing but its command line.
std::expected<LayeredReading, Printout> read_alone(const Arguments& arguments,
                                                   const AloneGiven& given, WallTime now,
                                                   Operands operands) {
    auto told = read_all(arguments, given.command->name, {}, now, operands);
    if (!told)
        return std::unexpected(std::move(told.error()));
    return LayeredReading{given.command, "", all_in_force(*given.command, given.settings),
                          std::move(*told)};
}

}  // namespace

std::expected<LayeredReading, Printout> read_layers(const Arguments& arguments,
                                                    const Variables& variables, WallTime now,
                                                    Operands operands) {
    auto given = read_given(arguments, operands);
    if (!given)
        return std::unexpected(std::move(given.error()));
    if (!given->command->is_configurable())
        return read_alone(arguments, *given, now, operands);
    const auto file = file_in_force(*given, variables);
    if (!file)
        return std::unexpected(printout_of(file.error()));
    const auto beneath = settings_beneath(*given->command, names_of(given->settings), variables,
                                          *file, program_description());
    if (!beneath)
        return std::unexpected(printout_of(beneath.error()));
    auto told = read_all(arguments, given->command->name, *beneath, now, operands);
    if (!told)
        return std::unexpected(std::move(told.error()));
    std::vector<Setting> settings = std::move(given->settings);
    settings.insert(settings.begin(), config_in_force(*given, variables, file->name));
    settings.insert(settings.end(), beneath->begin(), beneath->end());
    return LayeredReading{given->command, file->name, all_in_force(*given->command, settings),
                          std::move(*told)};
}

}  // namespace seqload::app
