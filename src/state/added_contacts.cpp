#include "added_contacts.hpp"

#include "batch_table.hpp"
#include "binding.hpp"
#include "bytes.hpp"
#include "expanded_labels.hpp"
#include "other_adders.hpp"
#include "outcome_context.hpp"
#include "outcome_rows.hpp"
#include "plan_table.hpp"
#include "removed_contacts.hpp"
#include "seqload/base/joined.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

// status and reason of x: that the run added the person, or, if the parameter says so,
// that perhaps it did.
constexpr const char* added_by_run =
    "(x.status = 1 OR (? AND x.status = 2 "
    "AND x.reason = (SELECT reason FROM reasons WHERE text = 'answer_lost')))";

// Those that rows named.
Result<void> add_named(SQLite::Database& database, const std::string& file, std::int64_t run,
                       bool include_answer_lost, const Sequences& sequences,
                       std::vector<AddedContact>& added) {
    const auto answer_lost = read_reason(database, reason::answer_lost);
    OutcomeRows rows(database, file, run);
    std::vector<RowNumber> of_run;
    const auto read = rows.for_each([&](const StoredOutcome& outcome) -> Result<void> {
        const auto status = static_cast<RowStatus>(outcome.status);
        const bool perhaps = include_answer_lost && status == RowStatus::already_in_sequence &&
                             outcome.reason && outcome.reason == answer_lost;
        if (status == RowStatus::added || perhaps)
            of_run.push_back(static_cast<RowNumber>(outcome.row));
        return {};
    });
    if (!read)
        return read;
    Result<> understood;
    const auto visited = for_each_settled_contact(
        database, file, run, [&](TargetIndex target, const ContactRow& contact) {
            if (!understood || !std::ranges::binary_search(of_run, contact.row))
                return;
            const auto sequence = sequence_of(sequences, target, file);
            if (sequence)
                added.push_back(
                    {.row = contact.row, .contact = contact.contact, .sequence = *sequence});
            else
                understood = std::unexpected(sequence.error());
        });
    return visited ? understood : visited;
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
        const auto target = static_cast<TargetIndex>(rows.getColumn(2).getInt64());
        const auto sequence = sequence_of(sequences, target, file);
        if (!sequence)
            return std::unexpected(sequence.error());
        added.push_back({.row = static_cast<RowNumber>(rows.getColumn(0).getInt64()),
                         .contact = id_at(bytes, 0),
                         .sequence = *sequence});
    }
    return {};
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
    const RemovedContacts removed(database, run, scope.mode);
    std::erase_if(added, [&](const AddedContact& one) {
        return removed.contains(one.sequence, one.contact);
    });
    const std::vector<ExpandedLabel> labels = read_expanded_labels(database, run);
    for (AddedContact& one : added)
        one.row = input_row(labels, one.row);
    leave_one_of_each(added);
    // Whom another run has added since had left, and it is that run's doing that they are there.
    OtherAdders others(database, run);
    std::erase_if(added,
                  [&](const AddedContact& one) { return others.added(one.sequence, one.contact); });
    return added;
}

}  // namespace seqload::state
