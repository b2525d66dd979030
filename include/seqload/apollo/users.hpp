#pragma once

// The team's users: `GET /api/v1/users/search` (openapi.json, operation
// get-a-list-of-users).

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

struct User {
    Id id;
    std::string email = {};
    std::string name = {};  // may be empty
    bool deleted = false;

    bool operator==(const User&) const = default;
};

struct UserPage {
    std::vector<User> users;
    Pagination pagination;

    bool operator==(const UserPage&) const = default;
};

// One page, items_per_page long. page: from 1.
net::Request users_request(std::uint32_t page, const Credentials& credentials,
                           std::string_view user_agent);

// The page in the body of a 2xx answer, or else why it is not the JSON expected. A user without a
// readable id is passed over; a list of nothing else, or one without `pagination`, is not what was
// expected: it would be claimed to be whole. Pure, safe from any thread.
std::expected<UserPage, std::string> read_users(std::string_view body);

}  // namespace seqload::apollo
