#pragma once

// What one answer's headers say of the quota (facts.md, "Quota"): for each
// window `x-rate-limit-W`, `x-W-usage` and `x-W-requests-left`, where W is
// `minute`, `hourly`, and `24-hour` or, on older pages, `daily`.
//
// Strict about numbers, forgiving about everything else: a field that is
// missing or is not a plain number counts as not said.

#include "seqload/base/header_fields.hpp"
#include "seqload/model/quota_limits.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace seqload::quota {

struct WindowReading {
    bool unlimited = false;  // the limit's header is there and empty
    std::optional<std::uint32_t> limit = std::nullopt;
    std::optional<std::uint32_t> used = std::nullopt;
    std::optional<std::uint32_t> left = std::nullopt;

    // How many requests the server has counted, taken at the worse where the
    // fields disagree; nullopt if they do not say.
    std::optional<std::uint32_t> counted() const;

    bool operator==(const WindowReading&) const = default;
};

struct QuotaReading {
    std::array<WindowReading, 3> per_window;

    WindowReading& operator[](Window window) {
        return per_window[static_cast<std::size_t>(window)];
    }
    const WindowReading& operator[](Window window) const {
        return per_window[static_cast<std::size_t>(window)];
    }

    bool operator==(const QuotaReading&) const = default;
};

// Never fails; numbers beyond 32 bits are read as the largest one.
QuotaReading read_quota(const HeaderFields& headers);

}  // namespace seqload::quota
