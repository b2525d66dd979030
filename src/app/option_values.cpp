#include "option_values.hpp"

#include "seqload/base/duration_text.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/cell_values.hpp"
#include "seqload/input/column.hpp"
#include "seqload/input/name_table.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

namespace seqload::app {

namespace {

char delimiter_of(const std::string& text) {
    if (text == "\\t" || text == "tab" || text == "\t")
        return '\t';
    if (text == "," || text == ";" || text == "|")
        return text.front();
    refuse("--delimiter", text, "one of , ; | tab");
}

std::pair<input::Column, std::string> mapping_of(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos)
        refuse("--map", text, "of the form COLUMN=NAME");
    const auto column = input::column_named(text.substr(0, equals));
    if (!column)
        refuse("--map", text.substr(0, equals), "a column of seqload's (contact_id, label, …)");
    return {*column, text.substr(equals + 1)};
}

// An id and a name of one thing need not agree, and then one of the two was not meant.
void refuse_both(const char* id_option, const std::string& id, const char* name_option,
                 const std::string& name) {
    if (!id.empty() && !name.empty())
        throw Refusal(name_option,
                      joined("'", printable(name), "' and ", id_option, " ", printable(id),
                             " cannot be given together: one says by name what the other says by "
                             "id"));
}

void take_names(const Given& given, input::RowDefaults& defaults) {
    refuse_both("--sequence-id", given.sequence, "--sequence", given.sequence_called);
    refuse_both("--email-account-id", given.mailboxes, "--email-account", given.mailboxes_called);
    refuse_both("--user-id", given.user, "--user", given.user_called);
    defaults.sequence_called = trimmed(given.sequence_called);
    defaults.user_called = trimmed(given.user_called);
    for (const std::string_view address :
         input::names_in(input::Column::email_account, given.mailboxes_called))
        defaults.mailboxes_called.emplace_back(address);
    if (defaults.mailboxes_called.empty() && !given.mailboxes_called.empty())
        refuse("--email-account", given.mailboxes_called, "an address, or several");
}

Id id_of(const char* option, const std::string& text) {
    const auto id = input::parse_id(text);
    if (!id)
        refuse(option, text, "an id of 24 hex characters");
    return *id;
}

input::RowDefaults defaults_of(const Given& given) {
    input::RowDefaults defaults;
    take_names(given, defaults);
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

// A share from 0 to less than 1.
double share_of(const char* option, const std::string& text) {
    const auto share = dispatch::parse_tolerance(text);
    if (!share || !share->is_share || share->amount >= 100)
        refuse(option, text, "a share such as 20%");
    return share->amount / 100;
}

}  // namespace

Refusal::Refusal(std::string option, const std::string& reason)
    : CLI::ValidationError(option, reason), option_(std::move(option)) {}

void refuse(const std::string& option, const std::string& value, const std::string& expected) {
    throw Refusal(option, joined("'", printable(value), "' is not ", expected));
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
