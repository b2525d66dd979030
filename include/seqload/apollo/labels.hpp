#pragma once

// The team's labels, which Apollo also calls lists: `GET /api/v1/labels`
// (openapi.json, operation get-a-list-of-all-lists), all in one answer.

#include "seqload/apollo/credentials.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

struct Label {
    Id id;
    std::string name = {};
    std::string modality = {};  // what it is put on: contacts, accounts, emailer_campaigns …
    // How many carry it. Apollo counts now and then, so that it may be a little behind.
    std::optional<std::uint64_t> count = std::nullopt;

    // Whether it can reach anyone; true where Apollo does not say.
    bool for_contacts() const { return modality.empty() || modality == "contacts"; }

    bool operator==(const Label&) const = default;
};

net::Request labels_request(const Credentials& credentials, std::string_view user_agent);

// The labels in the body of a 2xx answer, of every modality, or else why it is not the JSON
// expected. One without a readable id is passed over; a list of nothing else is not what was
// expected. Pure, safe from any thread.
std::expected<std::vector<Label>, std::string> read_labels(std::string_view body);

}  // namespace seqload::apollo
