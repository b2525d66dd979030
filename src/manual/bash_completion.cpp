#include "seqload/manual/bash_completion.hpp"

#include "completion_words.hpp"
#include "seqload/base/joined.hpp"

#include <map>

namespace seqload::manual {

namespace {

std::string words_of(const std::vector<OptionDescription>& options,
                     std::vector<std::string> words) {
    for (const auto& option : options) {
        if (!option.is_operand)
            words.push_back(joined("--", option.name));
    }
    return between(words, " ");
}

// Sets COMPREPLY.
std::string action_for(const OptionDescription* option, const std::string& function) {
    switch (option == nullptr ? Offer::nothing : offer_of(*option)) {
        case Offer::words:
            return joined("mapfile -t COMPREPLY < <(compgen -W \"", between(option->choices, " "),
                          "\" -- \"$current\")");
        case Offer::files:
            return function + "_paths -f";
        case Offer::directories:
            return function + "_paths -d";
        case Offer::runs:
            return function + "_runs";
        case Offer::nothing:
            break;
    }
    return ":";
}

// The branches of a case over the word before the current one.
std::string values_of(const ProgramDescription& program, const std::string& function) {
    std::map<std::string, std::string> actions;
    const auto add = [&](const std::vector<OptionDescription>& options) {
        for (const auto& option : options) {
            if (!option.is_operand && option.kind != OptionKind::flag)
                actions[option.name] = action_for(&option, function);
        }
    };
    add(program.options);
    for (const auto& command : program.commands)
        add(command.options);
    std::string branches;
    for (const auto& [name, action] : actions)
        branches += joined("    --", name, ") ", action, "; return ;;\n");
    return branches;
}

std::string paths_function(const std::string& function) {
    return joined(function, R"~(_paths() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
}
)~");
}

std::string bash_runs(const ProgramDescription& program, const std::string& function) {
    if (!takes_runs(program))
        return "";
    return joined(R"~(
# The word as it is meant, though nothing in it is carried out.
)~",
                  function, R"~(_meant() {
    local word=${1//[\\\"\']/}
    # shellcheck disable=SC2088
    case $word in
    '~/'*) word=$HOME/${word:2} ;;
    '$HOME/'*) word=$HOME/${word:6} ;;
    esac
    printf '%s' "$word"
}

)~",
                  function, R"~(_runs() {
    local -a place=()
    local index word next
    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        case $word in
        --state | --config)
            next=$((index + 1))
            [[ ${COMP_WORDS[next]} == '=' ]] && next=$((next + 1))
            ((next < COMP_CWORD)) && place+=("$word=$()~",
                  function, R"~(_meant "${COMP_WORDS[next]}")")
            ;;
        --state=* | --config=*) place+=("${word%%=*}=$()~",
                  function, R"~(_meant "${word#*=}")") ;;
        esac
    done
    compopt -o nosort 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -W "$()~",
                  program.name, R"~( runs --json "${place[@]}" 2>/dev/null |
        )~",
                  pick_run_ids, R"~()" -- "$current")
}
)~");
}

// Sets `options` and `operand` by the command that stands on the line.
std::string commands_choice(const ProgramDescription& program, const std::string& function) {
    if (program.commands.empty()) {
        return joined("    options='", words_of(program.options, {"--help", "--version"}),
                      "'\n    operand=':'\n");
    }
    std::vector<std::string> names{"--help", "--help-all", "--version"};
    std::string branches;
    for (const auto& command : program.commands) {
        names.push_back(command.name);
        branches +=
            joined("    ", command.name, ")\n        options='",
                   words_of(command.options, {"--help", "--help-all"}), "'\n        operand='",
                   action_for(operand_of(command.options), function), "'\n        ;;\n");
    }
    return joined(R"~(    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
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
                  branches, "    *) return ;;\n    esac\n");
}

}  // namespace

std::string bash_completion(const ProgramDescription& program) {
    const std::string function = "_" + identifier(program.name);
    return joined("# Completion of ", program.name, " for bash; written by `", program.name,
                  " --generate bash`.\n# shellcheck shell=bash disable=SC2016\n\n",
                  paths_function(function), bash_runs(program, function), "\n", function,
                  R"~(() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local options operand)~",
                  program.commands.empty() ? "" : " command='' word", R"~(
    if [[ $current == '=' ]]; then
        current=''
    elif [[ $previous == '=' && $COMP_CWORD -gt 1 ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    COMPREPLY=()
)~",
                  commands_choice(program, function), R"~(    case $previous in
)~",
                  values_of(program, function), R"~(    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    else
        eval "$operand"
    fi
}

complete -F )~",
                  function, " ", program.name, "\n");
}

}  // namespace seqload::manual
