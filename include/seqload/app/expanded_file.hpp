#pragma once

// expanded-labels.csv: whoever carries the labels of a run, as rows like any other. It
// lies in the run's output folder and is read as the last of its input files
// (input::InputSet::add_ours): columns by our own names, then label_row and from_label,
// which say which row of the input each contact stands for.

#include "seqload/base/error.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"
#include "seqload/state/expanded_label.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

inline constexpr std::string_view expanded_file_name = "expanded-labels.csv";

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
