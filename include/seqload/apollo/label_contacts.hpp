#pragma once

// Whom a label reaches: `POST /api/v1/contacts/search` with `contact_label_ids`
// (openapi.json, operation search-for-contacts).
//
// Contacts come with 3 to 4 KB each, so a page is read by events and only the ids
// are kept.

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/pagination.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

// How far Apollo lets a search be read: 500 pages of 100 (openapi.json, search-for-contacts).
// A label with more contacts cannot be read whole.
inline constexpr std::uint32_t contact_pages_limit = 500;
inline constexpr std::uint64_t contacts_in_reach =
    std::uint64_t{contact_pages_limit} * items_per_page;

struct ContactPage {
    std::vector<Id> contacts;      // in the order in which they were listed
    std::uint32_t unreadable = 0;  // listed, but by nothing that is an id
    // Apollo cut the search short (`partial_results_only`): the pages do not hold everyone.
    bool partial = false;
    Pagination pagination;

    bool operator==(const ContactPage&) const = default;
};

// One page, items_per_page long. page: from 1 to contact_pages_limit, else std::logic_error. The
// oldest contacts come first, so that a contact which gets the label while the pages are read
// pushes nobody from one page to the next.
net::Request label_contacts_request(const Id& label, std::uint32_t page,
                                    const Credentials& credentials, std::string_view user_agent);

// The page in the body of a 2xx answer, or else why it is not the JSON expected: without a list of
// contacts, or without `pagination`. Pure, safe from any thread.
std::expected<ContactPage, std::string> read_label_contacts(std::string_view body);

}  // namespace seqload::apollo
