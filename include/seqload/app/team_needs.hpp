#pragma once

// What a plan uses of the team's account, each thing once, with the rows that
// depend on it. Pure.

#include "seqload/model/id.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/plan/planner.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace seqload::app {

struct TeamNeeds {
    // The number is that of the rows to be sent that depend on it.
    std::map<Id, std::uint64_t> sequences;
    std::map<Id, std::uint64_t> mailboxes;
    std::map<Id, std::uint64_t> users;
    std::map<std::string, std::uint64_t> labels;
    std::uint64_t requests = 0;  // the fewest that the plan can go out in

    // Whether that list is needed to its end, for names: only the whole of it shows
    // that no other thing is called so, too.
    bool every_sequence = false;
    bool every_mailbox = false;
    bool every_user = false;

    bool operator==(const TeamNeeds&) const = default;
};

// Of a plan whose first pass is done; labels: those of the rows to be sent. What is only known by
// a name that nobody has found is not in it.
TeamNeeds needs_of(const TargetTable& targets, const plan::Planner& planner,
                   std::map<std::string, std::uint64_t> labels);

}  // namespace seqload::app
