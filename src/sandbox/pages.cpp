#include "seqload/sandbox/pages.hpp"

#include <nlohmann/json.hpp>

namespace seqload::sandbox {

Page page_of(const Parameters& parameters, std::size_t total) {
    Page page;
    page.page = parameters.number("page", 1, 500);
    page.per_page = parameters.number("per_page", 25, 100);
    page.total = total;
    return page;
}

nlohmann::ordered_json pagination(const Page& page) {
    return {{"page", page.page},
            {"per_page", page.per_page},
            {"total_entries", page.total},
            {"total_pages", (page.total + page.per_page - 1) / page.per_page}};
}

}  // namespace seqload::sandbox
