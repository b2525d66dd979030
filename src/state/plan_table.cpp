#include "plan_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <cstddef>
#include <span>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

namespace {

std::string bytes_of(std::span<const Id> ids) {
    std::string bytes;
    for (const Id& id : ids)
        append_id(bytes, id);
    return bytes;
}

// nullopt if these are not whole ids.
std::optional<std::vector<Id>> ids_in(const std::string& bytes) {
    if (bytes.size() % Id::size != 0)
        return std::nullopt;
    std::vector<Id> ids;
    for (std::size_t at = 0; at < bytes.size(); at += Id::size)
        ids.push_back(id_at(bytes, at));
    return ids;
}

// From the columns sequence, mailboxes, from_address, user, initial_status,
// auto_unpause_at, flags; nullopt if they cannot be read.
std::optional<Target> target_in(const SQLite::Statement& row) {
    const auto sequence = ids_in(text_at(row, 0));
    const auto mailboxes = ids_in(text_at(row, 1));
    const auto user = ids_in(text_at(row, 3));
    const auto status = stored::initial_status(row.getColumn(4).getInt64());
    const std::uint64_t flags = unsigned_at(row, 6);
    if (!sequence || sequence->size() != 1 || !mailboxes || mailboxes->empty() || !user ||
        user->size() > 1 || !status || flags >> flag_count != 0)
        return std::nullopt;
    return Target{
        .sequence = sequence->front(),
        .mailboxes = *mailboxes,
        .from_address = text_at(row, 2),
        .user = user->empty() ? std::nullopt : std::optional(user->front()),
        .status = *status,
        .auto_unpause_at = text_at(row, 5),
        .flags = Flags(flags),
    };
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> read_totals(SQLite::Database& database,
                                                                   std::int64_t run) {
    SQLite::Statement totals(database,
                             "SELECT planned_rows, minimum_requests FROM runs WHERE run = ?");
    start(totals, run);
    totals.executeStep();
    if (!optional_at(totals, 0))
        return std::nullopt;
    return std::pair(unsigned_at(totals, 0), unsigned_at(totals, 1));
}

}  // namespace

Result<void> write_totals(SQLite::Database& database, const std::string& file, std::int64_t run,
                          std::uint64_t rows, std::uint64_t minimum_requests) {
    if (read_totals(database, run))
        return std::unexpected(contradiction("the run has a plan already", file));
    SQLite::Statement totals(
        database, "UPDATE runs SET planned_rows = ?, minimum_requests = ? WHERE run = ?");
    carry_out(totals, rows, minimum_requests, run);
    return {};
}

Result<void> write_plan(SQLite::Database& database, const std::string& file, std::int64_t run,
                        const Plan& plan) {
    if (plan.per_target.size() != plan.targets.size())
        return std::unexpected(
            contradiction("the plan does not say of each target what is planned for it", file));
    if (auto written = write_totals(database, file, run, plan.rows, plan.minimum_requests);
        !written)
        return written;
    SQLite::Statement insert(
        database,
        "INSERT INTO targets (run, target, sequence, mailboxes, from_address, user, "
        "initial_status, auto_unpause_at, flags, rows, labels, requests) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (TargetIndex index = 0; index < plan.targets.size(); ++index) {
        const Target target = plan.targets[index];
        const TargetPlan& planned = plan.per_target[index];
        const std::string sequence = bytes_of(std::span(&target.sequence, 1));
        const std::string mailboxes = bytes_of(target.mailboxes);
        const std::string user = target.user ? bytes_of(std::span(&*target.user, 1)) : "";
        carry_out(insert, run, index, Blob{sequence}, Blob{mailboxes}, target.from_address,
                  target.user ? std::optional(Blob{user}) : std::nullopt,
                  std::to_underlying(target.status), target.auto_unpause_at,
                  target.flags.to_ulong(), planned.rows, planned.labels, planned.requests);
    }
    return {};
}

Result<void> forget_first_pass(SQLite::Database& database, const std::string& file,
                               std::int64_t run) {
    SQLite::Statement batch(database, "SELECT 1 FROM batches WHERE run = ? LIMIT 1");
    start(batch, run);
    if (batch.executeStep())
        return std::unexpected(contradiction("the run has sent something", file));
    for (const char* const forget :
         {"DELETE FROM outcomes WHERE run = ?", "DELETE FROM expanded_labels WHERE run = ?",
          "DELETE FROM details WHERE run = ?", "DELETE FROM targets WHERE run = ?",
          "DELETE FROM inputs WHERE run = ? AND of_labels <> 0",
          "UPDATE runs SET planned_rows = NULL, minimum_requests = NULL WHERE run = ?"}) {
        SQLite::Statement statement(database, forget);
        carry_out(statement, run);
    }
    return {};
}

Result<Sequences> read_sequences(SQLite::Database& database, const std::string& file,
                                 std::int64_t run) {
    SQLite::Statement rows(database, "SELECT target, sequence FROM targets WHERE run = ?");
    start(rows, run);
    Sequences sequences;
    while (rows.executeStep()) {
        const std::string bytes = text_at(rows, 1);
        if (bytes.size() != Id::size)
            return std::unexpected(
                damage(joined("target ", text_at(rows, 0), " of the plan cannot be read"), file));
        sequences.emplace(static_cast<TargetIndex>(rows.getColumn(0).getInt64()), id_at(bytes, 0));
    }
    return sequences;
}

Result<Id> sequence_of(const Sequences& sequences, TargetIndex target, const std::string& file) {
    const auto found = sequences.find(target);
    if (found == sequences.end())
        return std::unexpected(
            damage(joined("there is no target ", std::to_string(target), " in the plan"), file));
    return found->second;
}

Result<std::optional<RecordedPlan>> read_plan(SQLite::Database& database, const std::string& file,
                                              std::int64_t run) {
    const auto totals = read_totals(database, run);
    if (!totals)
        return std::nullopt;
    RecordedPlan plan{.targets = TargetTable(),
                      .per_target = {},
                      .rows = totals->first,
                      .minimum_requests = totals->second};
    SQLite::Statement rows(database,
                           "SELECT sequence, mailboxes, from_address, user, initial_status, "
                           "auto_unpause_at, flags, rows, labels, requests FROM targets "
                           "WHERE run = ? ORDER BY target");
    start(rows, run);
    while (rows.executeStep()) {
        const TargetIndex expected = static_cast<TargetIndex>(plan.per_target.size());
        const auto target = target_in(rows);
        if (!target || plan.targets.intern(*target) != expected)
            return std::unexpected(damage(
                joined("target ", std::to_string(expected), " of the plan cannot be read"), file));
        plan.per_target.push_back({.rows = unsigned_at(rows, 7),
                                   .labels = unsigned_at(rows, 8),
                                   .requests = unsigned_at(rows, 9)});
    }
    return plan;
}

}  // namespace seqload::state
