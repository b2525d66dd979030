#pragma once

// The request that adds a batch to a sequence: `POST
// /api/v1/emailer_campaigns/{sequence_id}/add_contact_ids` (openapi.json,
// operation add-contacts-to-sequence; facts.md, "The endpoint").
//
//   query  every parameter percent-encoded in the query string, arrays as a
//          repeated `name[]`; no body
//   body   the same names without brackets in a JSON object, arrays as arrays
//
// A flag is sent only where it is true. One mailbox is sent as a string, several
// as an array, which only the JSON form is known to carry (form_for()).

#include "seqload/apollo/credentials.hpp"
#include "seqload/apollo/request_size.hpp"
#include "seqload/model/batch.hpp"
#include "seqload/model/target.hpp"
#include "seqload/net/message.hpp"

#include <string_view>

namespace seqload::apollo {

// The batch fits (request_size.hpp) and has at least one row; its text is UTF-8.
// Throws std::logic_error where that promise is broken.
net::Request add_request(const Target& target, const Batch& batch, ParametersForm form,
                         const Credentials& credentials, std::string_view user_agent);

}  // namespace seqload::apollo
