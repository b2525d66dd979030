#include "seqload/app/command_line.hpp"

#include "commands.hpp"
#include "seqload/app/exit_code.hpp"
#include "seqload/app/program_options.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <sstream>
#include <utility>

namespace seqload::app {

namespace {

Printout printout_of(const CLI::App& program, const CLI::Error& error) {
    std::ostringstream out;
    std::ostringstream problems;
    const int code = program.exit(error, out, problems);
    if (code == 0)
        return {out.str(), 0};
    return {joined("seqload: error: ", printable(error.what()), "\n",
                   "Try `seqload --help` or `seqload COMMAND --help`.\n"),
            exit_code::usage};
}

// Every long option is also read from its variable; the command line wins.
void read_environment(CLI::App& program) {
    for (CLI::App* command : program.get_subcommands({})) {
        for (CLI::Option* option : command->get_options()) {
            const auto& names = option->get_lnames();
            if (!names.empty() && names.front() != "help")
                option->envname(variable_of(names.front()));
        }
    }
}

}  // namespace

Command read_command_line(int argument_count, const char* const* arguments, WallTime now) {
    Commands commands;
    read_environment(commands.program());
    try {
        commands.program().parse(argument_count, arguments);
        return commands.chosen(now);
    } catch (const CLI::Error& error) {
        return printout_of(commands.program(), error);
    }
}

}  // namespace seqload::app
