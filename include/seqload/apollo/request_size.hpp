#pragma once

// How much fits into one request for adding contacts, to the byte. The front
// end cuts off request targets at about 8 KB (facts.md, "The endpoint"); we stay
// at 8,000 bytes. A JSON body has no such limit.
//
// All of it is exact: add_request() makes targets of just this size.

#include "seqload/model/target.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seqload::apollo {

// Where the parameters of a request go: into the query string, as Apollo's
// documentation has it, or into a JSON body, as its own client does.
enum class ParametersForm : std::uint8_t { query, body };

// Bytes of path and query string together.
inline constexpr std::size_t request_target_limit = 8000;

// What one contact costs in the query string: "&contact_ids%5B%5D=" and 24 digits.
inline constexpr std::size_t contact_cost = 43;

// The form that a target's requests really take: always the body for several
// mailboxes (spec.md, "Rotation"), and for a target whose own parameters leave no
// room for a contact in the query string; else the wanted one.
ParametersForm form_for(const Target& target, ParametersForm wanted);

// How many contacts fit into one request of this target under both limits; at
// least 1. batch_size: at least 1.
std::uint32_t contacts_per_request(const Target& target, ParametersForm form,
                                   std::uint32_t batch_size);

// What a label costs in the query string, its name and separator included. The
// labels of a request fit if their costs sum up to no more than label_room().
std::size_t label_cost(std::string_view label);

// The largest std::size_t where nothing limits it: in the body form.
std::size_t label_room(const Target& target, ParametersForm form);

// Whether the label fits when it is alone in its request.
bool label_fits(const Target& target, ParametersForm form, std::string_view label);

}  // namespace seqload::apollo
