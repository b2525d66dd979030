#pragma once

// POST /emailer_campaigns/{sequence_id}/add_contact_ids (openapi.json; facts.md,
// "The endpoint", "The answer").

#include "seqload/sandbox/team.hpp"

#include <string>
#include <vector>

namespace seqload::sandbox {

// Answers 404 for an unknown sequence, 422 for what is missing or cannot be; else adds whom it may
// and answers 200 in the shape that the call asks for.
Effect add_contacts(Team& team, const Call& call);

// The names that the operation knows, without brackets; an extra "id" is taken as Apollo takes it.
const std::vector<std::string_view>& add_contacts_parameters();

}  // namespace seqload::sandbox
