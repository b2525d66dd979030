#include "seqload/app/command_line.hpp"

#include "option_groups.hpp"
#include "seqload/app/exit_code.hpp"
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

// The commands with their options; what they were given goes into the members.
class Commands {
public:
    explicit Commands(CLI::App& program) {
        add_plan(program);
        add_load(program);
        add_check(program);
        add_resume(program);
        add_undo(program);
        add_verify(program);
        add_report(program);
        add_runs(program);
    }

    // Once the command line is parsed.
    Command chosen(WallTime now) {
        if (plan_command_->parsed()) {
            finish_plan_options(given_, now, plan_);
            return plan_;
        }
        if (load_command_->parsed()) {
            finish_plan_options(given_, now, load_.plan);
            apply(pace_of(given_), load_.connection);
            load_.brake = brake_of(given_);
            load_.check_age = age_of(given_.check_age);
            return load_;
        }
        if (check_command_->parsed()) {
            finish_plan_options(given_, now, check_.plan);
            apply(pace_of(given_), check_.connection);
            return check_;
        }
        if (resume_command_->parsed()) {
            resume_.pace = pace_of(given_);
            return resume_;
        }
        if (undo_command_->parsed())
            return chosen_undo();
        if (verify_command_->parsed()) {
            verify_.pace = pace_of(given_);
            return verify_;
        }
        if (report_command_->parsed())
            return report_;
        if (!prune_.empty())
            runs_.prune = duration_of("--prune", prune_);
        return runs_;
    }

private:
    void add_plan(CLI::App& program) {
        plan_command_ =
            program.add_subcommand("plan", "Say what load would send, without sending anything");
        add_input_options(*plan_command_, plan_, given_, true);
        add_default_options(*plan_command_, given_);
        add_request_options(*plan_command_, plan_, given_);
        add_canary_option(*plan_command_, plan_);
        add_limit_options(*plan_command_, given_);
        add_output_options(*plan_command_, plan_);
        read_environment(*plan_command_);
    }

    void add_load(CLI::App& program) {
        load_command_ = program.add_subcommand("load", "Plan, ask, send, report");
        add_input_options(*load_command_, load_.plan, given_, true);
        add_default_options(*load_command_, given_);
        add_request_options(*load_command_, load_.plan, given_);
        add_run_options(*load_command_, load_);
        add_api_options(*load_command_, load_.api_url);
        add_pace_options(*load_command_, given_);
        add_patience_options(*load_command_, given_);
        add_canary_option(*load_command_, load_.plan);
        add_brake_options(*load_command_, load_, given_);
        add_output_options(*load_command_, load_.plan);
        read_environment(*load_command_);
        load_command_->footer(
            "Example:\n  APOLLO_API_KEY=… seqload load leads.csv "
            "--sequence-id 66e9e215ece19801b219997f \\\n"
            "      --email-account-id 6633baaece5fbd01c791d7ca");
    }

    void add_check(CLI::App& program) {
        check_command_ = program.add_subcommand(
            "check", "Ask Apollo, without adding anyone, whether a load would work");
        add_input_options(*check_command_, check_.plan, given_, false);
        add_default_options(*check_command_, given_);
        add_request_options(*check_command_, check_.plan, given_);
        add_state_option(*check_command_, check_.state_file);
        add_api_options(*check_command_, check_.api_url);
        add_pace_options(*check_command_, given_);
        add_output_options(*check_command_, check_.plan);
        read_environment(*check_command_);
        check_command_->footer(
            "Exit codes: 0 all would work (warnings included), 1 something would not,\n"
            "4 the key is refused or is no master key.");
    }

    void add_resume(CLI::App& program) {
        resume_command_ = program.add_subcommand(
            "resume", "Go on with a run that was stopped or killed, with its own options");
        add_recorded_run_options(*resume_command_, resume_.run, false);
        resume_command_
            ->add_flag("-y,--yes", resume_.yes,
                       "Do not ask, if the run ended before its question was answered")
            ->group("Run");
        resume_command_
            ->add_flag("!--no-canary", resume_.canary,
                       "Send what is left untried, whatever --canary the run was begun with; else "
                       "a target whose canary failed is tried with other rows of it")
            ->group("Run");
        add_pace_options(*resume_command_, given_);
        add_patience_options(*resume_command_, given_);
        read_environment(*resume_command_);
    }

    void add_undo(CLI::App& program) {
        undo_command_ = program.add_subcommand(
            "undo", "Remove from their sequences exactly the contacts that a run added");
        add_recorded_run_options(*undo_command_, undo_.run, true);
        undo_command_
            ->add_option("--mode", mode_,
                         "remove, stop or mark_as_finished: what Apollo does to them")
            ->group("Run")
            ->check(CLI::IsMember({"remove", "stop", "mark_as_finished"}))
            ->capture_default_str();
        undo_command_
            ->add_flag("--include-answer-lost", undo_.include_answer_lost,
                       "Those, too, of whom nobody knows whether this run added them")
            ->group("Run");
        undo_command_->add_flag("-y,--yes", undo_.yes, "Do not ask before removing")->group("Run");
        undo_command_
            ->add_option("--out", undo_.output_directory,
                         "Folder for the report (default seqload-out/RUN)")
            ->group("Run")
            ->type_name("DIR");
        add_pace_options(*undo_command_, given_);
        add_patience_options(*undo_command_, given_);
        read_environment(*undo_command_);
    }

    void add_verify(CLI::App& program) {
        verify_command_ = program.add_subcommand(
            "verify", "Ask Apollo about each row whose fate is in doubt, and settle it");
        add_recorded_run_options(*verify_command_, verify_.run, false);
        verify_command_->add_flag("--all", verify_.all, "Every added contact, too")->group("Run");
        add_pace_options(*verify_command_, given_);
        add_patience_options(*verify_command_, given_);
        read_environment(*verify_command_);
    }

    void add_report(CLI::App& program) {
        report_command_ = program.add_subcommand("report", "Write a run's report files again");
        add_recorded_run_options(*report_command_, report_.run, true);
        report_command_
            ->add_option("--out", report_.output_directory,
                         "Folder for the reports (default: where they were)")
            ->group("Run")
            ->type_name("DIR");
        read_environment(*report_command_);
    }

    void add_runs(CLI::App& program) {
        runs_command_ = program.add_subcommand("runs", "List the runs on record");
        add_state_option(*runs_command_, runs_.state_file);
        runs_command_
            ->add_option("--prune", prune_,
                         "Forget runs that began longer ago than that, as in 90d; who is in which "
                         "sequence is kept")
            ->group("Run")
            ->type_name("AGE");
        runs_command_->add_flag("--json", runs_.json, "JSON on standard output")->group("Output");
        read_environment(*runs_command_);
    }

    Command chosen_undo() {
        undo_.pace = pace_of(given_);
        // The option's check has seen to it that it is one of them.
        undo_.mode = *apollo::parse_removal_mode(mode_);
        return undo_;
    }

    PlanOptions plan_;
    LoadOptions load_;
    CheckOptions check_;
    ResumeOptions resume_;
    UndoOptions undo_;
    VerifyOptions verify_;
    ReportCommandOptions report_;
    RunsOptions runs_;
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
};

}  // namespace

Command read_command_line(int argument_count, const char* const* arguments, WallTime now) {
    CLI::App program("Adds contacts to Apollo sequences in bulk, from CSV.", "seqload");
    program.set_version_flag("--version", "seqload " SEQLOAD_VERSION);
    program.require_subcommand(1);
    program.footer(
        "Exit codes: 0 done, 1 some rows need a person, 2 usage, 3 input, 4 key refused,\n"
        "5 stopped before the end, 6 local fault, 130/143 interrupted.");
    Commands commands(program);
    try {
        program.parse(argument_count, arguments);
        return commands.chosen(now);
    } catch (const CLI::Error& error) {
        return printout_of(program, error);
    }
}

}  // namespace seqload::app
