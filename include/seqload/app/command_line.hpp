#pragma once

// The command line and the SEQLOAD_… variables, turned into options or into
// what to print instead. The only place that knows how options are spelled.

#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"

#include <string>
#include <variant>

namespace seqload::app {

// --help, --version, or a usage error with its exit code.
struct Printout {
    std::string text;
    int exit_code = 0;  // 0: the text goes to standard output, else to standard error
};

using Command = std::variant<PlanOptions, LoadOptions, CheckOptions, ResumeOptions, UndoOptions,
                             VerifyOptions, ReportCommandOptions, RunsOptions, ExplainOptions, Printout>;

// now: the moment of the run, against which auto_unpause_at is judged.
Command read_command_line(int argument_count, const char* const* arguments, WallTime now);

}  // namespace seqload::app
