#pragma once

// What is said of a word on the command line that nobody knows. Pure.

#include "seqload/app/program_options.hpp"
#include "seqload/base/error.hpp"

#include <string>

namespace seqload::app {

// An option or operand that the command does not take: the one that was probably meant,
// of this command or of another.
Error not_taken(const std::string& word, const CommandDescription& command,
                const ProgramDescription& program);

// In the place of a command's name.
Error no_command(const std::string& word, const ProgramDescription& program);

}  // namespace seqload::app
