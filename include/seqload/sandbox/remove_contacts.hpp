#pragma once

// POST /emailer_campaigns/remove_or_stop_contact_ids (openapi.json; facts.md,
// "Operations that help").

#include "seqload/sandbox/team.hpp"

namespace seqload::sandbox {

// Every contact is removed from (or stopped, or marked as finished in) every sequence that the call
// names: the cross product. Answers 404 if one of the sequences is unknown, 422 for what is
// missing; a contact that is in none of the sequences is passed over in silence.
Effect remove_contacts(Team& team, const Call& call);

}  // namespace seqload::sandbox
