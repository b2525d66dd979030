#pragma once

// What Apollo's 200 says about adding contacts, in whichever of its shapes it
// came (facts.md, "The answer"), brought into one.
//
// Read by events, never as a tree: of the 3 to 4 KB that Apollo sends for each
// contact only the id and the state in this sequence are kept.

#include "seqload/model/id.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

struct AddedContact {
    Id contact;
    bool paused = false;          // it is in the sequence, but Apollo will not send yet
    std::string inactive_reason;  // Apollo's words for why; may be empty

    bool operator==(const AddedContact&) const = default;
};

struct SkippedContact {
    Id contact;
    std::string reason;  // Apollo's code, or `unspecified`

    bool operator==(const SkippedContact&) const = default;
};

// No contact is in it twice; one that Apollo named as both was skipped. In the
// order in which they were named.
struct AddAnswer {
    std::vector<AddedContact> added = {};
    std::vector<SkippedContact> skipped = {};
    bool accepted_as_job = false;  // Apollo will do it later, or some of it
    // Whether the lists were there at all: only then do empty ones mean nobody.
    bool lists_contacts = false;
    std::uint32_t unreadable = 0;  // named in a list, but by nothing that is an id

    bool operator==(const AddAnswer&) const = default;
};

// Nesting beyond this is not Apollo's; the body is refused.
inline constexpr std::size_t answer_depth_limit = 64;

// The answer in the body, or else why it is not the JSON expected: truncated,
// HTML, not an object, nothing in it that we know. sequence: whose state of a
// contact counts. Pure and safe from any thread.
std::expected<AddAnswer, std::string> read_add_answer(std::string_view body, const Id& sequence);

}  // namespace seqload::apollo
