#pragma once

// Everything that can be said to a program, as plain values to walk through: for the
// help, the man page, completions, the configuration file and its reference.

#include <string>
#include <string_view>
#include <vector>

namespace seqload::manual {

enum class OptionKind {
    flag,    // given or not
    number,  // one number
    text,    // one text, whatever it means
    list,    // texts; the option may be given several times
};

std::string_view name(OptionKind kind);

struct OptionDescription {
    std::string name;    // "batch-size", as it stands after "--"; of an operand "FILE"
    std::string letter;  // "q", as it stands after "-"; mostly empty
    OptionKind kind = OptionKind::text;
    bool is_operand = false;           // has no name of its own on the command line
    bool is_required = false;          // only operands are
    std::string value;                 // what stands for the value: "N", "FILE"; empty for a flag
    std::vector<std::string> choices;  // the only words that it takes; mostly empty
    std::string default_value;         // as the option would be given; empty: there is none
    std::string default_in_words;      // in its place, where words must say it
    bool is_on_record = false;         // of a run on record, whose own value holds otherwise
    std::string help;
    std::string group;  // the heading in the help
};

struct CommandDescription {
    std::string name;
    std::string about;                       // one line
    std::string footer;                      // examples and the like; may be empty
    std::vector<OptionDescription> options;  // in the order of the help; without those for help

    // nullptr, if it has none of that name.
    const OptionDescription* find(std::string_view option) const;

    // Whether it is also told by the environment and the configuration file.
    bool is_configurable() const;
};

struct ProgramDescription {
    std::string name;  // "seqload"
    std::string about;
    std::string footer;
    std::vector<OptionDescription> options;  // of a program that has no commands
    std::vector<CommandDescription> commands;

    // nullptr, if there is none of that name.
    const CommandDescription* find(std::string_view command) const;
};

}  // namespace seqload::manual
