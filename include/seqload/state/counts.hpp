#pragma once

// How many rows of a run had which fate: what summary.json is made of.

#include "seqload/model/outcome.hpp"
#include "seqload/model/target.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace seqload::state {

class StatusCounts {
public:
    std::uint64_t operator[](RowStatus status) const { return counts_[index(status)]; }
    std::uint64_t& operator[](RowStatus status) { return counts_[index(status)]; }

    // Over all statuses.
    std::uint64_t total() const;

    bool operator==(const StatusCounts&) const = default;

private:
    static std::size_t index(RowStatus status) {
        return static_cast<std::size_t>(std::to_underlying(status)) - 1;
    }

    std::array<std::uint64_t, row_statuses.size()> counts_{};
};

struct TargetCounts {
    StatusCounts rows;
    std::uint64_t contacts_added = 0;
    std::uint64_t contacts_skipped = 0;

    bool operator==(const TargetCounts&) const = default;
};

// Only rows that have an outcome are counted: those that were not attempted are
// the planned ones less rows.total().
struct Counts {
    StatusCounts rows;

    // Per status, how often each reason; rows without a reason are not in here.
    // All same_as_row_N count as same_as_row.
    std::map<RowStatus, std::map<std::string, std::uint64_t>> reasons;

    // People, whether named by a row or reached by a label.
    std::uint64_t contacts_added = 0;
    std::uint64_t contacts_skipped = 0;

    // Rows that were never sent (invalid, duplicate, excluded) belong to no target.
    std::map<TargetIndex, TargetCounts> targets;

    bool operator==(const Counts&) const = default;
};

}  // namespace seqload::state
