#pragma once

// A run in numbers: what summary.json says, what a person reads at the end, and
// later the page and the metrics. Made from what the state has on record and
// from nothing else.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/target.hpp"
#include "seqload/report/counters.hpp"
#include "seqload/state/counts.hpp"
#include "seqload/state/run_facts.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::report {

struct InputSummary {
    std::string file;  // as it was named
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::string fingerprint;  // XXH3-128, 32 hex characters

    bool operator==(const InputSummary&) const = default;
};

// The rows of one target. Those that were never for sending (invalid,
// duplicate, excluded) belong to none.
struct TargetSummary {
    Target target;
    state::StatusCounts rows;  // not_attempted included: the sum is what was planned
    std::uint64_t contacts_added = 0;
    std::uint64_t contacts_skipped = 0;
    std::uint64_t requests = 0;  // the fewest that its rows can go out in

    bool operator==(const TargetSummary&) const = default;
};

struct Summary {
    // At most so many targets are listed, those with the most rows.
    static constexpr std::size_t most_targets = 1'000;
    // And so many reasons of a status, the most frequent ones: a server may
    // make up any number.
    static constexpr std::size_t most_reasons = 100;

    std::string run_id;
    std::string command;
    std::vector<InputSummary> inputs;
    WallTime started_at{};
    std::optional<WallTime> finished_at;  // nullopt: it has not ended, or was killed
    std::string stop_reason;              // empty: likewise
    std::optional<int> exit_code;         // nullopt: likewise

    state::StatusCounts rows;  // not_attempted included
    std::uint64_t contacts_added = 0;
    std::uint64_t contacts_skipped = 0;
    // By status, the most frequent first, what was left out last, as other_reasons;
    // rows without a reason are not in here.
    static constexpr std::string_view other_reasons = "(others)";
    struct ReasonCount {
        std::string reason;
        std::uint64_t rows = 0;

        bool operator==(const ReasonCount&) const = default;
    };
    std::map<RowStatus, std::vector<ReasonCount>> reasons;

    std::vector<TargetSummary> targets;  // in the order of first appearance
    std::uint64_t targets_left_out = 0;  // how many are not listed

    Counters counters;
    std::uint64_t minimum_requests = 0;

    bool operator==(const Summary&) const = default;
};

// plan: nullptr if the first pass did not get to its end; the run then has as
// many rows as have an outcome. The ending is the one that the run has; who knows
// it before it is on record fills it in.
// Error: local_fault, if the counters on record cannot be read.
Result<Summary> summarize(const state::RunRecord& run, const state::RecordedPlan* plan,
                          const state::Counts& counts);

// How many of the rows need a person.
std::uint64_t rows_needing_a_person(const state::StatusCounts& rows, bool fail_on_skipped);

}  // namespace seqload::report
