#pragma once

// Which value of an option is in force: the command line before the environment
// before the command's own table of the configuration file before its top level.

#include "seqload/app/config_file.hpp"
#include "seqload/app/program_options.hpp"
#include "seqload/app/variables.hpp"

#include <expected>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

enum class SourceKind { built_in, file, environment, command_line };

// "default", "file", "environment", "command line".
std::string_view name(SourceKind kind);

struct Setting {
    std::string option;               // "batch-size"
    std::vector<std::string> values;  // as the command line would give them; of a flag "true" or
                                      // "false"
    SourceKind source = SourceKind::built_in;
    std::string place;  // "seqload.toml:3", "SEQLOAD_BATCH_SIZE"; else empty

    bool operator==(const Setting&) const = default;
};

// The SEQLOAD_… variables that say something and are no option's.
std::vector<std::string> variables_without_effect(const Variables& variables,
                                                  const ProgramDescription& program);

// What the environment and the file say about the options of a command that the
// command line has not given, in the order of its options. Each stands there once.
//
// A variable that is empty is not set. A variable that is a slip of one there is
// (SEQLOAD_MAX_CONTACT) is an error, whichever command has that one: what somebody
// thinks to be in force must be, or not pass for it.
std::expected<std::vector<Setting>, ConfigProblems> settings_beneath(
    const CommandDescription& command, const std::set<std::string>& given,
    const Variables& variables, const ConfigFile& file, const ProgramDescription& program);

}  // namespace seqload::app
