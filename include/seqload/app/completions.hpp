#pragma once

// What a shell reads to complete the words of seqload's command line. Pure.

#include "seqload/app/program_options.hpp"

#include <string>

namespace seqload::app {

std::string bash_completion(const ProgramDescription& program);
std::string zsh_completion(const ProgramDescription& program);
std::string fish_completion(const ProgramDescription& program);

}  // namespace seqload::app
