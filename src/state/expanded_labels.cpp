#include "expanded_labels.hpp"

#include "batch_table.hpp"
#include "binding.hpp"
#include "outcome_context.hpp"
#include "outcome_rows.hpp"
#include "seqload/model/label_fate.hpp"
#include "seqload/state/batch_life.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

struct LabelTallies {
    std::vector<ExpandedLabel> labels;
    std::vector<MemberTally> tallies;
    std::vector<WallTime> settled_at;

    std::size_t place_of(const ExpandedLabel& label) const {
        return static_cast<std::size_t>(&label - labels.data());
    }
};

LabelTallies nobody_settled(SQLite::Database& database, std::int64_t run) {
    LabelTallies all{
        .labels = read_expanded_labels(database, run), .tallies = {}, .settled_at = {}};
    SQLite::Statement times(database,
                            "SELECT read_at FROM expanded_labels WHERE run = ? ORDER BY row");
    start(times, run);
    for (const ExpandedLabel& label : all.labels) {
        all.tallies.emplace_back(label.contacts);
        times.executeStep();
        all.settled_at.push_back(time_at(times, 0));
    }
    return all;
}

Result<void> add_settled(SQLite::Database& database, const std::string& file, std::int64_t run,
                         LabelTallies& all) {
    OutcomeContext context(database, run);
    OutcomeRows rows(database, file, run, all.labels.front().first);
    return rows.for_each([&](const StoredOutcome& outcome) -> Result<void> {
        const auto status = stored::row_status(outcome.status);
        if (!status)
            return std::unexpected(damage("an outcome has a status that is none", file));
        const ExpandedLabel* const label =
            label_holding(all.labels, static_cast<RowNumber>(outcome.row));
        if (label == nullptr)
            return {};
        const std::size_t place = all.place_of(*label);
        all.tallies[place].add(*status, outcome.reason ? context.reason(*outcome.reason) : "",
                               outcome.detail ? context.detail(*outcome.detail) : "", 1);
        all.tallies[place].add_people(
            static_cast<std::uint64_t>(outcome.contacts_added.value_or(0)),
            static_cast<std::uint64_t>(outcome.contacts_skipped.value_or(0)));
        const std::int64_t settled_at =
            outcome.batch ? context.batch(*outcome.batch).changed_at : 0;
        all.settled_at[place] = std::max(
            all.settled_at[place], WallTime(std::chrono::milliseconds(outcome.verified_at.value_or(
                                       outcome.settled_at.value_or(settled_at)))));
        return {};
    });
}

Result<void> add_doubtful(SQLite::Database& database, const std::string& file, std::int64_t run,
                          LabelTallies& all) {
    const auto batches = read_open_batches(database, file, run);
    if (!batches)
        return std::unexpected(batches.error());
    for (const OpenBatch& batch : *batches) {
        if (!may_have_been_carried_out(batch.state))
            continue;
        for (const ContactRow& contact : batch.content.contacts) {
            const ExpandedLabel* const label = label_holding(all.labels, contact.row);
            if (label != nullptr)
                all.tallies[all.place_of(*label)].add(RowStatus::unconfirmed,
                                                      std::string(reason::answer_lost), "", 1);
        }
    }
    return {};
}

}  // namespace

Result<void> write_expanded_labels(SQLite::Database& database, const std::string& file,
                                   std::int64_t run, std::span<const ExpandedLabel> labels,
                                   WallTime read_at) {
    if (!read_expanded_labels(database, run).empty())
        return std::unexpected(contradiction("labels of the run were expanded before", file));
    SQLite::Statement insert(database,
                             "INSERT INTO expanded_labels (run, row, target, first, contacts, "
                             "read_at) VALUES (?, ?, ?, ?, ?, ?)");
    RowNumber last_row = 0;
    std::uint64_t next = labels.empty() ? 0 : labels.front().first;
    for (const ExpandedLabel& label : labels) {
        if (label.row <= last_row || label.row >= labels.front().first || label.first != next)
            return std::unexpected(contradiction("expanded labels are not in order", file));
        carry_out(insert, run, label.row, label.target, label.first, label.contacts, read_at);
        last_row = label.row;
        next += label.contacts;
    }
    return {};
}

std::uint64_t read_end_of_input(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement first(database, "SELECT min(first) FROM expanded_labels WHERE run = ?");
    start(first, run);
    first.executeStep();
    const auto row = optional_at(first, 0);
    return row ? static_cast<std::uint64_t>(*row) : no_row;
}

std::vector<ExpandedLabel> read_expanded_labels(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement rows(database,
                           "SELECT row, target, first, contacts FROM expanded_labels "
                           "WHERE run = ? ORDER BY row");
    start(rows, run);
    std::vector<ExpandedLabel> labels;
    while (rows.executeStep())
        labels.push_back({.row = static_cast<RowNumber>(rows.getColumn(0).getInt64()),
                          .target = static_cast<TargetIndex>(rows.getColumn(1).getInt64()),
                          .first = static_cast<RowNumber>(rows.getColumn(2).getInt64()),
                          .contacts = static_cast<std::uint32_t>(rows.getColumn(3).getInt64())});
    return labels;
}

Result<std::vector<LabelFate>> read_label_fates(SQLite::Database& database, const std::string& file,
                                                std::int64_t run) {
    LabelTallies all = nobody_settled(database, run);
    std::vector<LabelFate> fates;
    if (all.labels.empty())
        return fates;
    if (auto added = add_settled(database, file, run, all); !added)
        return std::unexpected(std::move(added.error()));
    if (auto added = add_doubtful(database, file, run, all); !added)
        return std::unexpected(std::move(added.error()));
    for (std::size_t i = 0; i < all.labels.size(); ++i)
        fates.push_back({.target = all.labels[i].target,
                         .outcome = label_fate(all.labels[i].row, all.tallies[i]),
                         .settled_at = all.settled_at[i]});
    return fates;
}

}  // namespace seqload::state
