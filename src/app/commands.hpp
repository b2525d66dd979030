#pragma once

// The commands with their options; what they were given goes into the members.

#include "option_values.hpp"
#include "seqload/app/command_line.hpp"
#include "seqload/app/options.hpp"
#include "seqload/base/clock.hpp"

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::app {

// What `seqload config` was asked.
struct ConfigQuery {
    bool json = false;
    std::optional<std::string> config;  // the file
    std::vector<std::string> rest;      // a command with its own options, or these alone
};

class Commands {
public:
    Commands();

    CLI::App& program() { return program_; }

    // The command that was named; nullptr, if none was.
    CLI::App* parsed();

    // Once `config` is parsed.
    ConfigQuery config_query() const;

    // Throws CLI::RequiredError if a load was told neither files nor an approved plan, which
    // names them.
    void require_input() const;

    // What any other command that was parsed was told. Throws CLI::ValidationError for
    // values that make no sense.
    Command chosen(WallTime now);

private:
    void add_plan();
    void add_load();
    void add_check();
    void add_resume();
    void add_undo();
    void add_verify();
    void add_report();
    void add_runs();
    void add_explain();
    void add_config();
    Command chosen_load(WallTime now);
    Command chosen_undo();

    CLI::App program_;
    PlanOptions plan_;
    LoadOptions load_;
    CheckOptions check_;
    ResumeOptions resume_;
    UndoOptions undo_;
    VerifyOptions verify_;
    ReportCommandOptions report_;
    RunsOptions runs_;
    ExplainOptions explain_;
    Given given_;
    std::string mode_ = "remove";
    std::string prune_;
    CLI::App* plan_command_ = nullptr;
    CLI::App* load_command_ = nullptr;
    CLI::App* check_command_ = nullptr;
    CLI::App* resume_command_ = nullptr;
    CLI::App* undo_command_ = nullptr;
    CLI::App* verify_command_ = nullptr;
    CLI::App* report_command_ = nullptr;
    CLI::App* runs_command_ = nullptr;
    CLI::App* explain_command_ = nullptr;
    ConfigQuery config_;
    CLI::App* config_command_ = nullptr;
};

}  // namespace seqload::app
