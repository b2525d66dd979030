#pragma once

// `seqload config`: prints which options are in force, and does nothing else.

#include "commands.hpp"
#include "layered_reading.hpp"
#include "seqload/app/command_line.hpp"
#include "seqload/app/variables.hpp"
#include "seqload/base/clock.hpp"

namespace seqload::app {

// commands: parsed, and the command is config.
Printout config_printout(const Commands& commands, const Variables& variables, WallTime now);

}  // namespace seqload::app
