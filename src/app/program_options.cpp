#include "seqload/app/program_options.hpp"

#include "commands.hpp"
#include "option_kinds.hpp"

#include <algorithm>

namespace seqload::app {

namespace {

OptionKind kind_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0)
        return OptionKind::flag;
    if (option.get_items_expected_max() > 1)
        return OptionKind::list;
    return takes_numbers(option) ? OptionKind::number : OptionKind::text;
}

OptionDescription described(const CLI::Option& option) {
    OptionDescription description;
    description.is_operand = option.get_positional();
    description.name = description.is_operand ? option.get_name(true) : option.get_lnames().front();
    if (!option.get_snames().empty())
        description.letter = option.get_snames().front();
    description.kind = kind_of(option);
    description.is_required = option.get_required();
    description.choices = words_of(option);
    description.help = option.get_description();
    description.group = option.get_group();
    if (description.kind == OptionKind::flag) {
        description.default_value = "false";
        return description;
    }
    description.value = option.get_type_name();
    const std::string otherwise = option.get_default_str();
    description.is_on_record = otherwise == as_the_run_has_it;
    if (otherwise.starts_with('(') && otherwise.ends_with(')'))
        description.default_in_words = otherwise.substr(1, otherwise.size() - 2);
    else
        description.default_value = otherwise;
    return description;
}

CommandDescription described(const CLI::App& command) {
    CommandDescription description{
        command.get_name(), command.get_description(), command.get_footer(), {}};
    for (const CLI::Option* option : command.get_options()) {
        const auto& names = option->get_lnames();
        if (names.empty() || !names.front().starts_with("help"))
            description.options.push_back(described(*option));
    }
    return description;
}

ProgramDescription described_program() {
    Commands commands;
    const CLI::App& program = commands.program();
    ProgramDescription description{program.get_description(), program.get_footer(), {}};
    for (const CLI::App* command : program.get_subcommands({}))
        description.commands.push_back(described(*command));
    return description;
}

}  // namespace

std::string_view name(OptionKind kind) {
    switch (kind) {
        case OptionKind::flag:
            return "flag";
        case OptionKind::number:
            return "number";
        case OptionKind::text:
            return "text";
        case OptionKind::list:
            return "list";
    }
    return "";
}

const OptionDescription* CommandDescription::find(std::string_view option) const {
    const auto found = std::ranges::find(options, option, &OptionDescription::name);
    return found == options.end() ? nullptr : &*found;
}

bool CommandDescription::is_configurable() const {
    // `config` only hands it on.
    return find("config") != nullptr && name != "config";
}

const CommandDescription* ProgramDescription::find(std::string_view command) const {
    const auto found = std::ranges::find(commands, command, &CommandDescription::name);
    return found == commands.end() ? nullptr : &*found;
}

const ProgramDescription& program_description() {
    static const ProgramDescription description = described_program();
    return description;
}

std::string variable_of(std::string_view option) {
    std::string variable = "SEQLOAD_";
    for (const char letter : option) {
        if (letter == '-')
            variable += '_';
        else if (letter >= 'a' && letter <= 'z')
            variable += static_cast<char>(letter - 'a' + 'A');
        else
            variable += letter;
    }
    return variable;
}

}  // namespace seqload::app
