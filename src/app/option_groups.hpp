#pragma once

// The options of the commands in groups: each function adds one to a command. What
// an option is, is said here once and for all: name, help, default, the words or
// numbers it takes. The help, the configuration file and its reference read it from
// there (seqload/app/program_options.hpp).
//
// A default is given by default_str(): as the option would be given, or in
// parentheses where words must say it.

#include "option_values.hpp"
#include "seqload/app/options.hpp"

#include <string>

#include <CLI/CLI.hpp>

namespace seqload::app {

// Who paces a run that is on record: the run itself, unless it is told otherwise.
enum class Pace { of_a_new_run, on_record };

// A command that has it is also told by the environment and the configuration file.
void add_config_option(CLI::App& command, Given& given);

// How it talks on standard error; every command has them.
void add_log_options(CLI::App& command, Given& given);

void add_input_options(CLI::App& command, PlanOptions& options, Given& given, bool needs_files);
void add_default_options(CLI::App& command, Given& given);
void add_request_options(CLI::App& command, PlanOptions& options, Given& given);
void add_limit_options(CLI::App& command, Given& given, Pace pace = Pace::of_a_new_run);
void add_output_options(CLI::App& command, bool& json, bool& quiet);
void add_pace_options(CLI::App& command, Given& given, Pace pace = Pace::of_a_new_run);
void add_patience_options(CLI::App& command, Given& given);
void add_canary_option(CLI::App& command, PlanOptions& options);
void add_brake_options(CLI::App& command, LoadOptions& options, Given& given);
void add_api_options(CLI::App& command, std::string& api_url);
void add_run_options(CLI::App& command, LoadOptions& options);
void add_save_option(CLI::App& command, std::string& file);
void add_approved_plan_option(CLI::App& command, std::string& file);
CLI::Option* add_junit_option(CLI::App& command, std::string& file);
void add_output_file_options(CLI::App& command, OutputFiles& files, Pace pace = Pace::of_a_new_run);
void add_state_option(CLI::App& command, std::string& state_file);
void add_recorded_run_options(CLI::App& command, RunOptions& options, bool needs_run);

}  // namespace seqload::app
