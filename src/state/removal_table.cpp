#include "removal_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/stored.hpp"
#include "state_error.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace seqload::state {

namespace {

std::optional<Id> id_in(const SQLite::Statement& row, int index) {
    const std::string bytes = text_at(row, index);
    if (bytes.size() != Id::size)
        return std::nullopt;
    return id_at(bytes, 0);
}

// A result row of read_removals; nullopt if it cannot be read.
std::optional<Removal> removal_in(const SQLite::Statement& row) {
    const auto contact = id_in(row, 2);
    const auto sequence = id_in(row, 3);
    const auto status = stored::removal_status(row.getColumn(4).getInt64());
    if (!contact || !sequence || !status)
        return std::nullopt;
    Removal removal{
        .number = unsigned_at(row, 0),
        .row = static_cast<RowNumber>(row.getColumn(1).getInt64()),
        .contact = *contact,
        .sequence = *sequence,
        .status = *status,
        .reason = text_at(row, 5),
        .detail = text_at(row, 6),
        .http_status = std::nullopt,
        .attempts = static_cast<std::uint32_t>(row.getColumn(8).getInt64()),
        .request_id = text_at(row, 9),
        .settled_at = std::nullopt,
    };
    if (const auto http_status = optional_at(row, 7))
        removal.http_status = static_cast<unsigned>(*http_status);
    if (optional_at(row, 10))
        removal.settled_at = time_at(row, 10);
    return removal;
}

}  // namespace

RemovalTable::RemovalTable(SQLite::Database& database, std::string file, Reasons& reasons,
                           Details& details)
    : file_(std::move(file)),
      reasons_(reasons),
      details_(details),
      settle_(database,
              "UPDATE removals SET status = ?, reason = ?, detail = ?, "
              "http_status = nullif(?, 0), attempts = ?, request_id = nullif(?, ''), "
              "settled_at = ? WHERE run = ? AND number = ? AND status = 1 "
              "RETURNING sequence, contact") {}

Result<Place> RemovalTable::settle(std::int64_t run, const RemovalOutcome& outcome,
                                   const RemovalsSettled& answer) {
    const std::string number = std::to_string(outcome.number);
    if (outcome.status == RemovalStatus::waiting)
        return std::unexpected(contradiction(
            joined("removal ", number, " cannot be settled as ", name(outcome.status)), file_));
    start(settle_, std::to_underlying(outcome.status), reasons_.number_of(outcome.reason),
          details_.number_of(outcome.detail), answer.http_status, answer.attempts,
          answer.request_id, answer.at, run, outcome.number);
    if (!settle_.executeStep())
        return std::unexpected(contradiction(
            joined("removal ", number, " is not planned, or has its outcome already"), file_));
    const auto sequence = id_in(settle_, 0);
    const auto contact = id_in(settle_, 1);
    settle_.reset();
    if (!sequence || !contact)
        return std::unexpected(damage(joined("removal ", number, " cannot be read"), file_));
    return Place{.sequence = *sequence, .contact = *contact};
}

void insert_removals(SQLite::Database& database, std::int64_t run,
                     std::span<const AddedContact> contacts) {
    SQLite::Statement insert(database,
                             "INSERT INTO removals (run, number, row, contact, sequence, status) "
                             "VALUES (?, ?, ?, ?, ?, ?)");
    std::int64_t number = 0;
    for (const AddedContact& added : contacts) {
        carry_out(insert, run, ++number, added.row, Blob{bytes_of(added.contact)},
                  Blob{bytes_of(added.sequence)}, std::to_underlying(RemovalStatus::waiting));
    }
}

std::uint64_t delete_waiting_removals(SQLite::Database& database, std::int64_t run,
                                      std::span<const AddedContact> still_wanted) {
    std::set<std::pair<std::string, std::string>> wanted;
    for (const AddedContact& one : still_wanted)
        wanted.emplace(bytes_of(one.sequence), bytes_of(one.contact));
    SQLite::Statement rows(
        database, "SELECT number, sequence, contact FROM removals WHERE run = ? AND status = 1");
    start(rows, run);
    std::vector<std::int64_t> unwanted;
    while (rows.executeStep()) {
        if (!wanted.contains({text_at(rows, 1), text_at(rows, 2)}))
            unwanted.push_back(rows.getColumn(0).getInt64());
    }
    SQLite::Statement remove(database, "DELETE FROM removals WHERE run = ? AND number = ?");
    for (const std::int64_t number : unwanted)
        carry_out(remove, run, number);
    SQLite::Statement fewer(database,
                            "UPDATE runs SET planned_rows = planned_rows - ? WHERE run = ?");
    carry_out(fewer, static_cast<std::int64_t>(unwanted.size()), run);
    return unwanted.size();
}

Result<std::vector<Removal>> read_removals(SQLite::Database& database, const std::string& file,
                                           std::int64_t run) {
    SQLite::Statement rows(database,
                           "SELECT m.number, m.row, m.contact, m.sequence, m.status, r.text, "
                           "d.text, m.http_status, m.attempts, m.request_id, m.settled_at "
                           "FROM removals m LEFT JOIN reasons r ON r.reason = m.reason "
                           "LEFT JOIN details d ON d.run = m.run AND d.detail = m.detail "
                           "WHERE m.run = ? ORDER BY m.number");
    start(rows, run);
    std::vector<Removal> removals;
    while (rows.executeStep()) {
        auto removal = removal_in(rows);
        if (!removal)
            return std::unexpected(
                damage(joined("removal ", text_at(rows, 0), " cannot be read"), file));
        removals.push_back(*std::move(removal));
    }
    return removals;
}

}  // namespace seqload::state
