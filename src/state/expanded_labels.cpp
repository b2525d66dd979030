#include "expanded_labels.hpp"

#include "batch_table.hpp"
#include "binding.hpp"
#include "seqload/model/label_fate.hpp"
#include "seqload/state/batch_life.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

// A line for each label row, status and reason of its contacts. The detail is that of
// the first of them: SQLite takes it from the row that min() found.
constexpr const char* groups = R"sql(
SELECT e.row, o.status, coalesce(r.text, ''), coalesce(d.text, ''), count(*),
       coalesce(sum(o.contacts_added), 0), coalesce(sum(o.contacts_skipped), 0),
       max(coalesce(o.verified_at, o.settled_at, b.changed_at)), min(o.row)
FROM expanded_labels e
JOIN outcomes o ON o.run = e.run AND o.row >= e.first AND o.row < e.first + e.contacts
LEFT JOIN reasons r ON r.reason = o.reason
LEFT JOIN details d ON d.run = o.run AND d.detail = o.detail
LEFT JOIN batches b ON b.run = o.run AND b.batch = o.batch
WHERE e.run = ?
GROUP BY e.row, o.status, o.reason
ORDER BY e.row
)sql";

struct Tallies {
    std::vector<ExpandedLabel> labels;
    std::vector<MemberTally> tallies;
    std::vector<WallTime> settled_at;

    std::size_t place_of(RowNumber row) const {
        const auto label = std::ranges::lower_bound(labels, row, {}, &ExpandedLabel::row);
        return static_cast<std::size_t>(label - labels.begin());
    }
};

Tallies nobody_settled(SQLite::Database& database, std::int64_t run) {
    Tallies all{.labels = read_expanded_labels(database, run), .tallies = {}, .settled_at = {}};
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
                         Tallies& all) {
    SQLite::Statement lines(database, groups);
    start(lines, run);
    while (lines.executeStep()) {
        const auto status = stored::row_status(lines.getColumn(1).getInt64());
        if (!status)
            return std::unexpected(damage("an outcome has a status that is none", file));
        const std::size_t place =
            all.place_of(static_cast<RowNumber>(lines.getColumn(0).getInt64()));
        if (place >= all.labels.size())
            return std::unexpected(damage("expanded labels are not in order", file));
        all.tallies[place].add(*status, text_at(lines, 2), text_at(lines, 3),
                               unsigned_at(lines, 4));
        all.tallies[place].add_people(unsigned_at(lines, 5), unsigned_at(lines, 6));
        all.settled_at[place] = std::max(all.settled_at[place], time_at(lines, 7));
    }
    return {};
}

Result<void> add_doubtful(SQLite::Database& database, const std::string& file, std::int64_t run,
                          Tallies& all) {
    const auto batches = read_open_batches(database, file, run);
    if (!batches)
        return std::unexpected(batches.error());
    for (const OpenBatch& batch : *batches) {
        if (!may_have_been_carried_out(batch.state))
            continue;
        for (const ContactRow& contact : batch.content.contacts) {
            const ExpandedLabel* const label = label_holding(all.labels, contact.row);
            if (label != nullptr)
                all.tallies[all.place_of(label->row)].add(RowStatus::unconfirmed,
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
    Tallies all = nobody_settled(database, run);
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
