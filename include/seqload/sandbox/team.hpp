#pragma once

// The world in motion: what it was at the start, who has joined which sequence
// since, and the ledger of it. What an operation reads and changes.

#include "seqload/sandbox/answer.hpp"
#include "seqload/sandbox/ledger.hpp"
#include "seqload/sandbox/parameters.hpp"
#include "seqload/sandbox/world.hpp"

namespace seqload::sandbox {

struct Team {
    // Members from the start are in; the ledger does not know them.
    Team(World start, WallTime now);
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    World world;
    Memberships memberships;  // refers to the world's contacts
    Ledger ledger;
};

// One request to an operation, as far as operations need to know it.
struct Call {
    Parameters parameters;
    std::string path_id;
    RequestNumber number = 0;
    WallTime now{};
    AnswerShape shape;
};

// What an operation did and says.
struct Effect {
    Answer answer;
    std::uint32_t added = 0;
    std::uint32_t skipped = 0;
    std::uint32_t ended = 0;  // removed, stopped or finished
};

}  // namespace seqload::sandbox
