#include "count_outcomes.hpp"

#include "common_batches.hpp"
#include "expanded_labels.hpp"
#include "outcome_context.hpp"
#include "outcome_rows.hpp"
#include "quick_statement.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace seqload::state {

namespace {

// Both in any order.
constexpr const char* own_outcomes_of_run =
    "SELECT status, reason, batch, contacts_added, contacts_skipped FROM outcomes WHERE run = ?";
constexpr const char* common_outcomes_of_run =
    "SELECT common_status, common_reason, target, common_contacts_added, common_contacts_skipped, "
    "common_rows FROM batches WHERE run = ? AND ";

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

// Neighbours mostly belong together, so the last group is at hand.
class GroupTallies {
public:
    Tally& of(const Group& group) {
        if (last_ == tallies_.end() || last_->first != group)
            last_ = tallies_.try_emplace(group).first;
        return last_->second;
    }

    const std::map<Group, Tally>& all() const { return tallies_; }

private:
    std::map<Group, Tally> tallies_;
    std::map<Group, Tally>::iterator last_ = tallies_.end();
};

std::uint64_t number_of(std::optional<std::int64_t> people) {
    return static_cast<std::uint64_t>(people.value_or(0));
}

// All rows are of the input: those of a batch that fared alike are counted at once.
void tally_whole(SQLite::Database& database, std::int64_t run, OutcomeContext& context,
                 GroupTallies& tallies) {
    QuickStatement own(database, own_outcomes_of_run);
    own.start(run);
    while (own.step()) {
        Group group{.status = own.number(0), .reason = own.optional_number(1), .target = {}};
        if (const auto batch = own.optional_number(2))
            group.target = context.batch(*batch).target;
        Tally& tally = tallies.of(group);
        ++tally.rows;
        tally.added += static_cast<std::uint64_t>(own.number(3));
        tally.skipped += static_cast<std::uint64_t>(own.number(4));
    }
    QuickStatement common(database, joined(common_outcomes_of_run, has_common_rows));
    common.start(run);
    while (common.step()) {
        Tally& tally = tallies.of({.status = common.number(0),
                                   .reason = common.optional_number(1),
                                   .target = common.number(2)});
        const auto rows = static_cast<std::uint64_t>(common.number(5));
        tally.rows += rows;
        tally.added += rows * static_cast<std::uint64_t>(common.number(3));
        tally.skipped += rows * static_cast<std::uint64_t>(common.number(4));
    }
}

// Rows from the end of the input on are contacts of labels, whose people count.
Result<void> tally_each(SQLite::Database& database, const std::string& file, std::int64_t run,
                        std::uint64_t end_of_input, OutcomeContext& context,
                        GroupTallies& tallies) {
    OutcomeRows rows(database, file, run);
    return rows.for_each([&](const StoredOutcome& outcome) -> Result<void> {
        Group group{.status = outcome.status, .reason = outcome.reason, .target = {}};
        if (outcome.batch)
            group.target = context.batch(*outcome.batch).target;
        Tally& tally = tallies.of(group);
        tally.rows += outcome.row < end_of_input ? 1 : 0;
        tally.added += number_of(outcome.contacts_added);
        tally.skipped += number_of(outcome.contacts_skipped);
        return {};
    });
}

Result<void> tally_outcomes(SQLite::Database& database, const std::string& file, std::int64_t run,
                            OutcomeContext& context, GroupTallies& tallies) {
    const std::uint64_t end_of_input = read_end_of_input(database, run);
    if (end_of_input != no_row)
        return tally_each(database, file, run, end_of_input, context, tallies);
    tally_whole(database, run, context, tallies);
    return {};
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
    GroupTallies tallies;
    if (auto tallied = tally_outcomes(database, file, run, context, tallies); !tallied)
        return std::unexpected(std::move(tallied.error()));
    Counts counts;
    for (const auto& [group, tally] : tallies.all()) {
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
