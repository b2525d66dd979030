#pragma once

// The options that read a command line, as plain values: read off the reader itself, so
// that they cannot lag behind.

#include "seqload/manual/program_description.hpp"

#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::manual {

OptionDescription described(const CLI::Option& option);

// In the order in which they were added, without those that ask for help or the version.
std::vector<OptionDescription> described_options(const CLI::App& command);

}  // namespace seqload::manual
