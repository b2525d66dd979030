#include "seqload/app/name_resolution.hpp"

#include "seqload/apollo/name_search.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/outcome.hpp"

#include <stdexcept>
#include <utility>

namespace seqload::app {

namespace {

using input::Column;

apollo::NameKind kind_of(Column column) {
    switch (column) {
        case Column::sequence:
            return apollo::NameKind::sequence;
        case Column::email_account:
            return apollo::NameKind::mailbox;
        default:
            return apollo::NameKind::user;
    }
}

template <typename List>
std::vector<apollo::NamedId> named_in(const List& list) {
    if (!list)
        throw std::logic_error("a list that is needed for names has not been read");
    return apollo::named(*list);
}

std::vector<apollo::NamedId> named_in(const Team& team, Column column) {
    switch (column) {
        case Column::sequence:
            return named_in(team.sequences);
        case Column::email_account:
            return named_in(team.mailboxes);
        default:
            return named_in(team.users);
    }
}

constexpr std::size_t near_names_shown = 3;

std::string_view option_of(Column column) {
    switch (column) {
        case Column::sequence:
            return "--sequence";
        case Column::email_account:
            return "--email-account";
        default:
            return "--user";
    }
}

std::string next_step(const input::NameUse& use, Column column, const Error& error) {
    if (Id::parse(use.name))
        return joined("that is an id: ", use.by_default
                                             ? joined("give it as ", option_of(column), "-id")
                                             : joined("it belongs into the column ",
                                                      name(input::id_column_of(column))));
    if (use.by_default)
        return error.next;
    return joined(error.next, error.next.ends_with('?') ? " If" : "; if",
                  " the column is not meant for seqload: --map ", name(column), "=");
}

Finding finding_of(const input::NameUse& use, Column column, const Error& error,
                   std::span<const std::string> file_names) {
    Finding found;
    found.severity = Severity::error;
    found.what = error.what;
    found.next = next_step(use, column, error);
    found.rows = use.rows;
    found.reason = reason_for(column);
    found.id = input::stand_in_for(column, use.name);
    found.place = use.by_default
                      ? std::string(option_of(column))
                      : joined(printable(file_names[use.file]), ":", std::to_string(use.line));
    return found;
}

}  // namespace

TeamNeeds needs_of(const input::NameCollector& names) {
    TeamNeeds needs;
    needs.every_sequence = !names.uses(Column::sequence).empty();
    needs.every_mailbox = !names.uses(Column::email_account).empty();
    needs.every_user = !names.uses(Column::user).empty();
    return needs;
}

Resolution resolve(const input::NameCollector& names, const Team& team,
                   std::span<const std::string> file_names) {
    Resolution all;
    for (const Column column : input::name_columns) {
        const auto uses = names.uses(column);
        if (uses.empty())
            continue;
        const auto among = named_in(team, column);
        for (const input::NameUse& use : uses) {
            const std::size_t nearest =
                all.found.size() < apollo::names_with_near_ones ? near_names_shown : 0;
            const auto id = apollo::find_by_name(kind_of(column), among, use.name, nearest);
            if (id) {
                all.names.put(column, use.name, *id);
            } else if (use.rows > 0) {
                all.names.put(column, use.name, std::unexpected(to_string(id.error())));
                all.found.push_back(finding_of(use, column, id.error(), file_names));
            }
        }
    }
    return all;
}

std::string_view reason_for(Column name_column) {
    switch (name_column) {
        case Column::sequence:
            return reason::sequence_not_found;
        case Column::email_account:
            return reason::mailbox_inactive;
        default:
            return reason::user_not_found;
    }
}

std::vector<Finding> unresolved(const input::NameTable& names) {
    std::vector<Finding> found;
    for (const Column column : input::name_columns) {
        for (const auto& [key, meaning] : names.of(column)) {
            if (meaning)
                continue;
            Finding one;
            one.what = meaning.error();
            one.reason = reason_for(column);
            one.id = input::stand_in_for(column, key);
            found.push_back(std::move(one));
        }
    }
    return found;
}

}  // namespace seqload::app
