#pragma once

// The team's sequences: `POST /api/v1/emailer_campaigns/search` (openapi.json,
// operation search-for-sequences).

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/pagination.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

struct Sequence {
    Id id;
    std::string name = {};
    // Where Apollo does not say, it is taken to work: nobody is stopped for what was not said.
    bool active = true;
    bool archived = false;
    std::optional<std::uint32_t> steps = std::nullopt;

    bool operator==(const Sequence&) const = default;
};

struct SequencePage {
    std::vector<Sequence> sequences;
    Pagination pagination;

    bool operator==(const SequencePage&) const = default;
};

// One page, items_per_page long. page: from 1. words: only sequences whose names hold them all;
// empty: every sequence, archived ones as well.
net::Request sequences_request(std::uint32_t page, std::string_view words,
                               const Credentials& credentials, std::string_view user_agent);

// The page in the body of a 2xx answer, or else why it is not the JSON expected. A sequence
// without a readable id is passed over; a list of nothing else, or one without `pagination`, is
// not what was expected: it would be claimed to be whole. Pure, safe from any thread.
std::expected<SequencePage, std::string> read_sequences(std::string_view body);

}  // namespace seqload::apollo
