#include "commands.hpp"

#include "option_groups.hpp"
#include "seqload/manual/option_kinds.hpp"

namespace seqload::app {

using manual::takes_words;

Commands::Commands() : program_("Adds contacts to Apollo sequences in bulk, from CSV.", "seqload") {
    program_.set_version_flag("--version", "seqload " SEQLOAD_VERSION);
    program_.require_subcommand(1);
    program_.set_help_all_flag("--help-all", "Show all options");
    program_.footer(
        "Examples:\n"
        "  seqload plan leads.csv            what would be sent, and how long it takes\n"
        "  seqload load leads.csv            the same, then a question, then sending\n"
        "  seqload resume                    goes on with the latest run\n"
        "  seqload explain not_named         what a reason in a report means\n\n"
        "Exit codes: 0 done, 1 some rows need a person, 2 usage, 3 input, 4 key refused,\n"
        "5 stopped before the end, 6 local fault, 130/143 interrupted.");
    add_plan();
    add_load();
    add_check();
    add_resume();
    add_undo();
    add_verify();
    add_report();
    add_runs();
    add_explain();
    add_config();
}

CLI::App* Commands::parsed() {
    const auto commands = program_.get_subcommands();
    return commands.empty() ? nullptr : commands.front();
}

ConfigQuery Commands::config_query() const {
    ConfigQuery query = config_;
    query.rest = config_command_->remaining();
    return query;
}

void Commands::require_input() const {
    if (load_command_->parsed() && load_.plan.files.empty() && load_.plan_file.empty())
        throw CLI::RequiredError("FILE or --plan FILE");
}

Command Commands::chosen(WallTime now) {
    if (plan_command_->parsed()) {
        finish_plan_options(given_, now, plan_);
        return plan_;
    }
    if (load_command_->parsed())
        return chosen_load(now);
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
    if (explain_command_->parsed())
        return explain_;
    if (!prune_.empty())
        runs_.prune = duration_of("--prune", prune_);
    return runs_;
}

void Commands::add_plan() {
    plan_command_ =
        program_.add_subcommand("plan", "Say what load would send, without sending anything");
    add_input_options(*plan_command_, plan_, given_, true);
    add_default_options(*plan_command_, given_);
    add_request_options(*plan_command_, plan_, given_);
    add_canary_option(*plan_command_, plan_);
    add_limit_options(*plan_command_, given_);
    add_save_option(*plan_command_, plan_.save);
    add_output_options(*plan_command_, plan_.json, plan_.quiet);
    add_log_options(*plan_command_, given_);
    add_config_option(*plan_command_, given_);
    plan_command_->footer(
        "Examples:\n"
        "  seqload plan leads.csv --sequence-id 66e9e215ece19801b219997f \\\n"
        "      --email-account-id 6633baaece5fbd01c791d7ca\n"
        "  zcat leads.csv.gz | seqload plan - --json | jq .requests\n"
        "  seqload plan leads.csv --save plan.json  (then: seqload load --plan plan.json)");
}

void Commands::add_load() {
    load_command_ = program_.add_subcommand("load", "Plan, ask, send, report");
    add_input_options(*load_command_, load_.plan, given_, false);
    add_default_options(*load_command_, given_);
    add_request_options(*load_command_, load_.plan, given_);
    add_run_options(*load_command_, load_);
    add_approved_plan_option(*load_command_, load_.plan_file);
    add_api_options(*load_command_, load_.api_url);
    add_pace_options(*load_command_, given_);
    add_patience_options(*load_command_, given_);
    add_canary_option(*load_command_, load_.plan);
    add_brake_options(*load_command_, load_, given_);
    add_output_options(*load_command_, load_.plan.json, load_.plan.quiet);
    add_output_file_options(*load_command_, load_.outputs);
    add_log_options(*load_command_, given_);
    add_config_option(*load_command_, given_);
    load_command_->footer(
        "Examples:\n"
        "  seqload load leads.csv --sequence-id 66e9e215ece19801b219997f \\\n"
        "      --email-account-id 6633baaece5fbd01c791d7ca\n"
        "  seqload load *.csv.gz --map contact_id=\"Lead: Apollo ID\" --canary 5\n"
        "  seqload load leads.csv --yes --max-failed 5% --deadline 06:00   (at night)\n"
        "The key is in APOLLO_API_KEY, or in a file: --api-key-file.");
}

void Commands::add_check() {
    check_command_ = program_.add_subcommand(
        "check", "Ask Apollo, without adding anyone, whether a load would work");
    add_input_options(*check_command_, check_.plan, given_, false);
    add_default_options(*check_command_, given_);
    add_request_options(*check_command_, check_.plan, given_);
    add_state_option(*check_command_, check_.state_file);
    add_api_options(*check_command_, check_.api_url);
    add_pace_options(*check_command_, given_);
    add_output_options(*check_command_, check_.plan.json, check_.plan.quiet);
    add_log_options(*check_command_, given_);
    add_config_option(*check_command_, given_);
    check_command_->footer(
        "Examples:\n"
        "  seqload check                     the key and the quota\n"
        "  seqload check leads.csv           sequences, mailboxes and labels, too\n\n"
        "Exit codes: 0 all would work (warnings included), 1 something would not,\n"
        "4 the key is refused or is no master key.");
}

void Commands::add_resume() {
    resume_command_ = program_.add_subcommand(
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
    add_output_file_options(*resume_command_, resume_.outputs, Pace::on_record);
    add_pace_options(*resume_command_, given_, Pace::on_record);
    add_patience_options(*resume_command_, given_);
    add_log_options(*resume_command_, given_);
    add_config_option(*resume_command_, given_);
    resume_command_->footer(
        "Examples:\n"
        "  seqload resume                    the latest run\n"
        "  seqload resume 20261124-080000-abcd --max-wait 30m");
}

void Commands::add_undo() {
    undo_command_ = program_.add_subcommand(
        "undo", "Remove from their sequences exactly the contacts that a run added");
    add_recorded_run_options(*undo_command_, undo_.run, true);
    takes_words(undo_command_->add_option("--mode", mode_, "What Apollo does to them"),
                {"remove", "stop", "mark_as_finished"})
        ->group("Run")
        ->capture_default_str();
    undo_command_
        ->add_flag("--include-answer-lost", undo_.include_answer_lost,
                   "Those, too, of whom nobody knows whether this run added them")
        ->group("Run");
    undo_command_->add_flag("-y,--yes", undo_.yes, "Do not ask before removing")->group("Run");
    undo_command_->add_option("--out", undo_.output_directory, "Folder for the report")
        ->group("Run")
        ->type_name("DIR")
        ->default_str("(seqload-out/RUN)");
    add_pace_options(*undo_command_, given_, Pace::on_record);
    add_patience_options(*undo_command_, given_);
    add_log_options(*undo_command_, given_);
    add_config_option(*undo_command_, given_);
    undo_command_->footer(
        "Examples:\n"
        "  seqload undo 20261124-080000-abcd\n"
        "  seqload undo 20261124-080000-abcd --mode mark_as_finished --yes");
}

void Commands::add_verify() {
    verify_command_ = program_.add_subcommand(
        "verify", "Ask Apollo about each row whose fate is in doubt, and settle it");
    add_recorded_run_options(*verify_command_, verify_.run, false);
    verify_command_->add_flag("--all", verify_.all, "Every added contact, too")->group("Run");
    add_pace_options(*verify_command_, given_, Pace::on_record);
    add_patience_options(*verify_command_, given_);
    add_log_options(*verify_command_, given_);
    add_config_option(*verify_command_, given_);
    verify_command_->footer(
        "Examples:\n"
        "  seqload verify                    rows in doubt of the latest run\n"
        "  seqload verify 20261124-080000-abcd --all");
}

void Commands::add_report() {
    report_command_ = program_.add_subcommand("report", "Write a run's report files again");
    add_recorded_run_options(*report_command_, report_.run, true);
    report_command_->add_option("--out", report_.output_directory, "Folder for the reports")
        ->group("Run")
        ->type_name("DIR")
        ->default_str("(where they were)");
    add_junit_option(*report_command_, report_.junit);
    add_log_options(*report_command_, given_);
    add_config_option(*report_command_, given_);
    report_command_->footer(
        "Example:\n"
        "  seqload report 20261124-080000-abcd --out reports --junit seqload.xml");
}

void Commands::add_runs() {
    runs_command_ = program_.add_subcommand("runs", "List the runs on record");
    add_state_option(*runs_command_, runs_.state_file);
    runs_command_
        ->add_option("--prune", prune_,
                     "Forget runs that began longer ago than that, as in 90d; who is in which "
                     "sequence is kept")
        ->group("Run")
        ->type_name("DURATION");
    runs_command_->add_flag("--json", runs_.json, "JSON on standard output")->group("Output");
    add_log_options(*runs_command_, given_);
    add_config_option(*runs_command_, given_);
    runs_command_->footer(
        "Examples:\n"
        "  seqload runs\n"
        "  seqload runs --json | jq -r '.[].run_id'\n"
        "  seqload runs --prune 90d");
}

void Commands::add_config() {
    config_command_ = program_.add_subcommand(
        "config", "Say which options are in force and where each comes from");
    config_command_->add_flag("--json", config_.json, "JSON on standard output")->group("Output");
    config_command_->add_option("--config", config_.config, "Read this TOML file; \"\" reads none")
        ->group("Configuration")
        ->type_name("FILE");
    // What follows is another command's.
    config_command_->prefix_command();
    config_command_->footer(
        "`seqload config COMMAND …` asks about that command (else load), which is "
        "not\ncarried out.\n\n"
        "Example:\n  seqload config load --batch-size 50");
}

void Commands::add_explain() {
    explain_command_ = program_.add_subcommand(
        "explain", "Say what a reason means and what to do about it; without one: all of them");
    explain_command_
        ->add_option("REASON", explain_.word,
                     "A status, a reason, a stop reason or an exit code, as a report has it")
        ->type_name("WORD");
    explain_command_->add_flag("--json", explain_.json, "JSON on standard output")->group("Output");
    add_log_options(*explain_command_, given_);
    explain_command_->footer(
        "Examples:\n  seqload explain contacts_without_email\n  seqload explain 130");
}

Command Commands::chosen_undo() {
    undo_.pace = pace_of(given_);
    // The option's check has seen to it that it is one of them.
    undo_.mode = *apollo::parse_removal_mode(mode_);
    return undo_;
}

Command Commands::chosen_load(WallTime now) {
    finish_plan_options(given_, now, load_.plan);
    apply(pace_of(given_), load_.connection);
    load_.brake = brake_of(given_);
    load_.check_age = age_of(given_.check_age);
    return load_;
}

}  // namespace seqload::app
