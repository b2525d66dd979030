#pragma once

// A contact as Apollo shows it: all the fields of the examples in openapi.json,
// in their order, 3 to 4 KB of them. Written from a text with gaps that was cut
// up once, so that an answer of a hundred contacts costs little more than
// copying it.

#include "seqload/sandbox/memberships.hpp"
#include "seqload/sandbox/world.hpp"

#include <cstdint>
#include <string>

namespace seqload::sandbox {

// The operations show a contact with slightly different fields.
enum class ContactView : std::uint8_t {
    added,     // add_contact_ids, remove_or_stop_contact_ids
    searched,  // contacts/search: with account and organization
    shown,     // contacts/{id}
};

// Appends the contact as a JSON object. `only`: of its memberships, show this one's sequence alone
// (as the answer to an addition does); nullptr shows all that are in.
void append_contact(std::string& json, const World& world, const Memberships& memberships,
                    ContactIndex contact, ContactView view, const Membership* only = nullptr);

}  // namespace seqload::sandbox
