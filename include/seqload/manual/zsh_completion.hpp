#pragma once

// What zsh reads to complete the words of a program's command line. Where an operand is a RUN, the
// program itself is asked which there are (`runs --json`), in the state that the words before it
// name with --state or --config. Pure.

#include "seqload/manual/program_description.hpp"

#include <string>

namespace seqload::manual {

std::string zsh_completion(const ProgramDescription& program);

}  // namespace seqload::manual
