#include "option_groups.hpp"

#include "plan_options_json.hpp"
#include "seqload/manual/option_kinds.hpp"

#include <array>
#include <cstddef>

namespace seqload::app {

using manual::as_the_run_has_it;
using manual::takes_fraction;
using manual::takes_number;
using manual::takes_words;

namespace {

const std::string connection_group = "Connection";
const std::string defaults_group = "Defaults for rows that leave the column empty";
const std::string input_group = "Input";
const std::string output_group = "Output";
const std::string quota_group = "Quota";
const std::string requests_group = "Requests";
const std::string run_group = "Run";
const std::string safety_group = "Safety";

std::string option_name(std::string_view flag) {
    std::string text = "--" + std::string(flag);
    for (char& letter : text) {
        if (letter == '_')
            letter = '-';
    }
    return text;
}

constexpr std::array<const char*, flag_count> flag_helps{
    "Add contacts that have no e-mail address",
    "Add contacts whose address is unverified",
    "Add contacts who changed jobs recently",
    "Add contacts who are in other sequences",
    "Add contacts who are marked finished in another sequence",
    "Add contacts whose company is in the sequence already",
    "Add contacts that somebody else owns",
    "Add contacts that are queued for processing",
    "Skip Apollo's verification of the contacts",
};

// What a run on record says of it holds, unless it is told otherwise.
void paced_by_default(CLI::Option* option, Pace pace, const char* otherwise) {
    option->default_str(pace == Pace::on_record ? as_the_run_has_it : otherwise);
}

}  // namespace

void add_config_option(CLI::App& command, Given& given) {
    command
        .add_option("--config", given.config,
                    "Read options from this TOML file; \"\" reads none (config/README.md)")
        ->group("Configuration")
        ->type_name("FILE")
        ->default_str("(./seqload.toml, else ~/.config/seqload/config.toml)");
}

void add_log_options(CLI::App& command, Given& given) {
    command
        .add_flag("--no-color", given.no_color,
                  "No colours on a terminal (nor with NO_COLOR); pipes and files never get any")
        ->group(output_group);
    takes_words(command.add_option("--log-format", given.log_format,
                                   "json: each line on standard error is an object"),
                {"text", "json"})
        ->group(output_group)
        ->capture_default_str();
    takes_words(command.add_option("--log-level", given.log_level,
                                   "What is less grave goes unsaid on standard error"),
                {"error", "warning", "info", "debug"})
        ->group(output_group)
        ->capture_default_str();
}

void add_input_options(CLI::App& command, PlanOptions& options, Given& given, bool needs_files) {
    command
        .add_option("FILE", options.files, "CSV files, plain, gzip or zstd; - is standard input")
        ->required(needs_files);
    command.add_option("--delimiter", given.delimiter, "Separator: , ; | or tab")
        ->group(input_group)
        ->type_name("CHARACTER")
        ->default_str("(found from the header)");
    command
        .add_option("--map", given.map,
                    "COLUMN=NAME: the column goes by that name in the files, as in "
                    "--map contact_id=\"Lead: Apollo ID\"; COLUMN=: no column of the files is it "
                    "(repeatable)")
        ->group(input_group)
        ->type_name("COLUMN=NAME")
        ->allow_extra_args(false);
    command
        .add_option("--exclude", options.excludes,
                    "CSV of contact ids that are never to be added (repeatable)")
        ->group(input_group)
        ->type_name("FILE")
        ->allow_extra_args(false);
}

void add_default_options(CLI::App& command, Given& given) {
    const auto add = [&](const char* name, std::string& value, const char* type, const char* what) {
        return command.add_option(name, value, what)->group(defaults_group)->type_name(type);
    };
    add("--sequence-id", given.sequence, "ID", "The sequence to add to");
    add("--sequence", given.sequence_called, "NAME", "The same by its name, which Apollo is asked");
    add("--email-account-id", given.mailboxes, "ID[;ID…]", "The mailbox; several rotate");
    add("--email-account", given.mailboxes_called, "ADDRESS[;ADDRESS…]",
        "The same by address or alias");
    add("--send-email-from-email-address", given.from_address, "ADDRESS", "An alias of it");
    add("--user-id", given.user, "ID", "Who the activity log shows");
    add("--user", given.user_called, "ADDRESS", "The same by address");
    takes_words(add("--status", given.status, "STATUS", "How they begin in the sequence"),
                {"active", "paused"});
    add("--auto-unpause-at", given.auto_unpause_at, "TIME", "ISO 8601 with a zone; when paused");
    for (std::size_t i = 0; i < flag_count; ++i) {
        command.add_flag(option_name(flag_names[i]), given.flags[i], flag_helps[i])
            ->group(defaults_group);
    }
}

void add_request_options(CLI::App& command, PlanOptions& options, Given& given) {
    takes_number(
        command.add_option("--batch-size", options.batch_size, "Contacts per request at most"), 1,
        most_in_a_batch)
        ->group(requests_group)
        ->capture_default_str();
    takes_number(command.add_option("--labels-per-request", options.labels_per_request,
                                    "More than 1 saves requests and loses per-row counts"),
                 1, most_labels_in_a_request)
        ->group(requests_group)
        ->capture_default_str();
    takes_words(command.add_option("--params", given.form,
                                   "query: as documented; body: as JSON, where larger batches fit"),
                {"query", "body"})
        ->group(requests_group)
        ->capture_default_str();
}

void add_output_options(CLI::App& command, bool& json, bool& quiet) {
    command.add_flag("--json", json, "JSON on standard output")->group(output_group);
    command.add_flag("-q,--quiet", quiet, "Only errors on standard error")->group(output_group);
}

void add_limit_options(CLI::App& command, Given& given, Pace pace) {
    constexpr unsigned most = 1'000'000'000;
    const auto limit = [&](const char* name, Window window, const char* what,
                           const char* otherwise) {
        const auto option = takes_number(
            command.add_option(name, given.pace.limits[static_cast<std::size_t>(window)], what), 0,
            most);
        paced_by_default(option->group(quota_group), pace, otherwise);
    };
    limit("--minute-limit", Window::minute, "Requests per minute; 0: unlimited",
          "(what Apollo last told, else 200)");
    limit("--hour-limit", Window::hour, "Requests per hour; 0: unlimited",
          "(what Apollo last told, else 400)");
    limit("--day-limit", Window::day, "Requests per day; 0: unlimited",
          "(what Apollo last told, else 2000)");
    const auto reserve =
        command.add_option("--reserve", given.reserve,
                           "Leave that part of each window to the team's other tools, as 20%");
    paced_by_default(reserve->group(quota_group)->type_name("N%"), pace, "0%");
}

void add_pace_options(CLI::App& command, Given& given, Pace pace) {
    PaceOptions& told = given.pace;
    const auto file = [&](const char* name, std::optional<std::string>& value, const char* what) {
        return command.add_option(name, value, what)->group(connection_group)->type_name("FILE");
    };
    paced_by_default(file("--api-key-file", told.api_key_file, "The master key"), pace,
                     "(the key is in APOLLO_API_KEY)");
    paced_by_default(file("--ca-file", told.ca_file, "Certificate authorities to trust besides"),
                     pace, "");
    const auto add = [&](const char* name, auto& value, const char* what) {
        return command.add_option(name, value, what)->group(connection_group);
    };
    paced_by_default(
        takes_number(add("--connections", told.connections, "Connections at once"), 1, 256), pace,
        "4");
    paced_by_default(add("--timeout", given.timeout, "For connecting, TLS and the answer, each")
                         ->type_name("DURATION"),
                     pace, "60s");
    paced_by_default(takes_number(add("--attempts", told.attempts, "Attempts per request"), 1, 100),
                     pace, "5");
    paced_by_default(
        add("--give-up-after", given.give_up_after, "Stop when everything has failed for so long")
            ->type_name("DURATION"),
        pace, "5m");
    paced_by_default(takes_fraction(add("--time-scale", told.time_scale,
                                        "Virtual seconds in a real one; for apollo-sandbox"),
                                    0.001, 1e6),
                     pace, "1");
    add_limit_options(command, given, pace);
}

void add_patience_options(CLI::App& command, Given& given) {
    command
        .add_option("--deadline", given.deadline,
                    "Send nothing after that: a time of day as 06:00, or a duration as 4h")
        ->group(quota_group)
        ->type_name("TIME");
    command
        .add_option("--max-wait", given.max_wait,
                    "Stop instead of waiting longer than that for the quota, as 30m")
        ->group(quota_group)
        ->type_name("DURATION");
}

void add_canary_option(CLI::App& command, PlanOptions& options) {
    takes_number(command.add_option(
                     "--canary", options.canary,
                     "Send N rows of each target first, and the rest only if every one of them is "
                     "added or was there already; skipped, failed and unconfirmed stop the run"),
                 0, 1'000'000)
        ->group(safety_group)
        ->capture_default_str();
}

void add_brake_options(CLI::App& command, LoadOptions& options, Given& given) {
    command
        .add_flag("!--no-check", options.check,
                  "Do not ask Apollo first whether the plan would work; names are looked up "
                  "all the same")
        ->group(safety_group);
    command
        .add_option("--check-age", given.check_age,
                    "What Apollo has told since then is not asked again; 0: always ask")
        ->group(safety_group)
        ->type_name("DURATION")
        ->default_str("1h");
    command
        .add_flag("--allow-partial", options.allow_partial,
                  "Fail the rows that would not work, unsent, and send the rest")
        ->group(safety_group);
    takes_number(
        command.add_option("--max-contacts", options.max_contacts,
                           "Refuse a plan that reaches more people; labels count by their size"),
        0, 4'000'000'000)
        ->group(safety_group);
    command
        .add_option("--max-failed", given.max_failed,
                    "Stop when more rows fail: a number, or a share of those answered")
        ->group(safety_group)
        ->type_name("N|N%");
    command
        .add_option("--max-skipped", given.max_skipped,
                    "Stop when Apollo skips more rows: a number, or a share")
        ->group(safety_group)
        ->type_name("N|N%");
}

void add_api_options(CLI::App& command, std::string& api_url) {
    command.add_option("--api-url", api_url, "Scheme, host and port")
        ->group(connection_group)
        ->type_name("URL")
        ->capture_default_str();
}

void add_state_option(CLI::App& command, std::string& state_file) {
    command.add_option("--state", state_file, "The state database")
        ->group(run_group)
        ->type_name("FILE")
        ->default_str("(~/.local/state/seqload/state.db)");
}

void add_recorded_run_options(CLI::App& command, RunOptions& options, bool needs_run) {
    command
        .add_option("RUN", options.run,
                    needs_run ? "The run, as `seqload runs` names it"
                              : "The run, as `seqload runs` names it (default: the latest)")
        ->required(needs_run);
    add_state_option(command, options.state_file);
    add_output_options(command, options.json, options.quiet);
}

void add_run_options(CLI::App& command, LoadOptions& options) {
    command.add_flag("-y,--yes", options.yes, "Do not ask before sending")->group(run_group);
    command.add_option("--out", options.output_directory, "Folder for the reports")
        ->group(run_group)
        ->type_name("DIR")
        ->default_str("(seqload-out/RUN)");
    add_state_option(command, options.state_file);
    command
        .add_flag("--expand-labels", options.expand_labels,
                  "Read whom labels reach, 100 contacts a request from a quota of its own, and "
                  "send them as contacts: fuller batches, no one twice, a result for each")
        ->group(requests_group);
    command
        .add_flag("--skip-added", options.skip_added,
                  "Leave out contacts that the state knows to be in the sequence")
        ->group(run_group);
    command
        .add_flag("!--no-passthrough", options.passthrough,
                  "Leave the input's other columns out of report.csv")
        ->group(output_group);
    command
        .add_flag("--spreadsheet-safe", options.spreadsheet_safe,
                  "Defuse free text that a spreadsheet would run")
        ->group(output_group);
    command
        .add_flag("--fail-on-skipped", options.fail_on_skipped,
                  "Rows that Apollo skips need a person, too")
        ->group(output_group);
}

void add_save_option(CLI::App& command, std::string& file) {
    command.add_option("--save", file, "Keep the plan in a file, to be approved: load --plan")
        ->group(output_group)
        ->type_name("FILE");
}

void add_approved_plan_option(CLI::App& command, std::string& file) {
    command
        .add_option("--plan", file,
                    "Load what `seqload plan --save` kept, without a question; refused if the "
                    "input, the options or the targets differ. What is not given is as in the plan")
        ->group(safety_group)
        ->type_name("FILE");
}

CLI::Option* add_junit_option(CLI::App& command, std::string& file) {
    return command
        .add_option("--junit", file,
                    "Write a test report, too: a suite for each file, a case for each target")
        ->group(output_group)
        ->type_name("FILE");
}

void add_output_file_options(CLI::App& command, OutputFiles& files, Pace pace) {
    paced_by_default(add_junit_option(command, files.junit), pace, "");
    paced_by_default(
        command
            .add_option("--metrics", files.metrics,
                        "Write metrics for Prometheus (node_exporter's textfile collector)")
            ->group(output_group)
            ->type_name("FILE"),
        pace, "");
}

}  // namespace seqload::app
