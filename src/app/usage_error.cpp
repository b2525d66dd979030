#include "usage_error.hpp"

#include "misspelling.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/help_text.hpp"
#include "seqload/app/program_options.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace seqload::app {

namespace {

std::string first_of(const std::vector<std::string>& words) {
    const auto option = std::ranges::find_if(
        words, [](const std::string& word) { return word.size() > 1 && word.starts_with('-'); });
    if (option != words.end())
        return *option;
    return words.empty() ? "" : words.front();
}

std::string complaint(const CLI::App& program, const CommandDescription* command,
                      const CLI::Error& error) {
    const ProgramDescription& known = program_description();
    if (command == nullptr)
        return to_string(no_command(first_of(program.remaining()), known));
    const auto unexpected = program.remaining(true);
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) &&
        !unexpected.empty())
        return to_string(not_taken(first_of(unexpected), *command, known));
    std::string text = error.what();
    // "--batch-size: 1 required N missing"
    if (error.get_name() == "ArgumentMismatch" && text.ends_with(" missing"))
        text = joined(text.substr(0, text.find(':')), ": its value is missing");
    return text;
}

}  // namespace

void parse(CLI::App& program, const std::vector<std::string>& arguments) {
    program.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
}

Printout printout_of(const CLI::App& program, const CLI::Error& error) {
    const auto parsed = program.get_subcommands();
    const CommandDescription* const command =
        parsed.empty() ? nullptr : program_description().find(parsed.front()->get_name());
    const std::string kind = error.get_name();
    if (kind == "CallForHelp")
        return {command == nullptr ? help_text(program_description()) : help_text(*command), 0};
    if (kind == "CallForAllHelp") {
        return {
            command == nullptr ? whole_help_text(program_description()) : whole_help_text(*command),
            0};
    }
    if (error.get_exit_code() == 0)
        return {joined(error.what(), "\n"), 0};
    const std::string name = command == nullptr ? "" : joined(command->name, " ");
    const std::string wrong = printable(complaint(program, command, error));
    const std::string page = joined("`seqload ", name, "--help`");
    return {joined("seqload: error: ", wrong, "\nTry ", page, ".\n"),
            exit_code::usage,
            {{.level = LogLevel::error, .message = joined(wrong, "; try ", page)}}};
}

Printout printout_of(const std::vector<Error>& errors) {
    Printout printout{.text = {}, .exit_code = exit_code::usage};
    for (const Error& error : errors) {
        const std::string wrong = printable(to_string(error));
        printout.text += joined("seqload: error: ", wrong, "\n");
        printout.lines.push_back({.level = LogLevel::error, .message = wrong});
    }
    return printout;
}

}  // namespace seqload::app
