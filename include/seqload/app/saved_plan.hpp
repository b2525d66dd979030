#pragma once

// A plan in a file, to be approved apart from its execution (`plan --save`,
// `load --plan`): what was read, how, and what would be sent. Pure.
//
// It binds: the load makes the same plan anew, before it touches the network, and
// goes on only if nothing differs. Names of sequences and mailboxes stay names in
// it; they are looked up when it is loaded.

#include "seqload/app/options.hpp"
#include "seqload/app/planned_input.hpp"
#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/plan/planner.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

struct SavedPlan {
    // Targets listed at most, those with the most rows; the digest speaks for all.
    static constexpr std::size_t most_targets = 1'000;

    struct File {
        std::string name;
        std::uint64_t bytes = 0;
        std::string fingerprint;  // XXH3-128 of its bytes
        std::uint64_t rows = 0;

        bool operator==(const File&) const = default;
    };
    struct TargetCounts {
        std::string target;  // its parameters, JSON on one line
        std::uint64_t contacts = 0;
        std::uint64_t labels = 0;
        std::uint64_t requests = 0;

        bool operator==(const TargetCounts&) const = default;
    };

    std::string made_by;  // the program and its version
    WallTime made_at{};
    std::vector<File> files;
    std::string options;  // those that shape the plan, JSON on one line
    plan::Totals totals;
    std::uint64_t targets_in_all = 0;
    std::vector<TargetCounts> targets;
    std::uint64_t requests = 0;
    std::string digest;  // plan::PlanDigest
};

// Those of the options that shape a plan, JSON on one line.
std::string shaping_options(const PlanOptions& options);

// Of an input whose first pass is done without knowing anything but the input itself.
// digest: of the rows that it would send.
SavedPlan saved_plan_of(const PlannedInput& input, const PlanOptions& options, std::string digest,
                        WallTime now);

// The file's text: indented JSON.
std::string to_json_text(const SavedPlan& plan);

// Error: unusable_input, naming the file, if it is no plan or one of a later version.
Result<SavedPlan> read_saved_plan(std::string_view text, const std::string& file_name);

// What the two do not have in common, a line each, for a person; empty if the second is
// the one that was approved. Names of files, the program and the time may differ.
std::vector<std::string> differences(const SavedPlan& approved, const SavedPlan& now);

// The options for a load of that plan. What `given` does not say (what has its default
// there) is as in the plan, the files, too, if it names none.
// Error: unusable_input, if the plan's options cannot be read.
Result<PlanOptions> options_for(const SavedPlan& approved, PlanOptions given,
                                const std::string& file_name);

}  // namespace seqload::app
