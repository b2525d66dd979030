#pragma once

// What --help and --help-all show. Pure; nothing is wider than 80 columns.

#include "seqload/app/program_options.hpp"

#include <string>

namespace seqload::app {

// No longer than a screen of this many lines; what is seldom needed is then left out, and
// counted. It is --help, the other --help-all.
inline constexpr std::size_t screen_lines = 50;
std::string help_text(const CommandDescription& command);
std::string whole_help_text(const CommandDescription& command);

std::string help_text(const ProgramDescription& program);
std::string whole_help_text(const ProgramDescription& program);

}  // namespace seqload::app
