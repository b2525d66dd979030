#include "seqload/manual/zsh_completion.hpp"

#include "completion_words.hpp"
#include "seqload/base/joined.hpp"

namespace seqload::manual {

namespace {

std::string zsh_quoted(std::string_view text) {
    std::string result = "'";
    for (const char letter : text)
        result += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return result + "'";
}

std::string action_for(const OptionDescription& option, const std::string& function) {
    switch (offer_of(option)) {
        case Offer::words:
            return joined("(", between(option.choices, " "), ")");
        case Offer::files:
            return "_files";
        case Offer::directories:
            return "_files -/";
        case Offer::runs:
            return function + "_runs";
        case Offer::nothing:
            break;
    }
    return " ";
}

std::string operand_argument(const OptionDescription& option, const std::string& function) {
    const char* const how_many = option.kind == OptionKind::list ? "*:"
                                 : option.is_required            ? ":"
                                                                 : "::";
    return joined(how_many, option.name, ":", action_for(option, function));
}

// An argument of _arguments for each way to write the option.
std::vector<std::string> arguments_for(const OptionDescription& option,
                                       const std::string& function) {
    if (option.is_operand)
        return {zsh_quoted(operand_argument(option, function))};
    const bool is_flag = option.kind == OptionKind::flag;
    std::string rest = joined("[", escaped(option.help, "[]:\\"), "]");
    if (!is_flag)
        rest += joined(":", escaped(option.value, ":\\"), ":", action_for(option, function));
    const std::string name = joined("--", option.name);
    if (option.letter.empty()) {
        return {zsh_quoted(
            joined(option.kind == OptionKind::list ? "*" : "", name, is_flag ? "" : "=", rest))};
    }
    const std::string letter = joined("-", option.letter);
    const std::string either = joined("(", letter, " ", name, ")");
    return {zsh_quoted(joined(either, name, is_flag ? "" : "=", rest)),
            zsh_quoted(joined(either, letter, rest))};
}

std::string arguments_call(const std::vector<OptionDescription>& options, std::string_view first,
                           const std::string& function) {
    std::string call = joined("_arguments ", first);
    for (const auto& option : options) {
        for (const std::string& argument : arguments_for(option, function))
            call += joined(" \\\n        ", argument);
    }
    return call;
}

std::string zsh_runs(const ProgramDescription& program, const std::string& function) {
    if (!takes_runs(program))
        return "";
    return joined(function, R"~(_runs() {
    local -a runs place
    local option value
    for option in --state --config; do
        if (( ${+opt_args[$option]} )); then
            value=${(Q)opt_args[$option]}
            value=${value/#\~\//$HOME/}
            place+=("$option=${value/#\$HOME\//$HOME/}")
        fi
    done
    runs=(${(f)"$()~",
                  program.name, " runs --json \"${place[@]}\" 2>/dev/null |\n        ",
                  pick_run_ids, R"~()"})
    compadd -V runs -a runs
}

)~");
}

std::string body(const ProgramDescription& program, const std::string& function) {
    if (program.commands.empty()) {
        return joined(
            "    ",
            arguments_call(program.options,
                           "'(- *)--help[Show the help]' '(- *)--version[Show the version]'",
                           function),
            "\n");
    }
    std::string names;
    std::string branches;
    for (const auto& command : program.commands) {
        names += joined("        ", zsh_quoted(joined(command.name, ":", command.about)), "\n");
        branches += joined(
            "    ", command.name, ")\n        ",
            arguments_call(command.options,
                           "'(- *)--help[Show the help]' '(- *)--help-all[Show all options]'",
                           function),
            " ;;\n");
    }
    return joined(R"~(    local -a commands
    commands=(
)~",
                  names, R"~(    )
    if (( CURRENT == 2 )); then
        if [[ $PREFIX == -* ]]; then
            _arguments '--help[Show the help]' '--help-all[Show all options]' \
                '--version[Show the version]'
        else
            _describe command commands
        fi
        return
    fi
    shift words
    (( CURRENT-- ))
    case $words[1] in
)~",
                  branches, "    esac\n");
}

}  // namespace

std::string zsh_completion(const ProgramDescription& program) {
    const std::string function = "_" + identifier(program.name);
    return joined("#compdef ", program.name, "\n# Completion of ", program.name,
                  " for zsh; written by `", program.name, " --generate zsh`.\n\n",
                  zsh_runs(program, function), function, "() {\n", body(program, function), "}\n\n",
                  function, " \"$@\"\n");
}

}  // namespace seqload::manual
