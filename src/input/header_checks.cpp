#include "seqload/input/header_checks.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/input/near_miss.hpp"
#include "seqload/input/separator.hpp"
#include "seqload/input/text_encoding.hpp"

#include <algorithm>
#include <array>
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

// What to do about a column that is missing: the name that comes near one of
// its own, or else the advice given.
std::string next_step(const Header& header, Column column,
                      std::span<const std::string_view> own_names, std::string_view advice) {
    const std::vector<std::string> candidates = other_names(header);
    for (const std::string_view own : own_names) {
        if (const auto near = near_miss(own, candidates))
            return joined("if ", in_quotes(*near), " is meant: --map ", name(column), "=",
                          in_quotes(*near));
    }
    return std::string(advice);
}

std::unexpected<Error> missing(const Header& header, const std::string& file_name,
                               std::string_view what, std::string next) {
    return fail(ErrorKind::unusable_input,
                joined("the header has no ", what, "; it has ", names_for_people(header)),
                file_name, std::move(next));
}

std::string next_step_without_contact(const Header& header, const ReadOptions& options) {
    constexpr std::array<std::string_view, 2> contact_names{"contact_id", "apollo_contact_id"};
    constexpr std::array<std::string_view, 2> label_names{"label", "label_name"};
    if (options.delimiter && header.columns.size() == 1)
        return joined("is '", printable({&*options.delimiter, 1}),
                      "' the right --delimiter? Without it, it is found from the header");
    const std::string next = next_step(header, Column::label, label_names,
                                       "name the column that holds the ids: --map contact_id=NAME");
    return next_step(header, Column::contact_id, contact_names, next);
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
        if (normalized_name(mapped_name).empty())
            return fail(ErrorKind::usage, joined(name(column), " is given no name"), "--map",
                        joined("write --map ", name(column), "=\"Name in the file\""));
        if (std::exchange(is_mapped[place(column)], true))
            return fail(ErrorKind::usage, joined(name(column), " is given two names"), "--map",
                        "name each column once");
    }
    return check_unpause_default(options);
}

Result<void> check_options(const ReadOptions& options, std::span<const Header> headers) {
    for (const auto& [column, mapped_name] : options.column_names) {
        if (any_has_name(headers, mapped_name))
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
    if (!header.has(Column::sequence_id) && !options.defaults.sequence) {
        constexpr std::array<std::string_view, 2> names{"sequence_id", "emailer_campaign_id"};
        return missing(
            header, file_name, "sequence_id column and --sequence-id is not given",
            next_step(header, Column::sequence_id, names,
                      "give --sequence-id ID, or name the column: --map sequence_id=NAME"));
    }
    if (!header.has(Column::email_account_id) && options.defaults.mailboxes.empty()) {
        constexpr std::array<std::string_view, 2> names{"email_account_id",
                                                        "send_email_from_email_account_id"};
        return missing(header, file_name,
                       "email_account_id column and --email-account-id is not given",
                       next_step(header, Column::email_account_id, names,
                                 "give --email-account-id ID, or name the column: --map "
                                 "email_account_id=NAME"));
    }
    return {};
}

}  // namespace seqload::input
