// seqload: reads the command line, carries out the command, returns its code.

#include "seqload/app/command_line.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/load_command.hpp"
#include "seqload/app/plan_command.hpp"
#include "seqload/app/say.hpp"
#include "seqload/base/clock.hpp"

#include <csignal>
#include <exception>
#include <variant>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace {

using namespace seqload;

int print_instead(const app::Printout& printout) {
    if (printout.exit_code != 0) {
        app::say(printout.text);
        return printout.exit_code;
    }
    return app::print(printout.text) ? 0 : app::exit_code::local_fault;
}

int run(int argument_count, char** arguments) {
    // A reader of our output that goes away is an error to report, not a death.
    std::signal(SIGPIPE, SIG_IGN);
    spdlog::set_default_logger(spdlog::stderr_logger_st("seqload"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S%z %l: %v");

    const auto command = app::read_command_line(argument_count, arguments, SystemClock().wall());
    if (const auto* plan = std::get_if<app::PlanOptions>(&command))
        return app::run_plan(*plan);
    if (const auto* load = std::get_if<app::LoadOptions>(&command))
        return app::run_load(*load);
    return print_instead(std::get<app::Printout>(command));
}

}  // namespace

int main(int argument_count, char** arguments) {
    try {
        return run(argument_count, arguments);
    } catch (const std::exception& broken) {
        app::complain({ErrorKind::local_fault, broken.what(), {}, "what was recorded is safe"});
        return app::exit_code::local_fault;
    }
}
