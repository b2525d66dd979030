#pragma once

// Reading a contact back: `GET /api/v1/contacts/{contact_id}` (openapi.json,
// operation view-a-contact).

#include "seqload/apollo/credentials.hpp"
#include "seqload/model/id.hpp"
#include "seqload/net/message.hpp"

#include <string_view>

namespace seqload::apollo {

net::Request contact_request(const Id& contact, const Credentials& credentials,
                             std::string_view user_agent);

}  // namespace seqload::apollo
