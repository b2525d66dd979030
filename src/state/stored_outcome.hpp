#pragma once

// An outcome as it is stored: its texts are numbers, which the OutcomeContext knows.

#include "seqload/model/row.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <limits>
#include <optional>

namespace seqload::state {

// Behind all rows.
inline constexpr std::uint64_t no_row = std::uint64_t{std::numeric_limits<RowNumber>::max()} + 1;

struct StoredOutcome {
    std::uint64_t row = no_row;
    std::int64_t status = 0;
    std::optional<std::int64_t> reason;
    std::optional<std::int64_t> detail;
    std::int64_t same_as = 0;
    std::optional<std::int64_t> contacts_added;
    std::optional<std::int64_t> contacts_skipped;
    std::optional<BatchNumber> batch;
    std::optional<std::int64_t> settled_at;  // of a row that was never sent
    std::optional<std::int64_t> verified_at;
};

}  // namespace seqload::state
