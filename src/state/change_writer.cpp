#include "change_writer.hpp"

#include "binding.hpp"
#include "known_contacts.hpp"
#include "row_sets.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "state_error.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace seqload::state {

ChangeWriter::ChangeWriter(SQLite::Database& database, const std::string& file)
    : file_(file),
      batches_(database, file),
      reasons_(database),
      details_(database),
      ledger_(database),
      requests_(database),
      outcomes_(database, file, reasons_, details_),
      removals_(database, file, reasons_, details_),
      count_targets_(database, "SELECT coalesce(max(target) + 1, 0) FROM targets WHERE run = ?") {}

Result<void> ChangeWriter::write(std::int64_t run, std::span<const Change> changes) {
    if (run != run_)
        in_flight_.clear();
    run_ = run;
    details_.turn_to(run);
    ledger_.turn_to(run);
    outcomes_.turn_to(run);
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
    return outcomes_.insert(change.outcomes, {.batch = std::nullopt, .at = change.at});
}

Result<void> ChangeWriter::write(const BatchInFlight& change) {
    auto stepped = take_step(change.batch, go_in_flight, "go in flight");
    if (!stepped)
        return std::unexpected(stepped.error());
    const BatchStep step{.state = stepped->state, .at = change.at};
    if (auto fit = check_content(change.batch, change.content, stepped->known); !fit)
        return fit;
    if (stepped->known) {
        if (auto sent = batches_.send(run_, change.batch, step, change.attempt); !sent)
            return sent;
    } else {
        batches_.insert_sent(run_, change.batch, *change.content, step, change.attempt);
    }
    const bool went_before = stepped->known && stepped->known->attempts > 0;
    requests_.count({.sent = 1, .retried = went_before ? 1U : 0U});
    in_flight_.emplace(change.batch,
                       OpenBatch{.number = change.batch,
                                 .content = stepped->known ? std::move(stepped->known->content)
                                                           : Batch(*change.content),
                                 .state = step.state,
                                 .attempts = change.attempt});
    return {};
}

Result<void> ChangeWriter::write(const BatchWaiting& change) {
    const auto stepped = take_step(change.batch, come_back, "go back to waiting");
    if (!stepped)
        return std::unexpected(stepped.error());
    const BatchStep step{.state = stepped->state, .at = change.at};
    if (change.not_begun) {
        if (auto back = batches_.take_back(run_, change.batch, step); !back)
            return back;
        requests_.take_back({.sent = 1, .retried = stepped->known->attempts > 1 ? 1U : 0U});
        return {};
    }
    requests_.count({.rate_limited = change.rate_limited ? 1U : 0U});
    return batches_.step(run_, change.batch, step);
}

Result<void> ChangeWriter::write(const BatchInDoubt& change) {
    const auto stepped = take_step(change.batch, lose_answer, "come into doubt");
    if (!stepped)
        return std::unexpected(stepped.error());
    return batches_.step(run_, change.batch, {.state = stepped->state, .at = change.at});
}

Result<void> ChangeWriter::write(const BatchSplit& change) {
    const auto stepped = take_step(change.batch, split, "be split");
    if (!stepped)
        return std::unexpected(stepped.error());
    const OpenBatch& whole = *stepped->known;
    if (!are_parts_of(whole.content, change.halves))
        return contradicts(joined("batch ", std::to_string(change.batch),
                                  " is split into parts that do not hold exactly its rows"));
    if (auto written =
            batches_.step(run_, change.batch, {.state = stepped->state, .at = change.at});
        !written)
        return written;
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
    const auto common = common_outcome(content, change.outcomes);
    if (auto written = outcomes_.insert(change.outcomes, {.batch = change.batch, .at = {}},
                                        common ? common->outcome : nullptr);
        !written)
        return written;
    if (!stepped->known)
        batches_.insert(run_, change.batch, content, step);
    auto written = batches_.settle(run_, change.batch, step,
                                   {.http_status = change.http_status,
                                    .attempts = change.attempts,
                                    .request_id = change.request_id},
                                   common ? stored(*common) : CommonFacts{});
    if (!written)
        return written;
    outcomes_.insert(change.label_contacts);
    enter_into_ledger(content, change);
    return {};
}

CommonFacts ChangeWriter::stored(const CommonOutcome& common) {
    const Outcome& outcome = *common.outcome;
    return {.status = std::to_underlying(outcome.status),
            .reason = reasons_.number_of(outcome.reason),
            .detail = details_.number_of(outcome.detail),
            .contacts_added = outcome.contacts_added,
            .contacts_skipped = outcome.contacts_skipped,
            .rows = common.rows};
}

Result<void> ChangeWriter::write(const RowsVerified& change) {
    for (const Outcome& outcome : change.outcomes) {
        if (auto written = verify(outcome, change.at); !written)
            return written;
    }
    return {};
}

Result<void> ChangeWriter::verify(const Outcome& outcome, WallTime at) {
    const auto found = contact_of(outcome.row);
    if (!found)
        return std::unexpected(found.error());
    if (ledger_.has_team()) {
        if (const auto how = known_as(outcome.status, outcome.reason)) {
            ledger_.correct(found->target, found->contact, *how);
        } else {
            ledger_.remove(found->target, found->contact);
        }
    }
    const auto had_common = outcomes_.verify(outcome, found->batch, at);
    if (!had_common)
        return std::unexpected(had_common.error());
    if (*had_common)
        batches_.take_from_common(run_, found->batch);
    return {};
}

Result<void> ChangeWriter::write(const RemovalsInFlight& change) {
    requests_.count({.sent = 1, .retried = change.retried ? 1U : 0U});
    return {};
}

Result<void> ChangeWriter::write(const RemovalsSettled& change) {
    for (const RemovalOutcome& outcome : change.outcomes) {
        const auto place = removals_.settle(run_, outcome, change);
        if (!place)
            return std::unexpected(place.error());
        if (change.leaves_sequence && outcome.status != RemovalStatus::failed)
            ledger_.remove(place->sequence, place->contact);
    }
    return {};
}

Result<void> ChangeWriter::write(const RequestsCounted& change) {
    requests_.count(
        {.sent = change.sent, .retried = change.retried, .rate_limited = change.rate_limited});
    return {};
}

Result<ChangeWriter::Stepped> ChangeWriter::take_step(BatchNumber batch, Step step,
                                                      const char* doing) {
    auto known = take_known(batch);
    if (!known)
        return std::unexpected(known.error());
    const auto from = *known ? std::optional((*known)->state) : std::nullopt;
    const auto state = step(from);
    if (!state)
        return contradicts(joined("batch ", std::to_string(batch), " is to ", doing, ", but is ",
                                  from ? name(*from) : "not known"));
    return Stepped{.known = *std::move(known), .state = *state};
}

Result<std::optional<OpenBatch>> ChangeWriter::take_known(BatchNumber batch) {
    if (auto known = in_flight_.extract(batch))
        return std::move(known.mapped());
    return batches_.find(run_, batch);
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

Result<ChangeWriter::ContactOfTarget> ChangeWriter::contact_of(RowNumber row) {
    const auto number = outcomes_.batch_of(row);
    if (!number)
        return std::unexpected(number.error());
    if (!*number)
        return contradicts(
            joined("row ", std::to_string(row), " is verified, but was not settled in a batch"));
    const auto batch = batches_.find(run_, **number);
    if (!batch)
        return std::unexpected(batch.error());
    if (*batch) {
        const auto& contacts = (*batch)->content.contacts;
        const auto at = std::ranges::find(contacts, row, &ContactRow::row);
        if (at != contacts.end())
            return ContactOfTarget{
                .batch = **number, .target = (*batch)->content.target, .contact = at->contact};
    }
    return contradicts(joined("row ", std::to_string(row), " is verified, but names no contact"));
}

void ChangeWriter::enter_into_ledger(const Batch& content, const BatchSettled& change) {
    if (!ledger_.has_team())
        return;
    ledger_.enter(content.target, known_from(content, change.outcomes, change.label_contacts));
}

std::unexpected<Error> ChangeWriter::contradicts(const std::string& what) const {
    return std::unexpected(contradiction(what, file_));
}

}  // namespace seqload::state
