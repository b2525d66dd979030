#include "outcome_table.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/state/common_outcome.hpp"
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
    : database_(database),
      file_(std::move(file)),
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
              "contacts_skipped = ?, verified_at = ? WHERE run = ? AND row = ?"),
      insert_verified_(database,
                       "INSERT INTO outcomes (run, row, status, reason, detail, contacts_added, "
                       "contacts_skipped, batch, verified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)") {
}

void OutcomeTable::turn_to(std::int64_t run) {
    if (run == run_)
        return;
    run_ = run;
    settled_.reset();
    common_batches_.reset();
}

Result<void> OutcomeTable::insert(std::span<const Outcome> outcomes, const Settling& settling,
                                  const Outcome* common) {
    if (auto claimed = claim(outcomes); !claimed)
        return claimed;
    if (common != nullptr)
        common_batches_.reset();
    while (common == nullptr && outcomes.size() >= rows_at_once &&
           insert_many(outcomes.first(rows_at_once), settling))
        outcomes = outcomes.subspan(rows_at_once);
    // The rest; or those among which is one that has an outcome already, to find out which.
    for (const Outcome& outcome : outcomes) {
        if (common != nullptr && alike(outcome, *common))
            continue;
        if (auto inserted = insert_one(outcome, settling); !inserted)
            return inserted;
    }
    return {};
}

// From now on these rows are settled.
Result<void> OutcomeTable::claim(std::span<const Outcome> outcomes) {
    if (!settled_) {
        RowBitmap settled;
        auto visited = for_each_settled_row(database_, file_, run_,
                                            [&settled](RowNumber row) { settled.add(row); });
        if (!visited)
            return visited;
        settled_ = std::move(settled);
    }
    for (const Outcome& outcome : outcomes) {
        if (auto is_outcome = check(outcome); !is_outcome)
            return is_outcome;
    }
    for (const Outcome& outcome : outcomes) {
        if (!settled_->add(outcome.row))
            return has_outcome(outcome.row);
    }
    return {};
}

std::unexpected<Error> OutcomeTable::has_outcome(RowNumber row) const {
    return std::unexpected(
        contradiction(joined("row ", std::to_string(row), " has an outcome already"), file_));
}

// False, and none is inserted: one of them has an outcome already.
bool OutcomeTable::insert_many(std::span<const Outcome> outcomes, const Settling& settling) {
    start(insert_many_, run_, settling.batch, settling.at);
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

Result<void> OutcomeTable::insert_one(const Outcome& outcome, const Settling& settling) {
    const auto reason = reasons_.number_of(outcome.reason);
    const auto detail = details_.number_of(outcome.detail);
    start(insert_, run_, outcome.row, std::to_underlying(outcome.status), reason, detail,
          outcome.same_as, outcome.contacts_added, outcome.contacts_skipped, settling.batch,
          settling.at);
    if (!carried_out(insert_))
        return has_outcome(outcome.row);
    return {};
}

void OutcomeTable::insert(std::span<const LabelContact> contacts) {
    std::int64_t position = 0;
    for (const LabelContact& person : contacts) {
        carry_out(insert_contact_, run_, person.row, ++position, Blob{bytes_of(person.contact)},
                  std::to_underlying(person.status), reasons_.number_of(person.reason));
    }
}

Result<std::optional<BatchNumber>> OutcomeTable::batch_of(RowNumber row) {
    start(batch_of_, run_, row);
    const bool has_own = batch_of_.executeStep();
    const auto batch = has_own ? optional_at(batch_of_, 0) : std::nullopt;
    batch_of_.reset();
    if (has_own)
        return batch;
    if (!common_batches_) {
        auto read = CommonBatchOfRow::read(database_, file_, run_);
        if (!read)
            return std::unexpected(std::move(read.error()));
        common_batches_ = *std::move(read);
    }
    return common_batches_->find(row);
}

Result<bool> OutcomeTable::verify(const Outcome& outcome, BatchNumber batch, WallTime at) {
    if (auto is_outcome = check(outcome); !is_outcome)
        return std::unexpected(std::move(is_outcome.error()));
    const auto reason = reasons_.number_of(outcome.reason);
    const auto detail = details_.number_of(outcome.detail);
    start(verify_, std::to_underlying(outcome.status), reason, detail, outcome.contacts_added,
          outcome.contacts_skipped, at, run_, outcome.row);
    const bool had_own = verify_.exec() > 0;
    verify_.reset();
    if (!had_own)
        carry_out(insert_verified_, run_, outcome.row, std::to_underlying(outcome.status), reason,
                  detail, outcome.contacts_added, outcome.contacts_skipped, batch, at);
    return !had_own;
}

Result<void> OutcomeTable::check(const Outcome& outcome) const {
    if (outcome.row == 0 || outcome.status == RowStatus::not_attempted)
        return std::unexpected(contradiction(joined("row ", std::to_string(outcome.row),
                                                    " cannot be settled as ", name(outcome.status)),
                                             file_));
    return {};
}

}  // namespace seqload::state
