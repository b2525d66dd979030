#include "settled_rows.hpp"

#include "batch_table.hpp"
#include "binding.hpp"
#include "common_batches.hpp"
#include "other_adders.hpp"
#include "outcome_context.hpp"
#include "outcome_rows.hpp"
#include "plan_table.hpp"
#include "removed_contacts.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <cstddef>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

Result<std::vector<bool>> read_settled_rows(SQLite::Database& database, const std::string& file,
                                            std::int64_t run) {
    SQLite::Statement planned(database,
                              "SELECT max(coalesce(planned_rows, 0), 0) FROM runs WHERE run = ?");
    start(planned, run);
    planned.executeStep();
    const std::uint64_t planned_rows = unsigned_at(planned, 0);
    if (planned_rows >= no_row)
        return std::unexpected(damage("the plan has more rows than any input can have", file));
    std::vector<bool> settled(static_cast<std::size_t>(planned_rows) + 1);
    const auto visited = for_each_settled_row(database, file, run, [&settled](RowNumber row) {
        if (row >= settled.size())
            settled.resize(std::size_t{row} + 1);
        settled[row] = true;
    });
    if (!visited)
        return std::unexpected(visited.error());
    return settled;
}

Result<std::vector<DoubtfulRow>> read_rows_to_verify(SQLite::Database& database,
                                                     const std::string& file, std::int64_t run,
                                                     bool all_added) {
    const auto answer_lost = read_reason(database, reason::answer_lost);
    OutcomeRows rows(database, file, run);
    std::vector<DoubtfulRow> doubtful;
    const auto read = rows.for_each([&](const StoredOutcome& outcome) -> Result<void> {
        if (!outcome.batch || outcome.verified_at)
            return {};
        const auto status = static_cast<RowStatus>(outcome.status);
        if (status == RowStatus::unconfirmed || (all_added && status == RowStatus::added) ||
            (outcome.reason && outcome.reason == answer_lost))
            doubtful.push_back({.row = static_cast<RowNumber>(outcome.row), .status = status});
        return {};
    });
    if (!read)
        return std::unexpected(read.error());
    if (doubtful.empty())
        return doubtful;

    std::vector<bool> has_contact(doubtful.size());
    const auto visited = for_each_settled_contact(
        database, file, run, [&](TargetIndex target, const ContactRow& contact) {
            const auto at = std::ranges::lower_bound(doubtful, contact.row, {}, &DoubtfulRow::row);
            if (at == doubtful.end() || at->row != contact.row)
                return;
            at->contact = contact.contact;
            at->target = target;
            has_contact[static_cast<std::size_t>(at - doubtful.begin())] = true;
        });
    if (!visited)
        return std::unexpected(visited.error());
    const auto sequences = read_sequences(database, file, run);
    if (!sequences)
        return std::unexpected(sequences.error());
    OtherAdders others(database, run);
    // Whom an undo has taken back is not there any more, and that is as it should be.
    const RemovedContacts removed(database, run, "remove");
    std::vector<DoubtfulRow> of_contacts;  // the others are rows of labels
    for (std::size_t i = 0; i < doubtful.size(); ++i) {
        if (!has_contact[i])
            continue;
        DoubtfulRow row = doubtful[i];
        const auto sequence = sequence_of(*sequences, row.target, file);
        if (!sequence)
            return std::unexpected(sequence.error());
        if (removed.contains(*sequence, row.contact))
            continue;
        row.added_by_another_run = others.added(*sequence, row.contact);
        of_contacts.push_back(row);
    }
    return of_contacts;
}

std::uint64_t count_label_rows_in_doubt(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement count(
        database,
        "SELECT count(*) FROM outcomes o JOIN batches b ON b.run = o.run AND b.batch = o.batch "
        "WHERE o.run = ? AND b.members_kind = 2 AND (o.status = 8 "
        "OR o.reason = (SELECT reason FROM reasons WHERE text = 'answer_lost'))");
    start(count, run);
    count.executeStep();
    return unsigned_at(count, 0);
}

}  // namespace seqload::state
