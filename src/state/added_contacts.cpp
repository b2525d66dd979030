#include "added_contacts.hpp"

#include "batch_table.hpp"
#include "binding.hpp"
#include "bytes.hpp"
#include "other_adders.hpp"
#include "plan_table.hpp"
#include "seqload/base/joined.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

// status and reason of x: that the run added it, or, if the parameter says so,
// that perhaps it did.
constexpr const char* added_by_run =
    "(x.status = 1 OR (? AND x.status = 2 "
    "AND x.reason = (SELECT reason FROM reasons WHERE text = 'answer_lost')))";

// Those that rows named.
Result<void> add_named(SQLite::Database& database, const std::string& file, std::int64_t run,
                       bool include_answer_lost, const Sequences& sequences,
                       std::vector<AddedContact>& added) {
    SQLite::Statement rows(database, joined("SELECT row FROM outcomes x WHERE run = ? AND ",
                                            added_by_run, " ORDER BY row"));
    start(rows, run, include_answer_lost ? 1 : 0);
    std::vector<RowNumber> of_run;
    while (rows.executeStep())
        of_run.push_back(static_cast<RowNumber>(rows.getColumn(0).getInt64()));
    return for_each_settled_contact(database, file, run,
                                    [&](TargetIndex target, const ContactRow& contact) {
                                        if (std::ranges::binary_search(of_run, contact.row))
                                            added.push_back({.row = contact.row,
                                                             .contact = contact.contact,
                                                             .sequence = sequences.at(target)});
                                    });
}

// Those that labels reached.
Result<void> add_reached(SQLite::Database& database, const std::string& file, std::int64_t run,
                         bool include_answer_lost, const Sequences& sequences,
                         std::vector<AddedContact>& added) {
    SQLite::Statement rows(database,
                           joined("SELECT x.row, x.contact, b.target FROM label_contacts x "
                                  "JOIN outcomes o ON o.run = x.run AND o.row = x.row "
                                  "JOIN batches b ON b.run = o.run AND b.batch = o.batch "
                                  "WHERE x.run = ? AND ",
                                  added_by_run));
    start(rows, run, include_answer_lost ? 1 : 0);
    while (rows.executeStep()) {
        const std::string bytes = text_at(rows, 1);
        if (bytes.size() != Id::size)
            return std::unexpected(damage(
                joined("a person whom row ", text_at(rows, 0), " reached cannot be read"), file));
        added.push_back(
            {.row = static_cast<RowNumber>(rows.getColumn(0).getInt64()),
             .contact = id_at(bytes, 0),
             .sequence = sequences.at(static_cast<TargetIndex>(rows.getColumn(2).getInt64()))});
    }
    return {};
}

using SequenceAndContact = std::pair<std::string, std::string>;

// What earlier undos of the run have taken back, or have found gone: one whose answer
// was lost finds out only from the next try, which names nobody. Whom they have only
// stopped can still be removed.
std::set<SequenceAndContact> read_removed(SQLite::Database& database, std::int64_t run,
                                          const std::string& mode) {
    SQLite::Statement rows(database,
                           "SELECT m.sequence, m.contact FROM runs r "
                           "JOIN runs u ON u.undoes = r.id JOIN removals m ON m.run = u.run "
                           "WHERE r.run = ? AND m.status IN (2, 3) "
                           "AND coalesce(json_extract(u.options, '$.mode'), 'remove') "
                           "IN ('remove', ?)");
    start(rows, run, mode);
    std::set<SequenceAndContact> removed;
    while (rows.executeStep())
        removed.emplace(text_at(rows, 0), text_at(rows, 1));
    return removed;
}

// Each contact once in each sequence, for the first row that asked for it.
void leave_one_of_each(std::vector<AddedContact>& added) {
    const auto who = [](const AddedContact& one) { return std::tie(one.sequence, one.contact); };
    std::ranges::sort(added, {}, [](const AddedContact& one) {
        return std::tie(one.sequence, one.contact, one.row);
    });
    const auto others = std::ranges::unique(added, {}, who);
    added.erase(others.begin(), others.end());
    std::ranges::sort(added, {}, [](const AddedContact& one) {
        return std::tie(one.sequence, one.row, one.contact);
    });
}

}  // namespace

Result<std::vector<AddedContact>> read_added_contacts(SQLite::Database& database,
                                                      const std::string& file, std::int64_t run,
                                                      const UndoScope& scope) {
    const auto sequences = read_sequences(database, file, run);
    if (!sequences)
        return std::unexpected(sequences.error());
    std::vector<AddedContact> added;
    if (auto named = add_named(database, file, run, scope.include_answer_lost, *sequences, added);
        !named)
        return std::unexpected(named.error());
    if (auto reached =
            add_reached(database, file, run, scope.include_answer_lost, *sequences, added);
        !reached)
        return std::unexpected(reached.error());
    if (const auto removed = read_removed(database, run, scope.mode); !removed.empty())
        std::erase_if(added, [&](const AddedContact& one) {
            return removed.contains({bytes_of(one.sequence), bytes_of(one.contact)});
        });
    leave_one_of_each(added);
    // Whom another run has added since had left, and it is that run's doing that they are there.
    OtherAdders others(database, run);
    std::erase_if(added,
                  [&](const AddedContact& one) { return others.added(one.sequence, one.contact); });
    return added;
}

}  // namespace seqload::state
