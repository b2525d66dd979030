#pragma once

// expanded-labels….csv: whoever carries the labels of a run, as rows like any other. It
// lies in the run's output folder and is read as the last of its input files
// (input::InputSet::add_ours): columns by our own names, then label_row and from_label,
// which say which row of the input each contact stands for.

#include "seqload/base/error.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/state/expanded_label.hpp"
#include "seqload/state/run_id.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace seqload::app {

// Where it lies: "expanded-labels.csv" in a folder that is this run's alone (by its name), else
// with the run's id in it, for the next run that writes into the folder must not overwrite it:
// without this file a run can neither be resumed nor reported. Pure.
std::filesystem::path place_for_expanded_file(const std::filesystem::path& directory,
                                              const state::RunId& run);

// A label row that is to be sent.
struct LabelToExpand {
    LabelRow row;
    TargetIndex target = 0;

    bool operator==(const LabelToExpand&) const = default;
};

// By label, whom it reaches.
using LabelMembers = std::map<std::string, std::vector<Id>>;

// Which rows of the plan stand for which label row, the first of them with the number
// `first`. labels: by row; each is among the members. Error: unusable_input, if there
// are more rows than a row number can count.
Result<std::vector<state::ExpandedLabel>> number_members(std::span<const LabelToExpand> labels,
                                                         const LabelMembers& members,
                                                         RowNumber first);

// Writes those rows, whole and synced, in place of a file that is there. Error: local_fault.
Result<> write_expanded_file(const std::filesystem::path& path,
                             std::span<const LabelToExpand> labels, const LabelMembers& members,
                             const TargetTable& targets);

// How that file is read on its own: as the others, but for what is said of how these
// are spelled.
input::ReadOptions options_for_expanded_file(input::ReadOptions options);

}  // namespace seqload::app
