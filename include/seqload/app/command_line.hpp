#pragma once

// The command line, the SEQLOAD_… variables and the configuration file, turned into
// options or into what to print instead.

#include "seqload/app/log_line.hpp"
#include "seqload/app/log_manners.hpp"
#include "seqload/app/options.hpp"
#include "seqload/app/variables.hpp"
#include "seqload/base/clock.hpp"

#include <string>
#include <variant>
#include <vector>

namespace seqload::app {

// --help, --version, `seqload config`, or a usage error with its exit code.
struct Printout {
    std::string text;
    int exit_code = 0;                // 0: the text goes to standard output, else to standard error
    std::vector<LogLine> lines = {};  // of a usage error: the same in JSON
};

using Command =
    std::variant<PlanOptions, LoadOptions, CheckOptions, ResumeOptions, UndoOptions, VerifyOptions,
                 ReportCommandOptions, RunsOptions, ExplainOptions, Printout>;

struct Reading {
    Command command;
    std::vector<std::string> remarks;  // a line each, to be logged before the command begins
    bool no_color = false;
    LogManners log = {};
};

// Reads the configuration file that these name, or the one that is where it is looked
// for. now: the moment of the run, against which auto_unpause_at is judged.
Reading read_command_line(int argument_count, const char* const* arguments,
                          const Variables& variables, WallTime now);

}  // namespace seqload::app
