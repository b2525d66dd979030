#pragma once

// The first pass over the input: every row judged and counted, the files
// fingerprinted, the plan made. `plan` shows it, `load` carries it out.

#include "seqload/app/options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/plan/exclusion_list.hpp"
#include "seqload/plan/planner.hpp"
#include "seqload/state/run_facts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace seqload::app {

// Rows that will not be sent, in the order of the input.
using TakeOutcome = std::function<Result<>(const Row&, Outcome)>;

// What is known of rows from before this pass; each may be empty.
struct KnownRows {
    // Rows that an earlier part of the run has settled, or holds in a batch. They
    // are in no request of this plan, and their outcomes are not taken again. Asked
    // once of each row, in order.
    std::function<bool(const Row&)> done;

    // For a row that would be sent: its outcome, if it needs no request.
    std::function<Result<std::optional<Outcome>>(const Row&)> outcome;

    // Label rows in whose place the rows of expanded labels are sent.
    std::function<bool(const Row&)> expanded;

    // Told of each row that will be sent.
    std::function<void(const Row&)> to_send;
};

// The contacts of expanded labels. Each is in exactly one of the others.
struct MemberTotals {
    std::uint64_t rows = 0;
    std::uint64_t to_send = 0;
    std::uint64_t duplicate = 0;
    std::uint64_t excluded = 0;
    std::uint64_t passed_over = 0;  // settled already, or known from the ledger

    bool operator==(const MemberTotals&) const = default;
};

// What the first pass leaves behind for the later ones. Its members refer to
// one another, so it stays where it was made.
class PlannedInput {
public:
    PlannedInput(input::InputSet files, plan::ExclusionList exclusions, PlanOptions options,
                 std::uint64_t seed);
    PlannedInput(const PlannedInput&) = delete;
    PlannedInput& operator=(const PlannedInput&) = delete;

    // Reads everything once. Called again, it makes the plan anew, with what is known
    // by then: the same rows are told in the same order. Errors: those of the reader, of known and
    // of take_outcome.
    Result<> read(const TakeOutcome& take_outcome, const KnownRows& known = {});

    // From the next pass on the rows of expanded labels come behind those of the input
    // (expanded_file.hpp). Error: unusable_input, if the file cannot be opened.
    Result<> add_expanded_labels(const std::filesystem::path& file);
    bool has_expanded_labels() const { return own_files() < files_.size(); }

    // All that are read, that of expanded labels with them.
    const input::InputSet& files() const { return files_; }
    // How many of them are the person's; they come first.
    std::size_t own_files() const;
    std::uint64_t own_rows() const;

    // Of the last pass: the rows of the input, expanded label rows among those to be
    // sent; and the contacts behind them.
    plan::Totals own_totals() const;
    const MemberTotals& members() const { return members_; }
    // Of the label rows in whose place they are sent.
    std::uint64_t expanded_rows() const { return expanded_; }
    // How many of those to be sent are of the target.
    std::uint64_t members_to_send(TargetIndex target) const;

    const TargetTable& targets() const { return targets_; }
    const plan::Planner& planner() const { return planner_; }
    std::uint64_t rows_of(std::size_t file) const { return rows_per_file_[file]; }

    // The person's files as the state keeps them; what only a whole pass can know is
    // empty before the first one is done.
    std::vector<state::InputFile> recorded_files() const;
    std::optional<state::InputFile> recorded_expanded_labels() const;

    // Another pass over the same rows.
    Result<std::unique_ptr<input::RowReader>> open_reader();
    // Over the person's rows, or over those of expanded labels alone, numbered from 1.
    Result<std::unique_ptr<input::RowReader>> open_own_reader();
    Result<std::unique_ptr<input::RowReader>> open_member_reader();

private:
    // Some of the rows that come next.
    struct Stretch {
        std::array<Row, 16> rows;  // their strings are used again
        std::size_t count = 0;
    };

    // Whether there may be more; else the stretch holds the last ones, as it does with an error.
    Result<bool> read_some(input::RowReader& reader, Stretch& stretch);
    Result<> take_all(const Stretch& stretch, const TakeOutcome& take_outcome,
                      const KnownRows& known);
    void expect_rows(RowNumber so_far, const input::Progress& progress);
    Result<> take(const Row& row, const TakeOutcome& take_outcome, const KnownRows& known);
    void count_member(const Row& row, std::uint64_t MemberTotals::* as);
    state::InputFile recorded_file(std::size_t file) const;

    input::InputSet files_;
    plan::ExclusionList exclusions_;
    PlanOptions options_;
    std::uint64_t seed_;
    TargetTable targets_;
    plan::Planner planner_;
    std::array<Stretch, 2> stretches_;
    // The row behind which the number of all rows is estimated next.
    static constexpr RowNumber first_look = 1U << 20U;
    RowNumber next_look_ = first_look;
    std::vector<std::uint64_t> rows_per_file_;
    MemberTotals members_;
    std::vector<std::uint64_t> members_to_send_;  // by target
    std::uint64_t expanded_ = 0;                  // label rows
};

}  // namespace seqload::app
