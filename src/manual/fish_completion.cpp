#include "seqload/manual/fish_completion.hpp"

#include "completion_words.hpp"
#include "seqload/base/joined.hpp"

namespace seqload::manual {

namespace {

std::string fish_quoted(std::string_view text) {
    return joined("'", escaped(text, "'\\"), "'");
}

std::string values_for(const OptionDescription& option, const std::string& function) {
    switch (offer_of(option)) {
        case Offer::words:
            return joined(" -x -a ", fish_quoted(between(option.choices, " ")));
        case Offer::files:
        case Offer::directories:
            return option.is_operand ? " -F" : " -r -F";
        case Offer::runs:
            return joined(option.is_operand ? "" : " -x", " -k -a '(", function, "_runs)'");
        case Offer::nothing:
            break;
    }
    return option.kind == OptionKind::flag || option.is_operand ? "" : " -x";
}

// `start` says of what program, and when.
std::string option_line(const OptionDescription& option, const std::string& start,
                        const std::string& function) {
    const std::string values = values_for(option, function);
    if (option.is_operand)
        return values.empty() ? "" : joined(start, values, "\n");
    return joined(start, " -l ", option.name, option.letter.empty() ? "" : " -s ", option.letter,
                  values, " -d ", fish_quoted(option.help), "\n");
}

std::string command_function(const std::string& function) {
    return joined("\n# The command on the line; fails if there is none yet.\nfunction ", function,
                  R"~(_command
    set -l words (commandline -opc)
    for word in $words[2..]
        if not string match -q -- '-*' $word
            echo $word
            return 0
        end
    end
    return 1
end
)~");
}

std::string fish_runs(const ProgramDescription& program, const std::string& function) {
    return joined("\nfunction ", function, R"~(_runs
    set -l words (commandline -opc)
    set -l place
    for index in (seq (count $words))
        switch $words[$index]
            case --state --config
                set -l next (math $index + 1)
                if test $next -le (count $words)
                    set -l value (string replace -r '^(~|\$HOME)/' "$HOME/" -- $words[$next])
                    set -a place $words[$index]=$value
                end
            case '--state=*' '--config=*'
                set -a place (string replace -r '=(~|\$HOME)/' "=$HOME/" -- $words[$index])
        end
    end
    )~",
                  program.name, " runs --json $place 2>/dev/null | ", pick_run_ids, "\nend\n");
}

}  // namespace

std::string fish_completion(const ProgramDescription& program) {
    const std::string function = "__" + identifier(program.name);
    const std::string of_program = joined("complete -c ", program.name);
    std::string text = joined("# Completion of ", program.name, " for fish; written by `",
                              program.name, " --generate fish`.\n");
    if (!program.commands.empty())
        text += command_function(function);
    if (takes_runs(program))
        text += fish_runs(program, function);
    const std::string at_first =
        program.commands.empty()
            ? of_program
            : joined(of_program, " -n 'not ", function, "_command >/dev/null'");
    text += joined(
        "\n", of_program, " -f\n", of_program, " -l help -d 'Show the help'\n",
        program.commands.empty() ? "" : joined(of_program, " -l help-all -d 'Show all options'\n"),
        at_first, " -l version -d 'Show the version'\n");
    for (const auto& option : program.options)
        text += option_line(option, of_program, function);
    for (const auto& command : program.commands) {
        text += joined(at_first, " -a ", command.name, " -d ", fish_quoted(command.about), "\n");
    }
    for (const auto& command : program.commands) {
        const std::string start =
            joined(of_program, " -n 'contains -- ", command.name, " (", function, "_command)'");
        for (const auto& option : command.options)
            text += option_line(option, start, function);
    }
    return text;
}

}  // namespace seqload::manual
