#pragma once

// A row that needs a person, as an annotation or a test report names it.

#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"
#include "seqload/report/reported_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace seqload::report {

struct RowProblem {
    RowNumber row = 0;
    std::optional<std::uint32_t>
        file;                // index of the input file; nullopt: it cannot be read any more
    std::uint64_t line = 0;  // in that file, from 1; 0: likewise
    RowStatus status = RowStatus::not_attempted;
    std::string reason;
    std::string detail;  // cut after detail_limit bytes

    static constexpr std::size_t detail_limit = 300;

    bool operator==(const RowProblem&) const = default;
};

// The row that the walk stands at.
RowProblem problem_of(const ReportedRow& reported);

// "row 12: invalid, bad_contact_id: 66e9x". What the input or a server says is made printable.
std::string sentence(const RowProblem& problem);

// "leads.csv:13", or "" where that is not known.
std::string place(const RowProblem& problem, std::span<const std::string> file_names);

// The first rows of a walk that need a person, and how many there are in all.
class FirstProblems {
public:
    FirstProblems(std::size_t at_most, bool fail_on_skipped)
        : at_most_(at_most), fail_on_skipped_(fail_on_skipped) {}

    void see(const ReportedRow& reported);

    const std::vector<RowProblem>& first() const { return first_; }
    std::uint64_t total() const { return total_; }

private:
    std::size_t at_most_;
    bool fail_on_skipped_;
    std::vector<RowProblem> first_;
    std::uint64_t total_ = 0;
};

}  // namespace seqload::report
