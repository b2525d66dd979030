#pragma once

// A run as a test report that CI systems show (--junit): a suite for each input
// file, a case for each target in it. A case fails if rows of it need a person,
// and lists the first of them; it is an error if rows were not attempted. Rows
// without a target (those that cannot be used as they are) are a case of their own.

#include "seqload/base/error.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/report/row_problem.hpp"
#include "seqload/report/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace seqload::report {

// Gathers the cases in one walk over the rows. Memory is bounded: so many cases,
// the targets met after that are one case of their file, and so many rows listed.
class JunitCases {
public:
    static constexpr std::size_t most_cases = 2'000;
    static constexpr std::size_t most_rows_listed = 20;  // of each case

    // What a file's rows of one kind came to.
    struct Case {
        std::uint64_t rows = 0;
        std::uint64_t needing_a_person = 0;
        std::uint64_t not_attempted = 0;
        std::vector<RowProblem> listed;  // of those that need a person, the first
    };

    // The cases of a file that have no target to go by come last.
    enum class Kind : std::uint8_t { target, other_targets, without_target };
    struct Key {
        std::optional<std::uint32_t> file;  // nullopt: the row cannot be read any more
        Kind kind = Kind::target;
        TargetIndex target = 0;

        auto operator<=>(const Key&) const = default;
    };

    explicit JunitCases(bool fail_on_skipped) : fail_on_skipped_(fail_on_skipped) {}

    void see(const ReportedRow& reported);

    const std::map<Key, Case>& cases() const { return cases_; }

private:
    Key key_of(const ReportedRow& reported) const;

    bool fail_on_skipped_;
    std::map<Key, Case> cases_;
};

// The document: JUnit's XML as Jenkins, GitLab and others read it. A file without
// rows is a suite without cases. Bytes that XML cannot hold are shown as U+FFFD.
std::string junit_text(const Summary& summary, const JunitCases& cases, const TargetTable& targets,
                       std::span<const std::string> file_names);

}  // namespace seqload::report
