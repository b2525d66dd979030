#include "seqload/app/help_text.hpp"

#include "paragraph.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/manual/manual_page.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace seqload::app {

namespace {

constexpr std::size_t help_column = 27;

// Where a command has too many options for a screen, these are on it.
constexpr std::array<std::string_view, 20> often_needed{
    "map",      "exclude",      "sequence-id",         "email-account-id",
    "yes",      "out",          "skip-added",          "canary",
    "no-check", "max-contacts", "max-failed",          "reserve",
    "deadline", "max-wait",     "batch-size",          "quiet",
    "mode",     "no-canary",    "include-answer-lost", "all"};

// The groups in the order in which one wants to know of them; the others follow.
constexpr std::array<std::string_view, 4> first_groups{
    "Input", "Defaults for rows that leave the column empty", "Run", "Safety"};

using Shown = std::function<bool(const OptionDescription&)>;

bool is_often_needed(const OptionDescription& option) {
    return option.is_operand || std::ranges::find(often_needed, option.name) != often_needed.end();
}

std::string default_text(const OptionDescription& option) {
    if (option.kind == OptionKind::flag)
        return "";
    const std::string& text =
        option.default_value.empty() ? option.default_in_words : option.default_value;
    return text.empty() ? text : joined(" [", text, "]");
}

std::string name_text(const OptionDescription& option) {
    if (option.is_operand)
        return option.name;
    std::string text = option.letter.empty() ? "" : joined("-", option.letter, ", ");
    text += joined("--", option.name);
    if (!option.value.empty())
        text += joined(" ", option.value);
    return text;
}

std::string option_text(const OptionDescription& option) {
    const std::string name = joined("  ", name_text(option));
    const std::string help =
        wrapped(joined(printable(option.help), default_text(option)), help_column);
    if (columns_of(name) + 2 > help_column)
        return joined(name, "\n", std::string(help_column, ' '), help, "\n");
    return joined(padded(name, help_column), help, "\n");
}

std::vector<std::string_view> groups_of(const CommandDescription& command) {
    std::vector<std::string_view> groups;
    const auto add = [&](std::string_view group) {
        if (std::ranges::find(groups, group) == groups.end())
            groups.push_back(group);
    };
    for (const std::string_view group : first_groups) {
        if (std::ranges::find(command.options, group, &OptionDescription::group) !=
            command.options.end())
            add(group);
    }
    for (const auto& option : command.options) {
        if (!option.is_operand)
            add(option.group);
    }
    return groups;
}

std::string page(const CommandDescription& command, const Shown& is_shown) {
    std::string text = joined(
        command.about, ".\nUsage: ", manual::usage_line(program_description(), command), "\n");
    std::string operands;
    for (const auto& option : command.options) {
        if (option.is_operand)
            operands += option_text(option);
    }
    if (!operands.empty())
        text += '\n' + operands;
    for (const std::string_view group : groups_of(command)) {
        std::string options;
        for (const auto& option : command.options) {
            if (!option.is_operand && option.group == group && is_shown(option))
                options += option_text(option);
        }
        if (!options.empty())
            text += joined(group, ":\n", options);
    }
    return text;
}

std::string sources_text(const CommandDescription& command) {
    return command.is_configurable()
               ? "Each long option also from SEQLOAD_… and seqload.toml; see `seqload config`.\n"
               : "";
}

std::string ended(std::string text, const CommandDescription& command) {
    text += sources_text(command);
    if (!command.footer.empty())
        text += joined("\n", command.footer, "\n");
    return text;
}

}  // namespace

std::string whole_help_text(const CommandDescription& command) {
    return ended(page(command, [](const OptionDescription&) { return true; }), command);
}

std::string help_text(const CommandDescription& command) {
    std::string whole = whole_help_text(command);
    if (static_cast<std::size_t>(std::ranges::count(whole, '\n')) <= screen_lines)
        return whole;
    const auto left_out = static_cast<std::uint64_t>(
        std::ranges::count_if(command.options, std::not_fn(is_often_needed)));
    return ended(joined(page(command, is_often_needed), "\n", counted(left_out, "more option"),
                        ": `seqload ", command.name, " --help-all`.\n"),
                 command);
}

std::string help_text(const ProgramDescription& program) {
    std::string text = joined(program.about, "\nUsage: seqload COMMAND [OPTIONS]\n\nCommands:\n");
    for (const auto& command : program.commands)
        text += joined(padded(joined("  ", command.name), 11), wrapped(command.about, 11), "\n");
    return text + joined(
                      "\n`seqload COMMAND --help` shows a command's options, --help-all all of "
                      "them;\n`seqload --version` shows the version.\n\n",
                      program.footer, "\n");
}

std::string whole_help_text(const ProgramDescription& program) {
    std::string text = help_text(program);
    for (const auto& command : program.commands)
        text += joined("\n", std::string(page_width, '-'), "\n", whole_help_text(command));
    return text;
}

}  // namespace seqload::app
