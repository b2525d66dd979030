#pragma once

// Everything that can be said to seqload, as plain values to walk through: for the
// help, the man page, completions, the configuration file and its reference. It is
// read off the very commands that read the command line, so it cannot lag behind.

#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

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
    std::string about;   // one line
    std::string footer;  // examples and the like; may be empty
    std::vector<OptionDescription>
        options;  // in the order of the help; without --help and --help-all

    // nullptr, if it has none of that name.
    const OptionDescription* find(std::string_view option) const;

    // Whether it is also told by the environment and the configuration file.
    bool is_configurable() const;
};

struct ProgramDescription {
    std::string about;
    std::string footer;
    std::vector<CommandDescription> commands;

    // nullptr, if there is none of that name.
    const CommandDescription* find(std::string_view command) const;
};

const ProgramDescription& program_description();

// The variable of an option: "SEQLOAD_BATCH_SIZE" of "batch-size".
std::string variable_of(std::string_view option);

}  // namespace seqload::app
