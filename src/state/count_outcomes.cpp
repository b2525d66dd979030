#include "count_outcomes.hpp"

#include "binding.hpp"
#include "expanded_labels.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

// One pass over the outcomes: a line for each status, reason and target of the input's
// rows. Behind them stand the contacts of expanded labels: people, but no rows.
std::string groups() {
    return joined(R"sql(
SELECT o.status, coalesce(r.text, ''), b.target, count(*),
       coalesce(sum(o.contacts_added), 0), coalesce(sum(o.contacts_skipped), 0), o.row < )sql",
                  end_of_input, R"sql(
FROM outcomes o
LEFT JOIN reasons r ON r.reason = o.reason
LEFT JOIN batches b ON b.run = o.run AND b.batch = o.batch
WHERE o.run = ?1
GROUP BY o.status, o.reason, b.target, 7
)sql");
}

void add(const Outcome& outcome, TargetIndex target, Counts& counts) {
    if (outcome.status == RowStatus::not_attempted)
        return;
    ++counts.rows[outcome.status];
    if (!outcome.reason.empty())
        ++counts.reasons[outcome.status][outcome.reason];
    ++counts.targets[target].rows[outcome.status];
}

}  // namespace

Result<Counts> count_outcomes(SQLite::Database& database, const std::string& file,
                              std::int64_t run) {
    SQLite::Statement lines(database, groups());
    start(lines, run);
    Counts counts;
    while (lines.executeStep()) {
        const auto status = stored::row_status(lines.getColumn(0).getInt64());
        if (!status)
            return std::unexpected(damage("an outcome has a status that is none", file));
        const std::uint64_t rows = lines.getColumn(6).getInt() != 0 ? unsigned_at(lines, 3) : 0;
        const std::uint64_t added = unsigned_at(lines, 4);
        const std::uint64_t skipped = unsigned_at(lines, 5);
        counts.rows[*status] += rows;
        counts.contacts_added += added;
        counts.contacts_skipped += skipped;
        if (const std::string reason = text_at(lines, 1); !reason.empty() && rows > 0)
            counts.reasons[*status][reason] += rows;
        if (const auto target = optional_at(lines, 2)) {
            TargetCounts& of_target = counts.targets[static_cast<TargetIndex>(*target)];
            of_target.rows[*status] += rows;
            of_target.contacts_added += added;
            of_target.contacts_skipped += skipped;
        }
    }
    const auto labels = read_label_fates(database, file, run);
    if (!labels)
        return std::unexpected(labels.error());
    for (const LabelFate& label : *labels)
        add(label.outcome, label.target, counts);
    return counts;
}

}  // namespace seqload::state
