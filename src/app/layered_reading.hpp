#pragma once

// The command line, the environment and the configuration file, read together.

#include "seqload/app/command_line.hpp"
#include "seqload/app/option_sources.hpp"
#include "seqload/app/program_options.hpp"
#include "seqload/app/variables.hpp"
#include "seqload/base/clock.hpp"

#include <expected>
#include <string>
#include <vector>

namespace seqload::app {

using Arguments = std::vector<std::string>;  // without the program's name

struct LayeredReading {
    const CommandDescription* command = nullptr;
    std::string file;               // the configuration in force; empty: none
    std::vector<Setting> in_force;  // every option that is not an operand, in their order
    Command told;                   // the command with its options
};

// Whether a command that is only asked for its options must name its files or run.
enum class Operands { as_required, optional };

// Arguments name a command first. Instead of a reading, what is to be printed: help, or
// what is wrong and where it stands.
std::expected<LayeredReading, Printout> read_layers(const Arguments& arguments,
                                                    const Variables& variables, WallTime now,
                                                    Operands operands);

}  // namespace seqload::app
