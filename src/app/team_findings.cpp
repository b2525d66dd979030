#include "seqload/app/team_findings.hpp"

#include "seqload/apollo/name_search.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/model/outcome.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace seqload::app {

namespace {

// "sequence 66e9… (Spring launch)".
std::string called(std::string_view kind, const Id& id, std::string_view name) {
    return name.empty() ? joined(kind, " ", id.text())
                        : joined(kind, " ", id.text(), " (", printable(std::string(name)), ")");
}

template <typename Item>
const Item* find(const std::vector<Item>& items, const Id& id) {
    const auto found = std::ranges::find(items, id, &Item::id);
    return found == items.end() ? nullptr : &*found;
}

class Findings {
public:
    void error(std::string what, std::string next, std::uint64_t rows, std::string_view reason,
               const Id& id) {
        errors_.push_back(
            {Severity::error, std::move(what), std::move(next), rows, std::string(reason), id, {}});
    }
    void label_error(std::string what, std::string next, std::uint64_t rows,
                     const std::string& label) {
        errors_.push_back({Severity::error, std::move(what), std::move(next), rows,
                           std::string(reason::label_not_found), std::nullopt, label});
    }
    void warning(std::string what, std::string next, std::uint64_t rows = 0) {
        warnings_.push_back(
            {Severity::warning, std::move(what), std::move(next), rows, {}, std::nullopt, {}});
    }
    std::vector<Finding> all() && {
        std::ranges::move(warnings_, std::back_inserter(errors_));
        return std::move(errors_);
    }

private:
    std::vector<Finding> errors_;
    std::vector<Finding> warnings_;
};

void check_sequences(const TeamNeeds& needs, const std::vector<apollo::Sequence>& sequences,
                     Findings& found) {
    for (const auto& [id, rows] : needs.sequences) {
        const apollo::Sequence* const sequence = find(sequences, id);
        if (sequence == nullptr) {
            found.error(called("sequence", id, {}) + " does not exist in this team",
                        "see that the id is a sequence's, and the key is of its team", rows,
                        reason::sequence_not_found, id);
        } else if (sequence->archived) {
            found.error(called("sequence", id, sequence->name) + " is archived",
                        "take it out of the archive, or load into another one", rows,
                        reason::sequence_not_found, id);
        } else if (!sequence->active) {
            found.warning(called("sequence", id, sequence->name) + " is not active",
                          "contacts are added, but wait paused until it is activated", rows);
        }
    }
}

void check_mailboxes(const TeamNeeds& needs, const std::vector<apollo::Mailbox>& mailboxes,
                     Findings& found) {
    for (const auto& [id, rows] : needs.mailboxes) {
        const apollo::Mailbox* const mailbox = find(mailboxes, id);
        if (mailbox == nullptr) {
            found.error(called("mailbox", id, {}) + " does not exist in this team",
                        "see that the id is an email account's, and the key is of its team", rows,
                        reason::mailbox_inactive, id);
        } else if (mailbox->revoked) {
            found.error(called("mailbox", id, mailbox->email) + " has had its access revoked",
                        "connect it again in Apollo, or send from another one", rows,
                        reason::mailbox_inactive, id);
        } else if (!mailbox->active) {
            std::string what = called("mailbox", id, mailbox->email) + " is inactive";
            if (!mailbox->inactive_reason.empty())
                what += ": " + printable(mailbox->inactive_reason);
            found.error(std::move(what), "connect it again in Apollo, or send from another one",
                        rows, reason::mailbox_inactive, id);
        }
    }
}

const std::string labels_are_taken_literally =
    "labels are taken letter for letter; see Apollo's list of them";

std::string nearest(const std::vector<apollo::Label>& labels, const std::string& wanted) {
    std::string names;
    for (const apollo::NamedId& near : apollo::near_names(apollo::named(labels), wanted))
        names += joined(names.empty() ? "" : ", ", "\"", printable(near.name), "\"");
    return names.empty() ? labels_are_taken_literally : "did you mean " + names + "?";
}

// Labels of one name may be there for several kinds of things.
void check_labels(const TeamNeeds& needs, const std::vector<apollo::Label>& labels,
                  Findings& found) {
    std::size_t unknown = 0;
    for (const auto& [wanted, rows] : needs.labels) {
        const std::string quoted = joined("label \"", printable(wanted), "\"");
        const auto is_it = [&](const apollo::Label& label) { return label.name == wanted; };
        const auto label = std::ranges::find_if(
            labels, [&](const apollo::Label& one) { return is_it(one) && one.for_contacts(); });
        if (label != labels.end()) {
            if (label->count == 0U)
                found.warning(quoted + " has nobody in it", "its rows will add no one", rows);
        } else if (std::ranges::any_of(labels, is_it)) {
            found.label_error(quoted + " is not for contacts", "name a list of contacts", rows,
                              wanted);
        } else {
            std::string next;
            if (++unknown <= apollo::names_with_near_ones)
                next = nearest(labels, wanted);
            else
                next = labels_are_taken_literally;
            found.label_error(quoted + " does not exist in this team", std::move(next), rows,
                              wanted);
        }
    }
}

void check_users(const TeamNeeds& needs, const std::vector<apollo::User>& users, Findings& found) {
    for (const auto& [id, rows] : needs.users) {
        const apollo::User* const user = find(users, id);
        if (user == nullptr) {
            found.error(called("user", id, {}) + " does not exist in this team",
                        "see that the id is a user's, or leave it out", rows,
                        reason::user_not_found, id);
        } else if (user->deleted) {
            found.error(called("user", id, user->email) + " is deleted",
                        "name another one, or leave it out", rows, reason::user_not_found, id);
        }
    }
}

void check_quota(const TeamNeeds& needs, const apollo::Usage& usage, Findings& found) {
    const auto& route = usage[apollo::MeteredRoute::add_contacts];
    if (!route)
        return;
    const auto left = (*route)[Window::day].left;
    if (left && *left < needs.requests) {
        found.warning(
            joined("the plan takes ", counted(needs.requests, "request"), ", and ", grouped(*left),
                   " are left of today's quota"),
            "the run will wait for the next day's window; fewer or fuller batches save requests");
    }
}

}  // namespace

std::string_view name(Severity severity) {
    return severity == Severity::error ? "error" : "warning";
}

std::vector<Finding> findings(const TeamNeeds& needs, const Team& team) {
    Findings found;
    if (team.sequences)
        check_sequences(needs, *team.sequences, found);
    if (team.mailboxes)
        check_mailboxes(needs, *team.mailboxes, found);
    if (team.labels)
        check_labels(needs, *team.labels, found);
    if (team.users)
        check_users(needs, *team.users, found);
    if (team.usage)
        check_quota(needs, *team.usage, found);
    for (const std::string& trouble : team.troubles)
        found.warning(trouble, "check again later");
    return std::move(found).all();
}

bool any_error(std::span<const Finding> findings) {
    return std::ranges::find(findings, Severity::error, &Finding::severity) != findings.end();
}

const apollo::Label* contact_label(const Team& team, std::string_view name) {
    if (!team.labels)
        return nullptr;
    const auto found = std::ranges::find_if(*team.labels, [&](const apollo::Label& label) {
        return label.name == name && label.for_contacts();
    });
    return found == team.labels->end() ? nullptr : &*found;
}

std::uint64_t contacts_of(const TeamNeeds& needs, const Team& team) {
    std::uint64_t contacts = 0;
    if (!team.labels)
        return contacts;
    for (const apollo::Label& label : *team.labels) {
        if (label.for_contacts() && needs.labels.contains(label.name))
            contacts += label.count.value_or(0);
    }
    return contacts;
}

}  // namespace seqload::app
