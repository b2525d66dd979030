#pragma once

// Where a plan sends, as a table: on a terminal as wide as that, elsewhere as wide as it needs to
// be. Pure; texts are printable UTF-8 (base/text.hpp).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace seqload::app {

struct TargetLine {
    std::string sequence;
    std::string mailbox;
    std::uint64_t rows = 0;
    std::uint64_t labels = 0;
    std::uint64_t requests = 0;
    std::string parameters;  // what else distinguishes it; empty: nothing
};

// A heading and a line for each; parameters stand below theirs. What does not fit into the columns
// has the mailbox below the sequence, and where that is too wide as well, sequence and mailbox end
// with "…"; numbers and parameters are never cut. columns: no limit if there are none.
std::string target_table(const std::vector<TargetLine>& lines, std::optional<std::size_t> columns);

}  // namespace seqload::app
