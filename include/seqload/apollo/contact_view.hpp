#pragma once

// What Apollo says of one contact: in which sequences it is, and since when
// (openapi.json, operation view-a-contact, `contact_campaign_statuses`).

#include "seqload/base/clock.hpp"
#include "seqload/model/id.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

struct Membership {
    Id sequence;
    std::optional<WallTime> added_at;  // nullopt: not given, or not to be read
    std::string status;                // active, paused, finished … in Apollo's words

    bool operator==(const Membership&) const = default;
};

struct ContactView {
    Id id;
    std::vector<Membership> memberships;

    bool operator==(const ContactView&) const = default;
};

// The contact in the body, at its top or as its `contact`, or else why it is not
// the JSON expected; a contact without the list of its memberships is not: an
// empty list says something, and a missing one does not. Nor is one with a
// membership that does not name its sequence: it might be the one in question. Pure, safe from any
// thread.
std::expected<ContactView, std::string> read_contact(std::string_view body);

// Whether a refusal of the request for a contact means that there is no such one (any
// more): 404, or 422 in the words of openapi.json. Who may not see it learns nothing.
bool is_no_such_contact(unsigned http_status, std::string_view message);

}  // namespace seqload::apollo
