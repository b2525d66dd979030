#include "seqload/plan/planner.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace seqload::plan {

namespace {

// What index, targets and counts may take together: for each row, and besides. So much is
// promised for the whole program, with more besides.
constexpr std::size_t bytes_per_row = 24;
constexpr std::size_t bytes_besides = std::size_t{8} << 20U;
constexpr std::size_t bytes_per_slot = 5;
constexpr RowNumber rows_between_looks = RowNumber{1} << 15U;

void promised(bool kept, const char* promise) {
    if (!kept)
        throw std::logic_error(promise);
}

std::uint64_t divided_rounding_up(std::uint64_t number, std::uint64_t divisor) {
    return (number + divisor - 1) / divisor;
}

Outcome excluded_outcome(const Row& row) {
    Outcome outcome;
    outcome.row = row.number;
    outcome.status = RowStatus::excluded;
    return outcome;
}

Outcome duplicate_outcome(const Row& row, RowNumber same_as) {
    Outcome outcome;
    outcome.row = row.number;
    outcome.status = RowStatus::duplicate;
    outcome.reason = reason::same_as_row;
    outcome.same_as = same_as;
    return outcome;
}

}  // namespace

Planner::Planner(RequestShape shape, const ExclusionList& exclusions, TargetTable& targets,
                 std::uint64_t seed)
    : shape_(std::move(shape)), exclusions_(&exclusions), targets_(&targets), index_(seed) {
    promised(shape_.labels_per_request > 0, "a request has no room for a label");
}

Decision Planner::consider(const Row& row) {
    promised(!finished_, "a row is considered after the first pass");
    promised(row.number == totals_.rows + 1, "rows are considered out of order");
    begin_row();
    if (!row.invalid && row.is_label())
        labels_of(row.target);
    if (const auto fault = fault_of(row)) {
        index_.add_other();
        ++totals_.invalid;
        ++totals_.invalid_reasons[*fault];
        return invalid_outcome(row, *fault);
    }
    if (is_excluded(row)) {
        index_.add_other();
        ++totals_.excluded;
        return excluded_outcome(row);
    }
    if (const auto first = remember(row)) {
        ++totals_.duplicate;
        return duplicate_outcome(row, *first);
    }
    count_to_send(row);
    return Send();
}

void Planner::begin_row() {
    if (++totals_.rows % rows_between_looks == 0)
        keep_memory_small();
}

void Planner::pass_over(const Row& row) {
    promised(!finished_, "a row is passed over after the first pass");
    promised(row.number == totals_.rows + 1, "rows are passed over out of order");
    begin_row();
    ++totals_.passed_over;
    index_.add_other();
    mark_passed_over(row.number);
}

void Planner::withdraw(const Row& row) {
    promised(!finished_, "a row is withdrawn after the first pass");
    promised(row.number == totals_.rows, "the row withdrawn is not the one considered last");
    if (row.is_label())
        labels_of(row.target) = before_last_label_;
    else
        contacts_.take_back(row.target);
    --totals_.to_send;
    ++totals_.passed_over;
    mark_passed_over(row.number);
}

void Planner::mark_passed_over(RowNumber row) {
    if (passed_over_.size() <= row)
        passed_over_.resize(std::size_t{row} + 1);
    passed_over_[row] = true;
}

bool Planner::is_passed_over(RowNumber row) const {
    return row < passed_over_.size() && passed_over_[row];
}

void Planner::prefetch(std::span<const Row> rows) {
    std::array<ContactIndex::Question, most_foreseen> questions;
    std::size_t count = 0;
    for (const Row& row : rows.first(std::min(rows.size(), most_foreseen))) {
        if (!row.invalid && !row.is_label() && row.target < targets_->size())
            questions[count++] = {row.contact, targets_->sequence_number(row.target)};
    }
    index_.prefetch(std::span(questions).first(count));
}

void Planner::expect(RowNumber rows) {
    expected_rows_ = rows;
    index_.expect(rows);
}

void Planner::finish() {
    promised(!finished_, "the first pass ends twice");
    repeats_ = index_.take_repeats();
    first_labels_.clear();
    finished_ = true;
}

Decision Planner::decide(const Row& row) const {
    promised(finished_, "a row is decided before the end of the first pass");
    promised(row.number > 0 && row.number <= totals_.rows, "a row is decided but not considered");
    promised(!is_passed_over(row.number), "a row is decided that was passed over");
    if (const auto fault = fault_of(row))
        return invalid_outcome(row, *fault);
    if (is_excluded(row))
        return excluded_outcome(row);
    if (const auto first = repeats_.repeated_by(row.number))
        return duplicate_outcome(row, first);
    return Send();
}

bool Planner::sends(const Row& row) const {
    promised(finished_, "a row is decided before the end of the first pass");
    promised(row.number > 0 && row.number <= totals_.rows, "a row is decided but not considered");
    return !is_passed_over(row.number) && !fault_of(row) && !is_excluded(row) &&
           repeats_.repeated_by(row.number) == 0;
}

std::optional<InvalidReason> Planner::fault_of(const Row& row) const {
    if (row.invalid)
        return row.invalid;
    if (row.is_label() && shape_.label_cost(row.label) > label_room(row.target))
        return InvalidReason::label_too_long;
    return std::nullopt;
}

bool Planner::is_excluded(const Row& row) const {
    return !exclusions_->empty() && !row.is_label() && exclusions_->contains(row.contact);
}

Outcome Planner::invalid_outcome(const Row& row, InvalidReason reason) const {
    Outcome outcome;
    outcome.row = row.number;
    outcome.status = RowStatus::invalid;
    outcome.reason = name(reason);
    if (row.invalid) {
        outcome.detail = row.detail;
    } else {
        outcome.detail =
            joined("takes ", counted(shape_.label_cost(row.label), "byte"),
                   " of a request that has room for ", grouped(label_room(row.target)));
    }
    return outcome;
}

// Rows that are expected have their slots already. Of what can go to the disk, the targets are
// looked at more often than the index's entries.
void Planner::keep_memory_small() {
    const std::uint64_t awaited =
        expected_rows_ - std::min<std::uint64_t>(expected_rows_, totals_.rows);
    const std::size_t bound =
        bytes_besides + bytes_per_row * totals_.rows + bytes_per_slot * awaited;
    const auto left = [&](std::size_t taken) { return bound - std::min(bound, taken); };
    const std::size_t others = contacts_.bytes() + passed_over_.capacity() / 8 +
                               contacts_per_request_.capacity() * sizeof(std::uint32_t) +
                               targets_->bytes_to_come(rows_between_looks) +
                               index_.bytes_to_come(rows_between_looks);
    targets_->keep_within(left(others + index_.least_bytes()));
    index_.keep_within(left(others + targets_->bytes()));
}

// What the target's request takes, unless that is known of its terms.
void Planner::learn_contacts_per_request(TargetIndex target) {
    const std::uint32_t terms = targets_->terms(target);
    if (terms >= contacts_per_request_.size())
        contacts_per_request_.resize(std::size_t{terms} + 1);
    std::uint32_t& per_request = contacts_per_request_[terms];
    if (per_request == 0) {
        per_request = shape_.contacts_per_request((*targets_)[target]);
        promised(per_request > 0, "a request has no room for a contact");
    }
}

Planner::TargetLabels& Planner::labels_of(TargetIndex target) {
    const auto [place, is_new] = labels_.try_emplace(target);
    if (is_new) {
        promised(target < targets_->size(), "a row's target is not in the table");
        place->second.room = shape_.label_room((*targets_)[target]);
    }
    return place->second;
}

// The row that it repeats; nullopt if it is the first, which is remembered now.
std::optional<RowNumber> Planner::remember(const Row& row) {
    promised(row.target < targets_->size(), "a row's target is not in the table");
    target_count_ = std::max(target_count_, std::size_t{row.target} + 1);
    learn_contacts_per_request(row.target);
    const SequenceNumber sequence = targets_->sequence_number(row.target);
    return row.is_label() ? remember_label(row, sequence) : index_.add(row.contact, sequence);
}

std::optional<RowNumber> Planner::remember_label(const Row& row, SequenceNumber sequence) {
    const auto [first, is_new] = first_labels_.try_emplace({sequence, row.label}, row.number);
    if (is_new) {
        index_.add_other();
        return std::nullopt;
    }
    index_.add_repeat(first->second);
    return first->second;
}

void Planner::count_to_send(const Row& row) {
    ++totals_.to_send;
    if (!row.is_label()) {
        contacts_.add(row.target);
        return;
    }
    TargetLabels& labels = labels_of(row.target);
    before_last_label_ = labels;
    const std::size_t cost = shape_.label_cost(row.label);
    if (labels.requests == 0 || !labels.last.takes(cost, labels.room, shape_.labels_per_request)) {
        ++labels.requests;
        labels.last = {};
    }
    labels.last.add(cost);
    ++labels.rows;
}

TargetLoad Planner::load(TargetIndex target) const {
    TargetLoad load;
    load.contact_rows = contacts_[target];
    if (load.contact_rows > 0)
        load.requests = divided_rounding_up(load.contact_rows, contacts_per_request(target));
    if (const auto labels = labels_.find(target); labels != labels_.end()) {
        load.label_rows = labels->second.rows;
        load.requests += labels->second.requests;
    }
    return load;
}

std::uint64_t Planner::requests() const {
    std::uint64_t requests = 0;
    for (TargetIndex target = 0; target < contacts_.size(); ++target) {
        if (const std::uint32_t rows = contacts_[target]; rows > 0)
            requests += divided_rounding_up(rows, contacts_per_request(target));
    }
    for (const auto& [target, labels] : labels_)
        requests += labels.requests;
    return requests;
}

std::uint32_t Planner::contacts_per_request(TargetIndex target) const {
    const std::uint32_t terms = targets_->terms(target);
    promised(terms < contacts_per_request_.size() && contacts_per_request_[terms] > 0,
             "a target has no row that was considered");
    return contacts_per_request_[terms];
}

std::size_t Planner::label_room(TargetIndex target) const {
    const auto labels = labels_.find(target);
    promised(labels != labels_.end(), "a target has no label row that was considered");
    return labels->second.room;
}

std::size_t Planner::bytes() const {
    return index_.bytes() + repeats_.bytes() + contacts_.bytes() + passed_over_.capacity() / 8 +
           contacts_per_request_.capacity() * sizeof(std::uint32_t);
}

}  // namespace seqload::plan
