#include "count_outcomes.hpp"

#include "binding.hpp"
#include "expanded_labels.hpp"
#include "outcome_context.hpp"
#include "quick_statement.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

// In any order.
constexpr const char* outcomes_of_run =
    "SELECT status, reason, batch, contacts_added, contacts_skipped, row FROM outcomes "
    "WHERE run = ?";

std::int64_t first_behind_input(SQLite::Database& database, std::int64_t run) {
    SQLite::Statement first(database, joined("SELECT ", end_of_input));
    start(first, run);
    first.executeStep();
    return first.getColumn(0).getInt64();
}

// Outcomes that are counted together.
struct Group {
    std::int64_t status = 0;
    std::optional<std::int64_t> reason;
    std::optional<std::int64_t> target;

    auto operator<=>(const Group&) const = default;
};

struct Tally {
    std::uint64_t rows = 0;  // of the input: behind it stand the contacts of expanded labels
    std::uint64_t added = 0;
    std::uint64_t skipped = 0;
};

using Tallies = std::map<Group, Tally>;

// One pass over the outcomes. Neighbours mostly belong together, so the last group is at hand.
Tallies tally_outcomes(SQLite::Database& database, std::int64_t run, OutcomeContext& context) {
    const std::int64_t end = first_behind_input(database, run);
    QuickStatement rows(database, outcomes_of_run);
    rows.start(run);
    Tallies tallies;
    auto last = tallies.end();
    while (rows.step()) {
        Group group{.status = rows.number(0), .reason = rows.optional_number(1), .target = {}};
        if (const auto batch = rows.optional_number(2))
            group.target = context.batch(*batch).target;
        if (last == tallies.end() || last->first != group)
            last = tallies.try_emplace(group).first;
        Tally& tally = last->second;
        tally.rows += rows.number(5) < end ? 1 : 0;
        tally.added += static_cast<std::uint64_t>(rows.number(3));
        tally.skipped += static_cast<std::uint64_t>(rows.number(4));
    }
    return tallies;
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
    OutcomeContext context(database, run);
    Counts counts;
    for (const auto& [group, tally] : tally_outcomes(database, run, context)) {
        const auto status = stored::row_status(group.status);
        if (!status)
            return std::unexpected(damage("an outcome has a status that is none", file));
        counts.rows[*status] += tally.rows;
        counts.contacts_added += tally.added;
        counts.contacts_skipped += tally.skipped;
        const std::string reason = group.reason ? context.reason(*group.reason) : std::string();
        if (!reason.empty() && tally.rows > 0)
            counts.reasons[*status][reason] += tally.rows;
        if (group.target) {
            TargetCounts& of_target = counts.targets[static_cast<TargetIndex>(*group.target)];
            of_target.rows[*status] += tally.rows;
            of_target.contacts_added += tally.added;
            of_target.contacts_skipped += tally.skipped;
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
