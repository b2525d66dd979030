#pragma once

// The first pass over the input: every row judged and counted, the files
// fingerprinted, the plan made. `plan` shows it, `load` carries it out.

#include "seqload/app/options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/target.hpp"
#include "seqload/plan/exclusion_list.hpp"
#include "seqload/plan/planner.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstddef>
#include <cstdint>
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

    // Told of each row that will be sent.
    std::function<void(const Row&)> to_send;
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

    const input::InputSet& files() const { return files_; }
    const TargetTable& targets() const { return targets_; }
    const plan::Planner& planner() const { return planner_; }
    std::uint64_t rows_of(std::size_t file) const { return rows_per_file_[file]; }

    // The files as the state keeps them; what only a whole pass can know is empty
    // before the first one is done.
    std::vector<state::InputFile> recorded_files() const;

    // Another pass over the same rows.
    Result<std::unique_ptr<input::RowReader>> open_reader();

private:
    Result<> take(const Row& row, const TakeOutcome& take_outcome, const KnownRows& known);

    input::InputSet files_;
    plan::ExclusionList exclusions_;
    PlanOptions options_;
    TargetTable targets_;
    std::uint64_t seed_;
    plan::Planner planner_;
    std::vector<std::uint64_t> rows_per_file_;
};

}  // namespace seqload::app
