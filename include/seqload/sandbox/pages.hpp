#pragma once

// Cutting a list into pages, as the searches do.

#include "seqload/sandbox/parameters.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <nlohmann/json_fwd.hpp>

namespace seqload::sandbox {

struct Page {
    std::uint32_t page = 1;  // from 1
    std::uint32_t per_page = 25;
    std::size_t total = 0;

    std::size_t first() const { return std::size_t{page - 1} * per_page; }
    std::size_t last() const { return std::min(total, first() + per_page); }  // one past it
};

// page and per_page of the call; at most 100 a page and 500 pages (openapi.json, contacts/search).
Page page_of(const Parameters& parameters, std::size_t total);

// {"page", "per_page", "total_entries", "total_pages"}
nlohmann::ordered_json pagination(const Page& page);

}  // namespace seqload::sandbox
