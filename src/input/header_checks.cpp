#include "seqload/input/header_checks.hpp"

#include "seqload/base/edit_distance.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/input/near_miss.hpp"
#include "seqload/input/separator.hpp"
#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace seqload::input {

namespace {

// The columns that mean nothing to us, as a person may have meant them.
std::vector<std::string> other_names(const Header& header) {
    std::vector<std::string> names;
    for (const Schema::HeaderColumn& column : header.columns) {
        if (!column.role && !column.ignored)
            names.push_back(column.name);
    }
    return names;
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t most_bytes = 60;
    return joined("\"", printable(bounded(text, most_bytes)), "\"");
}

std::string names_for_people(const Header& header) {
    constexpr std::size_t most_names = 20;
    std::string text;
    for (std::size_t index = 0; index < std::min(header.columns.size(), most_names); ++index) {
        if (!text.empty())
            text += ", ";
        text += in_quotes(header.columns[index].name);
    }
    if (header.columns.size() > most_names)
        text += joined(" and ", grouped(header.columns.size() - most_names), " more");
    return text;
}

// A name that a column goes by, one that the spec or the API gives it.
struct OwnName {
    std::string_view name;
    Column column;
};

// What to do about columns that are missing: the name in the file that comes nearest to one of
// theirs, or else the advice given.
std::string next_step(const Header& header, std::span<const OwnName> own_names,
                      std::string_view advice) {
    const std::vector<std::string> candidates = other_names(header);
    std::string next(advice);
    std::size_t nearest = std::numeric_limits<std::size_t>::max();
    for (const OwnName& own : own_names) {
        const auto near = near_miss(own.name, candidates);
        if (!near)
            continue;
        const std::string normalized = normalized_name(own.name);
        const std::size_t distance =
            edit_distance(normalized, normalized_name(*near), normalized.size());
        if (distance >= nearest)
            continue;
        nearest = distance;
        next = joined("if ", in_quotes(*near), " is meant: --map ", name(own.column), "=",
                      in_quotes(*near));
    }
    return next;
}

std::unexpected<Error> missing(const Header& header, const std::string& file_name,
                               std::string_view what, std::string next) {
    return fail(ErrorKind::unusable_input,
                joined("the header has no ", what, "; it has ", names_for_people(header)),
                file_name, std::move(next));
}

bool has_control_characters(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
}

std::string next_step_without_contact(const Header& header, const ReadOptions& options) {
    constexpr std::array names{
        OwnName{"contact_id", Column::contact_id}, OwnName{"apollo_contact_id", Column::contact_id},
        OwnName{"label", Column::label}, OwnName{"label_name", Column::label}};
    if (options.delimiter && header.columns.size() == 1)
        return joined("is '", printable({&*options.delimiter, 1}),
                      "' the right --delimiter? Without it, it is found from the header");
    if (header.columns.size() == 1) {
        const std::string& name = header.columns.front().name;
        if (has_control_characters(name))
            return "that is no CSV file";
        return next_step(header, names,
                         "is there one column only? Cells are separated by , ; | or tab; name the "
                         "column that holds the ids: --map contact_id=NAME");
    }
    return next_step(header, names, "name the column that holds the ids: --map contact_id=NAME");
}

std::string next_step_without_sequence(const Header& header) {
    constexpr std::array names{OwnName{"sequence_id", Column::sequence_id},
                               OwnName{"emailer_campaign_id", Column::sequence_id},
                               OwnName{"sequence", Column::sequence}};
    return next_step(header, names,
                     "give --sequence-id ID or --sequence NAME, or name the column: --map "
                     "sequence_id=NAME, or sequence=NAME");
}

std::string next_step_without_mailbox(const Header& header) {
    constexpr std::array names{
        OwnName{"email_account_id", Column::email_account_id},
        OwnName{"send_email_from_email_account_id", Column::email_account_id},
        OwnName{"email_account", Column::email_account}};
    return next_step(header, names,
                     "give --email-account-id ID or --email-account ADDRESS, or name the column: "
                     "--map email_account_id=NAME, or email_account=NAME");
}

// Whether it is said by an id or by a name.
bool has_either(const Header& header, Column name_column) {
    return header.has(name_column) || header.has(id_column_of(name_column));
}

Result<void> check_unpause_default(const ReadOptions& options) {
    constexpr std::string_view option = "--auto-unpause-at";
    const std::string& text = options.defaults.auto_unpause_at;
    if (text.empty())
        return {};
    const auto moment = parse_timestamp(text);
    if (!moment)
        return fail(ErrorKind::usage, joined(in_quotes(text), " is no moment with a zone"),
                    std::string(option), "write it like 2030-01-31T09:00:00Z");
    if (*moment < options.now)
        return fail(ErrorKind::usage, joined(text, " is in the past"), std::string(option),
                    "name a moment to come");
    return {};
}

bool any_has_name(std::span<const Header> headers, std::string_view mapped_name) {
    const std::string normalized = normalized_name(mapped_name);
    return std::ranges::any_of(headers, [&](const Header& header) {
        return std::ranges::any_of(header.columns, [&](const Schema::HeaderColumn& column) {
            return normalized_name(column.name) == normalized;
        });
    });
}

}  // namespace

Result<void> check_options(const ReadOptions& options) {
    if (options.delimiter && !is_separator(*options.delimiter))
        return fail(ErrorKind::usage,
                    joined("'", printable({&*options.delimiter, 1}), "' cannot separate cells"),
                    "--delimiter", "use one of , ; | or a tab");
    std::array<bool, column_count> is_mapped{};
    for (const auto& [column, mapped_name] : options.column_names) {
        if (!mapped_name.empty() && normalized_name(mapped_name).empty())
            return fail(ErrorKind::usage, joined(name(column), " is given no name"), "--map",
                        joined("write --map ", name(column), "=\"Name in the file\", or --map ",
                               name(column), "= to read it from no column"));
        if (std::exchange(is_mapped[place(column)], true))
            return fail(ErrorKind::usage, joined(name(column), " is given two names"), "--map",
                        "name each column once");
    }
    return check_unpause_default(options);
}

Result<void> check_options(const ReadOptions& options, std::span<const Header> headers) {
    for (const auto& [column, mapped_name] : options.column_names) {
        if (mapped_name.empty() || any_has_name(headers, mapped_name))
            continue;
        const std::vector<std::string> candidates = other_names(headers.front());
        const auto near = near_miss(mapped_name, candidates);
        return fail(ErrorKind::unusable_input,
                    joined("no file has a column ", in_quotes(mapped_name), " to be ", name(column),
                           "; there are ", names_for_people(headers.front())),
                    "--map", near ? joined("is ", in_quotes(*near), " meant?") : std::string());
    }
    const bool any_can_pause =
        options.defaults.status == InitialStatus::paused ||
        std::ranges::any_of(headers, [](const Header& one) { return one.has(Column::status); });
    if (!options.defaults.auto_unpause_at.empty() && !any_can_pause)
        return fail(ErrorKind::usage, "no row can start paused", "--auto-unpause-at",
                    "give --status paused as well");
    return {};
}

Result<void> check_usable(const Header& header, const ReadOptions& options,
                          const std::string& file_name) {
    if (!header.has(Column::contact_id) && !header.has(Column::label))
        return missing(header, file_name, "contact_id or label column",
                       next_step_without_contact(header, options));
    const RowDefaults& defaults = options.defaults;
    if (!has_either(header, Column::sequence) && !defaults.sequence &&
        defaults.sequence_called.empty())
        return missing(
            header, file_name,
            "sequence_id or sequence column, and neither --sequence-id nor --sequence is given",
            next_step_without_sequence(header));
    if (!has_either(header, Column::email_account) && defaults.mailboxes.empty() &&
        defaults.mailboxes_called.empty())
        return missing(header, file_name,
                       "email_account_id or email_account column, and neither --email-account-id "
                       "nor --email-account is given",
                       next_step_without_mailbox(header));
    return {};
}

}  // namespace seqload::input
