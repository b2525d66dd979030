#pragma once

// What a team has: its sequences, mailboxes, labels and users, with the fields
// of the examples in openapi.json.

#include "seqload/sandbox/team.hpp"

namespace seqload::sandbox {

// POST /emailer_campaigns/search: q_name (every word must stand in the name, case aside), page,
// per_page (25, at most 100).
Effect search_sequences(const Team& team, const Call& call);

// GET /email_accounts
Effect list_email_accounts(const Team& team);

// GET /labels: a bare array.
Effect list_labels(const Team& team);

// POST /labels: 422 for a missing or taken name or a modality that is none.
Effect create_label(Team& team, const Call& call);

// GET /users/search: page, per_page (25, at most 100).
Effect search_users(const Team& team, const Call& call);

}  // namespace seqload::sandbox
