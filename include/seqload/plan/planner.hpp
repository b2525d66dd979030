#pragma once

// What becomes of each row before anything is sent, and how many requests the
// rest takes.
//
// The first pass tells it every row in order: it says whether the row is sent, and
// remembers what that answer rests on. finish() lets go of all but the little
// that the second pass needs, in which decide() answers the same for the same
// row. A Grouper then fills the batches.
//
// A row is judged in this order, and the first that holds counts:
//   invalid     as it was read, or because its label is too long for one request
//   excluded    its contact is on the list; every such row on its own
//   duplicate   an earlier row that is sent has the same contact, or the same
//               label, for the same sequence, whatever else it asks for
//   to be sent

#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/plan/contact_index.hpp"
#include "seqload/plan/exclusion_list.hpp"
#include "seqload/plan/label_fill.hpp"
#include "seqload/plan/repeated_rows.hpp"
#include "seqload/plan/request_shape.hpp"
#include "seqload/plan/small_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace seqload::plan {

// The row goes out in a request.
struct Send {
    bool operator==(const Send&) const = default;
};

// Or its fate is known without one: invalid, excluded or duplicate.
using Decision = std::variant<Send, Outcome>;

// Every row is in exactly one of the five.
struct Totals {
    std::uint64_t rows = 0;
    std::uint64_t to_send = 0;
    std::uint64_t duplicate = 0;
    std::uint64_t excluded = 0;
    std::uint64_t invalid = 0;
    std::uint64_t passed_over = 0;  // settled otherwise: pass_over(), withdraw()
    std::map<InvalidReason, std::uint64_t> invalid_reasons;

    bool operator==(const Totals&) const = default;
};

// The rows of one target that are sent.
struct TargetLoad {
    std::uint32_t contact_rows = 0;
    std::uint32_t label_rows = 0;
    std::uint64_t requests = 0;  // the smallest number that can carry them

    bool operator==(const TargetLoad&) const = default;
};

// Rows out of order, more rows in the second pass than in the first, and calls
// in the wrong pass are broken promises: std::logic_error. Const access is safe
// from several threads at once after finish().
class Planner {
public:
    // The list and the table must outlive the planner. The table may grow meanwhile;
    // it holds the target of each good row when that row is considered, and is kept within
    // such memory that table and planner together take 24 bytes a row at most (and 8 MiB), of
    // targets of few different terms. seed: drawn
    // at random for each run (contact_index.hpp says why).
    Planner(RequestShape shape, const ExclusionList& exclusions, TargetTable& targets,
            std::uint64_t seed);

    // The first pass: rows 1, 2, 3 … without gaps.
    Decision consider(const Row& row);

    // Instead of consider(), for a row that an earlier part of the same run has
    // settled or holds in a batch: it is in no request of this planner's, and no
    // later row is its duplicate (that was found out then).
    void pass_over(const Row& row);

    // The row that was considered last, with the answer Send, needs no request after
    // all. Later rows with the same contact or label are its duplicates.
    void withdraw(const Row& row);

    // A hint that these rows will be considered next; changes nothing but the speed.
    void prefetch(std::span<const Row> rows);
    static constexpr std::size_t most_foreseen = ContactIndex::most_foreseen;

    // A hint that the first pass will have so many rows in all, which may be wrong.
    void expect(RowNumber rows);

    // The first pass is over.
    void finish();
    bool finished() const { return finished_; }

    // The second pass: rows in any order, each any number of times. For rows that
    // were passed over or withdrawn only sends() has an answer: no.
    Decision decide(const Row& row) const;
    // Whether that decision is to send it.
    bool sends(const Row& row) const;

    // At any time, about the rows considered so far.
    const Totals& totals() const { return totals_; }
    TargetLoad load(TargetIndex target) const;
    // The smallest number of requests that carries every row to be sent.
    std::uint64_t requests() const;

    // For a Grouper, about targets with rows that are sent.
    std::uint32_t contacts_per_request(TargetIndex target) const;
    std::uint32_t labels_per_request() const { return shape_.labels_per_request; }
    std::size_t label_room(TargetIndex target) const;
    std::size_t label_cost(const std::string& label) const { return shape_.label_cost(label); }
    // One more than the largest target index considered.
    std::size_t target_count() const { return target_count_; }

    // Memory held for rows and for what is counted of targets, labels aside.
    std::size_t bytes() const;

private:
    struct TargetLabels {
        std::size_t room = 0;
        std::uint32_t rows = 0;
        std::uint32_t requests = 0;
        LabelFill last;  // of the last request
    };

    void begin_row();
    void keep_memory_small();
    void mark_passed_over(RowNumber row);
    bool is_passed_over(RowNumber row) const;
    std::optional<InvalidReason> fault_of(const Row& row) const;
    bool is_excluded(const Row& row) const;
    Outcome invalid_outcome(const Row& row, InvalidReason reason) const;
    void learn_contacts_per_request(TargetIndex target);
    TargetLabels& labels_of(TargetIndex target);
    std::optional<RowNumber> remember(const Row& row);
    std::optional<RowNumber> remember_label(const Row& row, SequenceNumber sequence);
    void count_to_send(const Row& row);

    RequestShape shape_;
    const ExclusionList* exclusions_;
    TargetTable* targets_;

    // Grows with the rows of the first pass.
    RowNumber expected_rows_ = 0;
    ContactIndex index_;
    std::map<std::pair<SequenceNumber, std::string>, RowNumber> first_labels_;

    // Stays for the second.
    RepeatedRows repeats_;
    std::vector<bool> passed_over_;  // by row; as long as the last such row needs
    // There may be as many targets as rows: kept small.
    std::size_t target_count_ = 0;
    SmallCounts contacts_;                             // by target, rows that are sent
    std::vector<std::uint32_t> contacts_per_request_;  // by the terms of targets; 0: not asked yet
    std::unordered_map<TargetIndex, TargetLabels> labels_;
    TargetLabels before_last_label_;  // its target's, without the label row sent last
    Totals totals_;
    bool finished_ = false;
};

}  // namespace seqload::plan
