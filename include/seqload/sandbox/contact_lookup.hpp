#pragma once

// Contacts read back: one by its id, or a label's by pages.

#include "seqload/sandbox/team.hpp"

namespace seqload::sandbox {

// POST /contacts/search: contact_label_ids (any of them), q_keywords (every word in name, title,
// company or address), page, per_page (25, at most 100), 500 pages at most.
Effect search_contacts(const Team& team, const Call& call);

// GET /contacts/{contact_id}: 422 for an unknown one.
Effect show_contact(const Team& team, const Call& call);

}  // namespace seqload::sandbox
