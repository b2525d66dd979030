#pragma once

// A configuration file, read and held against the options there are. Whatever
// stands in it is used or refused, never passed over: a misspelt brake is no brake.
//
// Keys are the long options, with "-" or "_": at the top level for every command that
// has the option, or in a table named like a command, for that command alone.

#include "seqload/app/program_options.hpp"
#include "seqload/base/error.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

struct ConfigEntry {
    std::string command;              // whose table it stands in; empty: the top level
    std::string option;               // "batch-size"
    std::vector<std::string> values;  // as the command line would give them; a flag "true" or
                                      // "false"; none: what weaker places say is taken back
    std::size_t line = 0;             // from 1

    bool operator==(const ConfigEntry&) const = default;
};

struct ConfigFile {
    std::string name;  // the path as it is shown; empty: there is no file
    std::vector<ConfigEntry> entries;
};

// Every line that cannot be used, in their order. All are of kind usage, and none
// repeats the value of a key that looks like a secret.
using ConfigProblems = std::vector<Error>;

// Whether a value suits the option (a number in its range, a duration…) is not
// looked at here.
std::expected<ConfigFile, ConfigProblems> read_config(std::string_view text,
                                                      const std::string& name,
                                                      const ProgramDescription& program);

}  // namespace seqload::app
