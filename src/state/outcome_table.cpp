#include "outcome_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "state_error.hpp"
#include "value_rows.hpp"

#include <optional>
#include <utility>

#include <sqlite3.h>

namespace seqload::state {

namespace {

// False: there is a row with this key already.
bool carried_out(SQLite::Statement& insert) {
    try {
        insert.exec();
        return true;
    } catch (const SQLite::Exception& exception) {
        if (exception.getExtendedErrorCode() == SQLITE_CONSTRAINT_PRIMARYKEY)
            return false;
        throw;
    }
}

}  // namespace

OutcomeTable::OutcomeTable(SQLite::Database& database, std::string file, Reasons& reasons,
                           Details& details)
    : file_(std::move(file)),
      reasons_(reasons),
      details_(details),
      insert_(database,
              "INSERT INTO outcomes (run, row, status, reason, detail, same_as, "
              "contacts_added, contacts_skipped, batch, settled_at) "
              "VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?)"),
      insert_many_(database,
                   joined("INSERT INTO outcomes (run, batch, settled_at, row, status, reason, "
                          "detail, same_as, contacts_added, contacts_skipped) VALUES ",
                          value_rows("?1, ?2, ?3", 4, 7))),
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
        if (auto is_outcome = check(outcome); !is_outcome)
            return is_outcome;
    }
    while (outcomes.size() >= rows_at_once &&
           insert_many(run, outcomes.first(rows_at_once), settling))
        outcomes = outcomes.subspan(rows_at_once);
    // The rest; or those among which is one that has an outcome already, to find out which.
    for (const Outcome& outcome : outcomes) {
        if (auto inserted = insert_one(run, outcome, settling); !inserted)
            return inserted;
    }
    return {};
}

// False, and none is inserted: one of them has an outcome already.
bool OutcomeTable::insert_many(std::int64_t run, std::span<const Outcome> outcomes,
                               const Settling& settling) {
    start(insert_many_, run, settling.batch, settling.at);
    int index = 3;
    const auto bind = [&](const auto& value) { bind_value(insert_many_, ++index, value); };
    for (const Outcome& outcome : outcomes) {
        bind(outcome.row);
        bind(std::to_underlying(outcome.status));
        bind(reasons_.number_of(outcome.reason));
        bind(details_.number_of(outcome.detail));
        bind(outcome.same_as == 0 ? std::nullopt : std::optional(outcome.same_as));
        bind(outcome.contacts_added);
        bind(outcome.contacts_skipped);
    }
    const bool are_new = carried_out(insert_many_);
    static_cast<void>(insert_many_.tryReset());  // reset() would throw once more what was refused
    return are_new;
}

Result<void> OutcomeTable::insert_one(std::int64_t run, const Outcome& outcome,
                                      const Settling& settling) {
    const auto reason = reasons_.number_of(outcome.reason);
    const auto detail = details_.number_of(outcome.detail);
    start(insert_, run, outcome.row, std::to_underlying(outcome.status), reason, detail,
          outcome.same_as, outcome.contacts_added, outcome.contacts_skipped, settling.batch,
          settling.at);
    if (!carried_out(insert_))
        return std::unexpected(contradiction(
            joined("row ", std::to_string(outcome.row), " has an outcome already"), file_));
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
