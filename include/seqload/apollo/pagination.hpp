#pragma once

// The pages in which Apollo lists things (openapi.json: `pagination` in the
// answers of emailer_campaigns/search, users/search and contacts/search).

#include <cstdint>
#include <optional>

namespace seqload::apollo {

// What a request asks for: the most that Apollo gives (openapi.json, contacts/search).
inline constexpr std::uint32_t items_per_page = 100;

struct Pagination {
    std::uint32_t page = 1;  // from 1
    std::uint32_t total_pages = 0;
    std::uint64_t total_entries = 0;

    // The page to ask for next; nullopt: this was the last one.
    std::optional<std::uint32_t> next() const {
        return page < total_pages ? std::optional(page + 1) : std::nullopt;
    }

    bool operator==(const Pagination&) const = default;
};

}  // namespace seqload::apollo
