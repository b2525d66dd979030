#include "seqload/app/completions.hpp"

#include "seqload/base/joined.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace seqload::app {

namespace {

// Prints the ids of the runs on record, a line each, and nothing if there is trouble.
constexpr std::string_view list_runs =
    R"~(seqload runs --json 2>/dev/null | grep -o '"run_id": *"[^"]*"' | cut -d '"' -f 4)~";

std::string between(const std::vector<std::string>& words, std::string_view separator) {
    std::string text;
    for (const std::string& word : words)
        text += joined(text.empty() ? "" : separator, word);
    return text;
}

// With a backslash before each of these characters.
std::string escaped(std::string_view text, std::string_view characters) {
    std::string result;
    for (const char letter : text) {
        if (characters.find(letter) != std::string_view::npos)
            result += '\\';
        result += letter;
    }
    return result;
}

// Between single quotes of bash and zsh.
std::string in_quotes(std::string_view text) {
    std::string result = "'";
    for (const char letter : text)
        result += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return result + "'";
}

std::string words_of(const CommandDescription& command) {
    std::vector<std::string> words{"--help", "--help-all"};
    for (const auto& option : command.options) {
        if (!option.is_operand)
            words.push_back(joined("--", option.name));
    }
    return between(words, " ");
}

const OptionDescription* operand_of(const CommandDescription& command) {
    for (const auto& option : command.options) {
        if (option.is_operand)
            return &option;
    }
    return nullptr;
}

std::string bash_values(const OptionDescription& option) {
    if (!option.choices.empty())
        return joined("mapfile -t COMPREPLY < <(compgen -W '", between(option.choices, " "),
                      "' -- \"$current\")");
    if (option.value == "FILE" || option.name == "FILE")
        return "_seqload_paths -f";
    if (option.value == "DIR")
        return "_seqload_paths -d";
    if (option.name == "RUN")
        return "_seqload_runs";
    return ":";
}

std::string zsh_values(const OptionDescription& option) {
    if (!option.choices.empty())
        return joined("(", between(option.choices, " "), ")");
    if (option.value == "FILE" || option.name == "FILE")
        return "_files";
    if (option.value == "DIR")
        return "_files -/";
    return option.name == "RUN" ? "_seqload_runs" : " ";
}

std::string zsh_option(const OptionDescription& option) {
    if (option.is_operand) {
        return joined(option.kind == OptionKind::list ? "*:"
                      : option.is_required            ? ":"
                                                      : "::",
                      option.name, ":", zsh_values(option));
    }
    std::string text =
        joined(option.kind == OptionKind::list ? "*" : "", "--", option.name,
               option.kind == OptionKind::flag ? "[" : "=[", escaped(option.help, "[]:\\"), "]");
    if (option.kind != OptionKind::flag)
        text += joined(":", escaped(option.value, ":\\"), ":", zsh_values(option));
    return text;
}

std::string fish_option(const CommandDescription& command, const OptionDescription& option) {
    std::string line =
        joined("complete -c seqload -n '__fish_seen_subcommand_from ", command.name, "'");
    if (option.is_operand) {
        if (option.name == "FILE")
            return line + " -F\n";
        return option.name == "RUN" ? line + " -a '(__seqload_runs)'\n" : "";
    }
    line += joined(" -l ", option.name);
    if (!option.letter.empty())
        line += joined(" -s ", option.letter);
    if (!option.choices.empty())
        line += joined(" -x -a '", between(option.choices, " "), "'");
    else if (option.value == "FILE" || option.value == "DIR")
        line += " -r -F";
    else if (option.kind != OptionKind::flag)
        line += " -x";
    return joined(line, " -d '", escaped(option.help, "'\\"), "'\n");
}

}  // namespace

std::string bash_completion(const ProgramDescription& program) {
    std::vector<std::string> names{"--help", "--help-all", "--version"};
    std::map<std::string, std::string> values;
    std::string commands;
    for (const auto& command : program.commands) {
        names.push_back(command.name);
        for (const auto& option : command.options) {
            if (!option.is_operand && option.kind != OptionKind::flag)
                values[option.name] = bash_values(option);
        }
        const auto* const operand = operand_of(command);
        commands += joined("    ", command.name, ")\n        options='", words_of(command),
                           "'\n        operand='", operand == nullptr ? ":" : bash_values(*operand),
                           "'\n        ;;\n");
    }
    std::string cases;
    for (const auto& [name, action] : values)
        cases += joined("    --", name, ") ", action, "; return ;;\n");
    return joined(R"~(# Completion of seqload for bash; written by `seqload --generate bash`.
# shellcheck shell=bash

_seqload_paths() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
}

_seqload_runs() {
    mapfile -t COMPREPLY < <(compgen -W "$()~",
                  list_runs, R"~()" -- "$current")
}

_seqload() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' options operand word
    if [[ $current == '=' ]]; then
        current=''
    elif [[ $previous == '=' && $COMP_CWORD -gt 1 ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word != -* ]]; then
            command=$word
            break
        fi
    done
    case $command in
    '')
        mapfile -t COMPREPLY < <(compgen -W ')~",
                  between(names, " "), R"~(' -- "$current")
        return
        ;;
)~",
                  commands, R"~(    *) return ;;
    esac
    case $previous in
)~",
                  cases, R"~(    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    else
        eval "$operand"
    fi
}

complete -F _seqload seqload
)~");
}

std::string zsh_completion(const ProgramDescription& program) {
    std::string names;
    std::string commands;
    for (const auto& command : program.commands) {
        names += joined("        ", in_quotes(joined(command.name, ":", command.about)), "\n");
        commands += joined("    ", command.name, ")\n        _arguments '--help' '--help-all'");
        for (const auto& option : command.options)
            commands += joined(" \\\n            ", in_quotes(zsh_option(option)));
        commands += " ;;\n";
    }
    return joined(R"~(#compdef seqload
# Completion of seqload for zsh; written by `seqload --generate zsh`.

_seqload_runs() {
    local -a runs
    runs=(${(f)"$()~",
                  list_runs, R"~()"})
    compadd -a runs
}

_seqload() {
    local -a commands
    commands=(
)~",
                  names, R"~(    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    shift words
    (( CURRENT-- ))
    case $words[1] in
)~",
                  commands, R"~(    esac
}

_seqload "$@"
)~");
}

std::string fish_completion(const ProgramDescription& program) {
    std::string text =
        joined(R"~(# Completion of seqload for fish; written by `seqload --generate fish`.

function __seqload_runs
    )~",
               list_runs, R"~(
end

complete -c seqload -f
complete -c seqload -l help -d 'Show the help'
complete -c seqload -n __fish_use_subcommand -l version -d 'Show the version'
)~");
    for (const auto& command : program.commands) {
        text += joined("complete -c seqload -n __fish_use_subcommand -a ", command.name, " -d '",
                       escaped(command.about, "'\\"), "'\n");
    }
    for (const auto& command : program.commands) {
        for (const auto& option : command.options)
            text += fish_option(command, option);
    }
    return text;
}

}  // namespace seqload::app
