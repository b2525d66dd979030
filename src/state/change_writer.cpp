#include "change_writer.hpp"

#include "binding.hpp"
#include "bytes.hpp"
#include "known_contacts.hpp"
#include "row_sets.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "state_error.hpp"

#include <string_view>
#include <utility>
#include <variant>

#include <sqlite3.h>

namespace seqload::state {

ChangeWriter::ChangeWriter(SQLite::Database& database, const std::string& file)
    : file_(file),
      batches_(database, file),
      reasons_(database),
      details_(database),
      ledger_(database),
      requests_(database),
      count_targets_(database, "SELECT count(*) FROM targets WHERE run = ?"),
      insert_outcome_(database,
                      "INSERT INTO outcomes (run, row, status, reason, detail, same_as, "
                      "contacts_added, contacts_skipped, batch, settled_at) "
                      "VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?)"),
      insert_label_contact_(database,
                            "INSERT INTO label_contacts (run, row, position, contact, status, "
                            "reason) VALUES (?, ?, ?, ?, ?, ?)") {}

Result<void> ChangeWriter::write(std::int64_t run, std::span<const Change> changes) {
    run_ = run;
    details_.turn_to(run);
    ledger_.turn_to(run);
    start(count_targets_, run);
    count_targets_.executeStep();
    targets_ = count_targets_.getColumn(0).getInt64();
    count_targets_.reset();
    for (const Change& change : changes) {
        auto written = std::visit([this](const auto& fact) { return write(fact); }, change);
        if (!written)
            return written;
    }
    requests_.write(run);
    return {};
}

Result<void> ChangeWriter::write(const RowsSettled& change) {
    return insert_outcomes(change.outcomes, {.batch = std::nullopt, .at = change.at});
}

Result<void> ChangeWriter::write(const BatchInFlight& change) {
    const auto stepped = take_step(change.batch, go_in_flight, "go in flight");
    if (!stepped)
        return std::unexpected(stepped.error());
    const BatchStep step{.state = stepped->state, .at = change.at};
    if (auto fit = check_content(change.batch, change.content, stepped->known); !fit)
        return fit;
    if (stepped->known) {
        batches_.send(run_, change.batch, step, change.attempt);
    } else {
        batches_.insert_sent(run_, change.batch, *change.content, step, change.attempt);
    }
    const bool went_before = stepped->known && stepped->known->attempts > 0;
    requests_.count({.sent = 1, .retried = went_before ? 1U : 0U});
    return {};
}

Result<void> ChangeWriter::write(const BatchWaiting& change) {
    const auto stepped = take_step(change.batch, come_back, "go back to waiting");
    if (!stepped)
        return std::unexpected(stepped.error());
    batches_.step(run_, change.batch, {.state = stepped->state, .at = change.at});
    requests_.count({.rate_limited = change.rate_limited ? 1U : 0U});
    return {};
}

Result<void> ChangeWriter::write(const BatchInDoubt& change) {
    const auto stepped = take_step(change.batch, lose_answer, "come into doubt");
    if (!stepped)
        return std::unexpected(stepped.error());
    batches_.step(run_, change.batch, {.state = stepped->state, .at = change.at});
    return {};
}

Result<void> ChangeWriter::write(const BatchSplit& change) {
    const auto stepped = take_step(change.batch, split, "be split");
    if (!stepped)
        return std::unexpected(stepped.error());
    const OpenBatch& whole = *stepped->known;
    if (!are_parts_of(whole.content, change.halves))
        return contradicts(joined("batch ", std::to_string(change.batch),
                                  " is split into parts that do not hold exactly its rows"));
    batches_.step(run_, change.batch, {.state = stepped->state, .at = change.at});
    const BatchStep born{.state = half_of(whole.state), .at = change.at};
    for (const auto& [number, half] : change.halves) {
        const auto other = batches_.find(run_, number);
        if (!other)
            return std::unexpected(other.error());
        if (*other)
            return contradicts(joined("there is a batch ", std::to_string(number), " already"));
        if (auto fit = check_content(number, half, std::nullopt); !fit)
            return fit;
        batches_.insert(run_, number, half, born, change.batch);
    }
    return {};
}

Result<void> ChangeWriter::write(const BatchSettled& change) {
    const auto stepped = take_step(change.batch, settle, "be settled");
    if (!stepped)
        return std::unexpected(stepped.error());
    const BatchStep step{.state = stepped->state, .at = change.at};
    if (auto fit = check_content(change.batch, change.content, stepped->known); !fit)
        return fit;
    const Batch& content = stepped->known ? stepped->known->content : *change.content;
    if (!settles_each_row_once(content, change.outcomes) ||
        !reached_by(content, change.label_contacts))
        return contradicts(joined("the outcomes of batch ", std::to_string(change.batch),
                                  " are not about exactly its rows"));
    if (!stepped->known)
        batches_.insert(run_, change.batch, content, step);
    batches_.settle(run_, change.batch, step,
                    {.http_status = change.http_status,
                     .attempts = change.attempts,
                     .request_id = change.request_id});
    insert_label_contacts(change.label_contacts);
    enter_into_ledger(content, change);
    return insert_outcomes(change.outcomes, {.batch = change.batch, .at = std::nullopt});
}

Result<ChangeWriter::Stepped> ChangeWriter::take_step(BatchNumber batch, Step step,
                                                      const char* doing) {
    auto known = batches_.find(run_, batch);
    if (!known)
        return std::unexpected(known.error());
    const auto from = *known ? std::optional((*known)->state) : std::nullopt;
    const auto state = step(from);
    if (!state)
        return contradicts(joined("batch ", std::to_string(batch), " is to ", doing, ", but is ",
                                  from ? name(*from) : "not known"));
    return Stepped{.known = *std::move(known), .state = *state};
}

Result<void> ChangeWriter::check_content(BatchNumber batch, const std::optional<Batch>& content,
                                         const std::optional<OpenBatch>& known) const {
    const std::string number = std::to_string(batch);
    if (known) {
        if (content && content != known->content)
            return contradicts(joined("batch ", number, " had other rows before"));
        return {};
    }
    if (!content || content->size() == 0)
        return contradicts(joined("batch ", number, " is not known, and its rows were not given"));
    if (content->target >= targets_)
        return contradicts(joined("batch ", number, " is for target ",
                                  std::to_string(content->target), ", but the plan on record has ",
                                  counted(static_cast<std::uint64_t>(targets_), "target")));
    return {};
}

Result<void> ChangeWriter::insert_outcomes(std::span<const Outcome> outcomes,
                                           const Settling& settling) {
    for (const Outcome& outcome : outcomes) {
        if (auto inserted = insert_outcome(outcome, settling); !inserted)
            return inserted;
    }
    return {};
}

Result<void> ChangeWriter::insert_outcome(const Outcome& outcome, const Settling& settling) {
    if (outcome.row == 0 || outcome.status == RowStatus::not_attempted)
        return contradicts(joined("row ", std::to_string(outcome.row), " cannot be settled as ",
                                  name(outcome.status)));
    const auto reason = reasons_.number_of(outcome.reason);
    const auto detail = details_.number_of(outcome.detail);
    start(insert_outcome_, run_, outcome.row, std::to_underlying(outcome.status), reason, detail,
          outcome.same_as, outcome.contacts_added, outcome.contacts_skipped, settling.batch,
          settling.at);
    try {
        insert_outcome_.exec();
    } catch (const SQLite::Exception& exception) {
        if (exception.getExtendedErrorCode() == SQLITE_CONSTRAINT_PRIMARYKEY)
            return contradicts(
                joined("row ", std::to_string(outcome.row), " has an outcome already"));
        throw;
    }
    return {};
}

void ChangeWriter::insert_label_contacts(std::span<const LabelContact> contacts) {
    std::int64_t position = 0;
    for (const LabelContact& person : contacts) {
        std::string bytes;
        append_id(bytes, person.contact);
        carry_out(insert_label_contact_, run_, person.row, ++position, Blob{bytes},
                  std::to_underlying(person.status), reasons_.number_of(person.reason));
    }
}

void ChangeWriter::enter_into_ledger(const Batch& content, const BatchSettled& change) {
    if (!ledger_.has_team())
        return;
    for (const Known& known : known_from(content, change.outcomes, change.label_contacts))
        ledger_.enter(content.target, known.contact, known.how);
}

std::unexpected<Error> ChangeWriter::contradicts(const std::string& what) const {
    return std::unexpected(contradiction(what, file_));
}

}  // namespace seqload::state
