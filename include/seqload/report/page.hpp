#pragma once

// report.html: a load to look at. One self-contained page without script, made from
// numbers and the first few rows that need a person, so it is small whatever was loaded:
// under 1 MB, because all lists are cut to their largest entries, and all text of others.
// Pure but for write_page.

#include "seqload/base/error.hpp"
#include "seqload/report/row_problem.hpp"
#include "seqload/report/sequence_totals.hpp"
#include "seqload/report/summary.hpp"
#include "seqload/report/traffic.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace seqload::report {

struct PageNumbers {
    static constexpr std::size_t most_sequences = 20;

    const Summary& summary;
    SequencesOfRun sequences;
    Traffic traffic;
    const FirstProblems& problems;
    std::vector<std::string> file_names;  // by their index, as the problems know them
    std::filesystem::path attention;      // attention.csv, as a person may type it
    bool fail_on_skipped = false;
};

std::string page_text(const PageNumbers& numbers);

// Writes it whole. Error: local_fault.
Result<void> write_page(const PageNumbers& numbers, const std::filesystem::path& destination);

}  // namespace seqload::report
