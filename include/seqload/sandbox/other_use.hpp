#pragma once

// What the team's other tools do on the same quota: when, on which route, and how
// many requests. samples/README.md, "Other tools", describes it for people.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/sandbox/route.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::sandbox {

struct OtherUse {
    Route route = Route::add_contact_ids;
    std::uint32_t requests = 1;  // each time, all at once
    Duration at{};               // virtual time since the start
    Duration every{};            // and again after each so long; 0: once
    std::uint64_t times = 1;     // how often in all

    // Instead of `at`: when so many of the route's other requests have been counted, and before the
    // next one is. Its answer is the first to show it.
    std::optional<std::uint64_t> after;
};

using OtherUses = std::vector<OtherUse>;

// How many requests one use may make at a time.
inline constexpr std::uint32_t other_requests_limit = 100'000;

// One use, or a list of them. where: the file's name, for errors (kind usage).
Result<OtherUses> read_other_uses(std::string_view text, const std::string& where);

}  // namespace seqload::sandbox
