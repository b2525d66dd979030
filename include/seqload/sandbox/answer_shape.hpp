#pragma once

// In which of the shapes that clients have met an answer to add_contact_ids
// comes (facts.md, "The answer").

#include "seqload/base/error.hpp"

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace seqload::sandbox {

enum class ContactsShape : std::uint8_t {
    objects,       // full contacts
    ids,           // bare ids
    lists,         // {"added": [full contacts], "skipped": [{"id", "reason"}]}
    lists_of_ids,  // {"added": [ids], "skipped": [ids]}
};

enum class SkippedShape : std::uint8_t {
    object,  // id -> reason
    array,   // bare ids
};

struct AnswerShape {
    ContactsShape contacts = ContactsShape::objects;
    SkippedShape skipped = SkippedShape::object;
    std::uint32_t both = 0;     // so many of the skipped are listed as contacts as well
    std::uint32_t unnamed = 0;  // so many of the added are left out
    bool job = false;           // names nobody, only a job that will do the work

    bool operator==(const AnswerShape&) const = default;
};

// {"contacts": "objects|ids|lists|lists_of_ids", "skipped": "object|array", "both": 0,
// "unnamed": 0, "job": false}, each optional. where: what a fault is reported against.
Result<AnswerShape> read_answer_shape(const nlohmann::json& value, const std::string& where);

}  // namespace seqload::sandbox
