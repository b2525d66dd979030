#pragma once

// Everything that can be said to seqload, as plain values (manual/program_description.hpp).
// It is read off the very commands that read the command line, so it cannot lag behind.

#include "seqload/manual/program_description.hpp"

#include <string>
#include <string_view>

namespace seqload::app {

using manual::CommandDescription;
using manual::OptionDescription;
using manual::OptionKind;
using manual::ProgramDescription;

const ProgramDescription& program_description();

// The variable of an option: "SEQLOAD_BATCH_SIZE" of "batch-size".
std::string variable_of(std::string_view option);

}  // namespace seqload::app
