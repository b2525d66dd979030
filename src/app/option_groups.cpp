#include "option_groups.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/cell_values.hpp"
#include "seqload/input/column.hpp"

#include <chrono>
#include <cstddef>
#include <utility>

namespace seqload::app {

namespace {

std::string environment_name(std::string option) {
    option.erase(0, option.find_first_not_of('-'));
    for (char& letter : option) {
        if (letter == '-')
            letter = '_';
        else if (letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
    }
    return "SEQLOAD_" + option;
}

std::string option_name(std::size_t flag) {
    std::string text = "--" + std::string(flag_names[flag]);
    for (char& letter : text) {
        if (letter == '_')
            letter = '-';
    }
    return text;
}

char delimiter_of(const std::string& text) {
    if (text == "\\t" || text == "tab" || text == "\t")
        return '\t';
    if (text == "," || text == ";" || text == "|")
        return text.front();
    refuse("--delimiter", text, "one of , ; | tab");
}

std::pair<input::Column, std::string> mapping_of(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals + 1 == text.size())
        refuse("--map", text, "of the form COLUMN=NAME");
    const auto column = input::column_named(text.substr(0, equals));
    if (!column)
        refuse("--map", text.substr(0, equals), "a column of seqload's (contact_id, label, …)");
    return {*column, text.substr(equals + 1)};
}

Id id_of(const char* option, const std::string& text) {
    const auto id = input::parse_id(text);
    if (!id)
        refuse(option, text, "an id of 24 hex characters");
    return *id;
}

input::RowDefaults defaults_of(const Given& given) {
    input::RowDefaults defaults;
    if (!given.sequence.empty())
        defaults.sequence = id_of("--sequence-id", given.sequence);
    if (!given.mailboxes.empty()) {
        const auto mailboxes = input::parse_mailboxes(given.mailboxes);
        if (!mailboxes)
            refuse("--email-account-id", given.mailboxes, "an id of 24 hex characters, or several");
        defaults.mailboxes = *mailboxes;
    }
    if (!given.from_address.empty() && !input::is_email_address(given.from_address))
        refuse("--send-email-from-email-address", given.from_address, "an e-mail address");
    defaults.from_address = given.from_address;
    if (!given.user.empty())
        defaults.user = id_of("--user-id", given.user);
    if (!given.status.empty()) {
        const auto status = input::parse_status(given.status);
        if (!status)
            refuse("--status", given.status, "active or paused");
        defaults.status = *status;
    }
    defaults.auto_unpause_at = given.auto_unpause_at;
    for (std::size_t i = 0; i < flag_count; ++i)
        defaults.flags[i] = given.flags[i];
    return defaults;
}

}  // namespace

void read_environment(CLI::App& command) {
    for (CLI::Option* option : command.get_options()) {
        const auto& names = option->get_lnames();
        if (!names.empty() && names.front() != "help" && names.front() != "version")
            option->envname(environment_name(names.front()));
    }
}

void refuse(const std::string& option, const std::string& value, const std::string& expected) {
    throw CLI::ValidationError(option, joined("'", printable(value), "' is not ", expected));
}

void add_input_options(CLI::App& command, PlanOptions& options, Given& given, bool needs_files) {
    const std::string input = "Input";
    command
        .add_option("FILE", options.files, "CSV files, plain, gzip or zstd; - is standard input")
        ->required(needs_files);
    command
        .add_option("--delimiter", given.delimiter,
                    "Separator: , ; | or tab (default: found from the header)")
        ->group(input);
    command
        .add_option("--map", given.map,
                    "COLUMN=NAME: the column goes by that name in the files, as in "
                    "--map contact_id=\"Lead: Apollo ID\" (repeatable)")
        ->group(input)
        ->type_name("COLUMN=NAME")
        ->allow_extra_args(false);
    command
        .add_option("--exclude", options.excludes,
                    "CSV of contact ids that are never to be added (repeatable)")
        ->group(input)
        ->type_name("FILE")
        ->allow_extra_args(false);
}

void add_default_options(CLI::App& command, Given& given) {
    const std::string defaults = "Defaults for rows that leave the column empty";
    const auto add = [&](const char* name, std::string& value, const char* type, const char* what) {
        command.add_option(name, value, what)->group(defaults)->type_name(type);
    };
    add("--sequence-id", given.sequence, "ID", "The sequence to add to");
    add("--email-account-id", given.mailboxes, "ID[;ID…]", "The mailbox; several rotate");
    add("--send-email-from-email-address", given.from_address, "ADDRESS", "An alias of it");
    add("--user-id", given.user, "ID", "Who the activity log shows");
    add("--status", given.status, "STATUS", "active or paused");
    add("--auto-unpause-at", given.auto_unpause_at, "TIME", "ISO 8601 with a zone; when paused");
    for (std::size_t i = 0; i < flag_count; ++i) {
        command.add_flag(option_name(i), given.flags[i], "Default false")->group(defaults);
    }
}

void add_request_options(CLI::App& command, PlanOptions& options, Given& given) {
    const std::string requests = "Requests";
    command.add_option("--batch-size", options.batch_size, "Contacts per request at most")
        ->group(requests)
        ->check(CLI::Range(1U, 10'000U))
        ->capture_default_str();
    command
        .add_option("--labels-per-request", options.labels_per_request,
                    "More than 1 saves requests and loses per-row counts")
        ->group(requests)
        ->check(CLI::Range(1U, 1'000U))
        ->capture_default_str();
    command
        .add_option("--params", given.form,
                    "query: as documented; body: as JSON, where larger batches fit")
        ->group(requests)
        ->check(CLI::IsMember({"query", "body"}))
        ->capture_default_str();
}

void add_output_options(CLI::App& command, PlanOptions& options) {
    command.add_flag("--json", options.json, "JSON on standard output")->group("Output");
    command.add_flag("-q,--quiet", options.quiet, "Only errors on standard error")->group("Output");
}

void add_limit_options(CLI::App& command, Given& given) {
    const auto limit = [&](const char* name, Window window, const char* what) {
        command.add_option(name, given.pace.limits[static_cast<std::size_t>(window)], what)
            ->group("Quota");
    };
    limit("--minute-limit", Window::minute,
          "Requests per minute; 0: unlimited (default: what Apollo last told, else 200)");
    limit("--hour-limit", Window::hour, "Requests per hour; 0: unlimited (likewise, else 400)");
    limit("--day-limit", Window::day, "Requests per day; 0: unlimited (likewise, else 2000)");
    command
        .add_option("--reserve", given.reserve,
                    "Leave that part of each window to the team's other tools, as 20%")
        ->group("Quota")
        ->type_name("N%");
}

void add_pace_options(CLI::App& command, Given& given) {
    const std::string connection = "Connection";
    PaceOptions& pace = given.pace;
    command
        .add_option("--api-key-file", pace.api_key_file,
                    "The master key (default: from APOLLO_API_KEY)")
        ->group(connection)
        ->type_name("FILE");
    command.add_option("--ca-file", pace.ca_file, "Certificate authorities to trust besides")
        ->group(connection)
        ->type_name("FILE");
    command.add_option("--connections", pace.connections, "At once (default 4)")
        ->group(connection)
        ->check(CLI::Range(1U, 256U));
    command
        .add_option("--timeout", given.timeout,
                    "For connecting, TLS and the answer, each (default 60s)")
        ->group(connection);
    command.add_option("--attempts", pace.attempts, "Per request (default 5)")
        ->group(connection)
        ->check(CLI::Range(1U, 100U));
    command
        .add_option("--give-up-after", given.give_up_after,
                    "Stop when everything has failed for so long (default 5m)")
        ->group(connection);
    command
        .add_option("--time-scale", pace.time_scale,
                    "Virtual seconds in a real one; for apollo-sandbox")
        ->group(connection)
        ->check(CLI::Range(0.001, 1e6));
    add_limit_options(command, given);
}

void add_patience_options(CLI::App& command, Given& given) {
    const std::string quota = "Quota";
    command
        .add_option("--deadline", given.deadline,
                    "Send nothing after that: a time of day as 06:00, or a duration as 4h")
        ->group(quota);
    command
        .add_option("--max-wait", given.max_wait,
                    "Stop instead of waiting longer than that for the quota, as 30m")
        ->group(quota);
}

void add_canary_option(CLI::App& command, PlanOptions& options) {
    command
        .add_option("--canary", options.canary,
                    "Send N rows of each target first, and the rest only if every one of them is "
                    "added or was there already; skipped, failed and unconfirmed stop the run")
        ->group("Safety")
        ->check(CLI::Range(0U, 1'000'000U))
        ->type_name("N");
}

void add_brake_options(CLI::App& command, LoadOptions& options, Given& given) {
    const std::string safety = "Safety";
    command
        .add_flag("!--no-check", options.check,
                  "Do not ask Apollo first whether the plan would work")
        ->group(safety);
    command
        .add_option("--check-age", given.check_age,
                    "What Apollo has told since then is not asked again (default 1h; 0: always)")
        ->group(safety)
        ->type_name("AGE");
    command
        .add_flag("--allow-partial", options.allow_partial,
                  "Fail the rows that would not work, unsent, and send the rest")
        ->group(safety);
    command
        .add_option("--max-contacts", options.max_contacts,
                    "Refuse a plan that reaches more people; labels count by their size")
        ->group(safety)
        ->type_name("N");
    command
        .add_option("--max-failed", given.max_failed,
                    "Stop when more rows fail: a number, or a share of those answered")
        ->group(safety)
        ->type_name("N|N%");
    command
        .add_option("--max-skipped", given.max_skipped,
                    "Stop when Apollo skips more rows: a number, or a share")
        ->group(safety)
        ->type_name("N|N%");
}

dispatch::Brake::Limits brake_of(const Given& given) {
    const auto tolerance = [](const char* option,
                              const std::string& text) -> std::optional<dispatch::Tolerance> {
        if (text.empty())
            return std::nullopt;
        const auto read = dispatch::parse_tolerance(text);
        if (!read)
            refuse(option, text, "a number of rows such as 20, or a share such as 5%");
        return read;
    };
    return {.failed = tolerance("--max-failed", given.max_failed),
            .skipped = tolerance("--max-skipped", given.max_skipped)};
}

void add_api_options(CLI::App& command, std::string& api_url) {
    command.add_option("--api-url", api_url, "Scheme, host and port")
        ->group("Connection")
        ->capture_default_str();
}

void add_state_option(CLI::App& command, std::string& state_file) {
    command
        .add_option("--state", state_file,
                    "The state database (default ~/.local/state/seqload/state.db)")
        ->group("Run")
        ->type_name("FILE");
}

void add_recorded_run_options(CLI::App& command, RunOptions& options, bool needs_run) {
    command
        .add_option("RUN", options.run,
                    needs_run ? "The run, as `seqload runs` names it"
                              : "The run, as `seqload runs` names it (default: the latest)")
        ->required(needs_run);
    add_state_option(command, options.state_file);
    command.add_flag("--json", options.json, "JSON on standard output")->group("Output");
    command.add_flag("-q,--quiet", options.quiet, "Only errors on standard error")->group("Output");
}

void add_run_options(CLI::App& command, LoadOptions& options) {
    command.add_flag("-y,--yes", options.yes, "Do not ask before sending")->group("Run");
    command
        .add_option("--out", options.output_directory,
                    "Folder for the reports (default seqload-out/RUN)")
        ->group("Run")
        ->type_name("DIR");
    add_state_option(command, options.state_file);
    command
        .add_flag("--skip-added", options.skip_added,
                  "Leave out contacts that the state knows to be in the sequence")
        ->group("Run");
    command
        .add_flag("!--no-passthrough", options.passthrough,
                  "Leave the input's other columns out of report.csv")
        ->group("Output");
    command
        .add_flag("--spreadsheet-safe", options.spreadsheet_safe,
                  "Defuse free text that a spreadsheet would run")
        ->group("Output");
    command
        .add_flag("--fail-on-skipped", options.fail_on_skipped,
                  "Rows that Apollo skips need a person, too")
        ->group("Output");
}

void finish_plan_options(const Given& given, WallTime now, PlanOptions& options) {
    if (!given.delimiter.empty())
        options.read.delimiter = delimiter_of(given.delimiter);
    for (const std::string& mapping : given.map)
        options.read.column_names.push_back(mapping_of(mapping));
    options.read.defaults = defaults_of(given);
    options.read.now = now;
    options.form =
        given.form == "body" ? apollo::ParametersForm::body : apollo::ParametersForm::query;
    ConnectionOptions connection;
    apply(pace_of(given), connection);
    options.limits = without_reserve(connection.limits, connection.reserve);
}

Duration age_of(const std::string& text) {
    if (text.empty())
        return LoadOptions().check_age;
    const auto age = parse_duration(text);
    if (!age || *age < Duration(0))
        refuse("--check-age", text, "a duration such as 10m or 1h, or 0");
    return *age;
}

Duration duration_of(const char* option, const std::string& text) {
    const auto duration = parse_duration(text);
    if (!duration || *duration <= Duration(0))
        refuse(option, text, "a duration such as 30s, 5m or 1h30m");
    return *duration;
}

// "06:00": the next time that clocks here show it.
Duration time_until(const std::string& text, WallTime now) {
    if (text.find(':') == std::string::npos)
        return duration_of("--deadline", text);
    const auto left = until_time_of_day(text, now);
    if (!left)
        refuse("--deadline", text, "a time of day such as 06:00, or a duration such as 4h");
    return *left;
}

// A share from 0 to less than 1.
double share_of(const char* option, const std::string& text) {
    const auto share = dispatch::parse_tolerance(text);
    if (!share || !share->is_share || share->amount >= 100)
        refuse(option, text, "a share such as 20%");
    return share->amount / 100;
}

PaceOptions pace_of(const Given& given) {
    PaceOptions pace = given.pace;
    if (!given.timeout.empty())
        pace.timeout =
            std::chrono::ceil<std::chrono::milliseconds>(duration_of("--timeout", given.timeout));
    if (!given.give_up_after.empty())
        pace.give_up_after = duration_of("--give-up-after", given.give_up_after);
    if (!given.deadline.empty())
        pace.deadline = time_until(given.deadline, SystemClock().wall());
    if (!given.max_wait.empty())
        pace.max_wait = duration_of("--max-wait", given.max_wait);
    if (!given.reserve.empty())
        pace.reserve = share_of("--reserve", given.reserve);
    return pace;
}

}  // namespace seqload::app
