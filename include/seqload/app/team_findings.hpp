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
#include <optional>
#include <span>
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

    // Errors only: what those rows are `failed` with if the others are sent all the
    // same, and the sequence, mailbox or user that is at fault, or else the label.
    std::string reason = {};
    std::optional<Id> id = std::nullopt;
    std::string label = {};

    // Where the first of those rows is: "leads.csv:3"; empty: nowhere in particular.
    std::string place = {};

    bool operator==(const Finding&) const = default;
};

// Errors first; within that by kind of thing, then in the order of the needs.
std::vector<Finding> findings(const TeamNeeds& needs, const Team& team);

// Whether something of the plan cannot work.
bool any_error(std::span<const Finding> findings);

// The label of that name that is for contacts; nullptr: none, or the list was not read.
const apollo::Label* contact_label(const Team& team, std::string_view name);

// How many contacts these labels reach, as far as Apollo says.
std::uint64_t contacts_of(const TeamNeeds& needs, const Team& team);

}  // namespace seqload::app
