#pragma once

// The options of the commands in groups: each function adds one to a command,
// and what was given is turned into values once all of it is read. Values that
// make no sense throw CLI::ValidationError.

#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"

#include <array>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::app {

// The texts as they were given; what they mean is found out once all are read.
struct Given {
    std::string delimiter;
    std::vector<std::string> map;
    std::string sequence, mailboxes, from_address, user, status, auto_unpause_at;
    std::array<bool, flag_count> flags{};
    std::string form = "query";
    PaceOptions pace;
    std::string timeout, give_up_after, deadline, max_wait, reserve;
    std::string max_failed, max_skipped, check_age;
};

// Every long option is also read from its variable; the command line wins. To be
// called once the command has its options.
void read_environment(CLI::App& command);

void add_input_options(CLI::App& command, PlanOptions& options, Given& given, bool needs_files);
void add_default_options(CLI::App& command, Given& given);
void add_request_options(CLI::App& command, PlanOptions& options, Given& given);
void add_limit_options(CLI::App& command, Given& given);
void add_output_options(CLI::App& command, PlanOptions& options);
void add_pace_options(CLI::App& command, Given& given);
void add_patience_options(CLI::App& command, Given& given);
void add_canary_option(CLI::App& command, PlanOptions& options);
void add_brake_options(CLI::App& command, LoadOptions& options, Given& given);
void add_api_options(CLI::App& command, std::string& api_url);
void add_run_options(CLI::App& command, LoadOptions& options);
void add_state_option(CLI::App& command, std::string& state_file);
void add_recorded_run_options(CLI::App& command, RunOptions& options, bool needs_run);

[[noreturn]] void refuse(const std::string& option, const std::string& value,
                         const std::string& expected);
// 0 is one, too.
Duration age_of(const std::string& text);
Duration duration_of(const char* option, const std::string& text);
Duration time_until(const std::string& text, WallTime now);
dispatch::Brake::Limits brake_of(const Given& given);
void finish_plan_options(const Given& given, WallTime now, PlanOptions& options);
PaceOptions pace_of(const Given& given);

}  // namespace seqload::app
