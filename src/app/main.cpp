// seqload: reads the command line, carries out the command, returns its code.

#include "seqload/app/check_command.hpp"
#include "seqload/app/command_line.hpp"
#include "seqload/app/core_dumps.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/explain_command.hpp"
#include "seqload/app/load_command.hpp"
#include "seqload/app/log.hpp"
#include "seqload/app/log_manners.hpp"
#include "seqload/app/log_sink.hpp"
#include "seqload/app/plan_command.hpp"
#include "seqload/app/report_command.hpp"
#include "seqload/app/resume_command.hpp"
#include "seqload/app/runs_command.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/signals.hpp"
#include "seqload/app/standard_error.hpp"
#include "seqload/app/standard_streams.hpp"
#include "seqload/app/terminal_manners.hpp"
#include "seqload/app/undo_command.hpp"
#include "seqload/app/variables.hpp"
#include "seqload/app/verify_command.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/thrown.hpp"

#include <csignal>
#include <exception>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <spdlog/spdlog.h>
#include <unistd.h>

namespace {

using namespace seqload;

// Each kind of command to the function that carries it out.
struct CarryOut {
    int operator()(const app::PlanOptions& options) const { return app::run_plan(options); }
    int operator()(const app::LoadOptions& options) const { return app::run_load(options); }
    int operator()(const app::CheckOptions& options) const { return app::run_check(options); }
    int operator()(const app::ResumeOptions& options) const { return app::run_resume(options); }
    int operator()(const app::UndoOptions& options) const { return app::run_undo(options); }
    int operator()(const app::VerifyOptions& options) const { return app::run_verify(options); }
    int operator()(const app::ReportCommandOptions& options) const {
        return app::run_report(options);
    }
    int operator()(const app::RunsOptions& options) const { return app::run_runs(options); }

    int operator()(const app::ExplainOptions& options) const { return app::run_explain(options); }

    int operator()(const app::Printout& printout) const {
        if (printout.exit_code != 0) {
            app::say(printout.lines, printout.text);
            return printout.exit_code;
        }
        return app::print(printout.text) ? 0 : app::exit_code::local_fault;
    }
};

int run(int argument_count, char** arguments) {
    // A reader of our output that goes away is an error to report, not a death; nor is a file that
    // may not grow further (ulimit -f).
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("seqload", std::make_shared<app::LogSink>()));
    spdlog::set_level(spdlog::level::debug);  // what is told at all, the log has decided
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S%z %^%l%$: %v");

    const auto variables = app::process_variables();
    const auto reading =
        app::read_command_line(argument_count, arguments, variables, SystemClock().wall());
    app::Log& log = app::Log::of_process();
    log.behave(reading.log);
    // A program that reads JSON is shown neither colours nor a block, not even by a terminal.
    const bool is_shown = isatty(STDERR_FILENO) == 1 && reading.log.format == app::LogFormat::text;
    app::StandardError::of_process().behave(
        app::manners_towards(is_shown, variables, reading.no_color));
    for (const auto& remark : reading.remarks)
        log.tell({.message = remark});
    return std::visit(CarryOut(), reading.command);
}

}  // namespace

int main(int argument_count, char** arguments) {
    try {
        app::forbid_core_dumps();
        app::take_closed_standard_streams();
        // Before anything can go wrong.
        app::Log::of_process().behave(
            app::log_manners_seen(std::vector<std::string>(arguments, arguments + argument_count),
                                  app::process_variables()));
        const int code = run(argument_count, arguments);
        // Interrupted, and everything is put away: whoever waits sees by what.
        if (code > app::exit_code::signal_base)
            app::end_by_signal(code - app::exit_code::signal_base);
        return code;
    } catch (...) {
        app::complain(thrown_error(std::current_exception()));
        return app::exit_code::local_fault;
    }
}
