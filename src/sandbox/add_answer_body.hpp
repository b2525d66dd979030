#pragma once

// The body of a 200 to add_contact_ids, in each of the shapes that clients have
// met (facts.md, "The answer").

#include "seqload/sandbox/team.hpp"

#include <optional>
#include <string>
#include <vector>

namespace seqload::sandbox {

struct Skipped {
    std::string id;  // as it was asked for
    std::string reason;
    std::optional<ContactIndex> contact;  // nullopt: not in this world
};

struct Verdicts {
    std::vector<ContactIndex> added;
    std::vector<Skipped> skipped;
};

std::string add_answer_body(const Team& team, SequenceIndex sequence, const Verdicts& verdicts,
                            const AnswerShape& shape);

}  // namespace seqload::sandbox
