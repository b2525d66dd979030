#pragma once

// What of a plan would not work in the team's account as it is. Pure.
//
//   error, nothing can be added          | warning
//   -------------------------------------+-----------------------------------------
//   sequence missing or archived         | sequence inactive: contacts wait, paused
//   mailbox unknown, inactive or revoked | label with nobody in it
//   label unknown, or not for contacts   | a list that could not be read
//   user unknown or deleted              | the quota of today is less than the plan
//
// (spec.md, "check", in the fine print.)

#include "seqload/app/team_book.hpp"
#include "seqload/app/team_needs.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

enum class Severity : std::uint8_t { error, warning };

std::string_view name(Severity severity);

struct Finding {
    Severity severity = Severity::error;
    std::string what;        // "sequence 66e9… is archived"
    std::string next;        // what to do about it
    std::uint64_t rows = 0;  // that depend on it; 0: none in particular

    bool operator==(const Finding&) const = default;
};

// Errors first; within that by kind of thing, then in the order of the needs.
std::vector<Finding> findings(const TeamNeeds& needs, const Team& team);

// How many contacts these labels reach, as far as Apollo says.
std::uint64_t contacts_of(const TeamNeeds& needs, const Team& team);

}  // namespace seqload::app
