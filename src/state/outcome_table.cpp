#include "outcome_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "state_error.hpp"

#include <utility>

#include <sqlite3.h>

namespace seqload::state {

OutcomeTable::OutcomeTable(SQLite::Database& database, std::string file, Reasons& reasons,
                           Details& details)
    : file_(std::move(file)),
      reasons_(reasons),
      details_(details),
      insert_(database,
              "INSERT INTO outcomes (run, row, status, reason, detail, same_as, "
              "contacts_added, contacts_skipped, batch, settled_at) "
              "VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?)"),
      insert_contact_(database,
                      "INSERT INTO label_contacts (run, row, position, contact, status, reason) "
                      "VALUES (?, ?, ?, ?, ?, ?)"),
      batch_of_(database, "SELECT batch FROM outcomes WHERE run = ? AND row = ?"),
      verify_(database,
              "UPDATE outcomes SET status = ?, reason = ?, detail = ?, contacts_added = ?, "
              "contacts_skipped = ?, verified_at = ? WHERE run = ? AND row = ?") {}

Result<void> OutcomeTable::insert(std::int64_t run, std::span<const Outcome> outcomes,
                                  const Settling& settling) {
    for (const Outcome& outcome : outcomes) {
        if (auto inserted = insert_one(run, outcome, settling); !inserted)
            return inserted;
    }
    return {};
}

Result<void> OutcomeTable::insert_one(std::int64_t run, const Outcome& outcome,
                                      const Settling& settling) {
    if (auto is_outcome = check(outcome); !is_outcome)
        return is_outcome;
    const auto reason = reasons_.number_of(outcome.reason);
    const auto detail = details_.number_of(outcome.detail);
    start(insert_, run, outcome.row, std::to_underlying(outcome.status), reason, detail,
          outcome.same_as, outcome.contacts_added, outcome.contacts_skipped, settling.batch,
          settling.at);
    try {
        insert_.exec();
    } catch (const SQLite::Exception& exception) {
        if (exception.getExtendedErrorCode() == SQLITE_CONSTRAINT_PRIMARYKEY)
            return std::unexpected(contradiction(
                joined("row ", std::to_string(outcome.row), " has an outcome already"), file_));
        throw;
    }
    return {};
}

void OutcomeTable::insert(std::int64_t run, std::span<const LabelContact> contacts) {
    std::int64_t position = 0;
    for (const LabelContact& person : contacts) {
        const std::string bytes = bytes_of(person.contact);
        carry_out(insert_contact_, run, person.row, ++position, Blob{bytes},
                  std::to_underlying(person.status), reasons_.number_of(person.reason));
    }
}

std::optional<BatchNumber> OutcomeTable::batch_of(std::int64_t run, RowNumber row) {
    start(batch_of_, run, row);
    const auto batch = batch_of_.executeStep() ? optional_at(batch_of_, 0) : std::nullopt;
    batch_of_.reset();
    return batch;
}

Result<void> OutcomeTable::verify(std::int64_t run, const Outcome& outcome, WallTime at) {
    if (auto is_outcome = check(outcome); !is_outcome)
        return is_outcome;
    const auto reason = reasons_.number_of(outcome.reason);
    const auto detail = details_.number_of(outcome.detail);
    carry_out(verify_, std::to_underlying(outcome.status), reason, detail, outcome.contacts_added,
              outcome.contacts_skipped, at, run, outcome.row);
    return {};
}

Result<void> OutcomeTable::check(const Outcome& outcome) const {
    if (outcome.row == 0 || outcome.status == RowStatus::not_attempted)
        return std::unexpected(contradiction(joined("row ", std::to_string(outcome.row),
                                                    " cannot be settled as ", name(outcome.status)),
                                             file_));
    return {};
}

}  // namespace seqload::state
