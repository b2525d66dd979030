#pragma once

// CLI11 asked to parse, and what it or anybody else finds wrong made a printout.

#include "seqload/app/command_line.hpp"
#include "seqload/base/error.hpp"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::app {

// Throws CLI::Error, also for help that was asked for.
void parse(CLI::App& program, const std::vector<std::string>& arguments);

// Help is printed and no error.
Printout printout_of(const CLI::App& program, const CLI::Error& error);

// A line each.
Printout printout_of(const std::vector<Error>& errors);

}  // namespace seqload::app
