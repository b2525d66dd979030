#pragma once

// May this contact be added to this sequence? Decided by what the contact is
// and where it is already, and by the flags of the request, which waive one
// reason each (facts.md, "The endpoint").

#include "seqload/sandbox/memberships.hpp"
#include "seqload/sandbox/trait.hpp"

#include <optional>
#include <string_view>

namespace seqload::sandbox {

// The flags of the request by their API names.
struct Waivers {
    bool sequence_no_email = false;
    bool sequence_unverified_email = false;
    bool sequence_job_change = false;
    bool sequence_active_in_other_campaigns = false;
    bool sequence_finished_in_other_campaigns = false;
    bool sequence_same_company_in_same_campaign = false;
    bool contacts_without_ownership_permission = false;
    bool add_if_in_queue = false;
    bool contact_verification_skipped = false;
};

// Where the contact is at the time of the request.
struct Whereabouts {
    bool in_this_sequence = false;
    bool active_in_another = false;
    bool finished_in_another = false;
    bool colleague_in_this_sequence = false;
};

Whereabouts whereabouts(const ContactBook& contacts, const Memberships& memberships,
                        ContactIndex contact, SequenceIndex sequence);

// Why the contact is skipped, in Apollo's words, or nullopt: it is added. Being in the sequence
// already and being unsubscribed come first and cannot be waived; then the others in the order of
// their flags, the first that is not waived. An address that a user typed in and nobody checked
// passes with sequence_unverified_email or with contact_verification_skipped.
std::optional<std::string_view> reason_to_skip(const Traits& traits, const Whereabouts& where,
                                               const Waivers& waivers);

}  // namespace seqload::sandbox
