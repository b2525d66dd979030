#pragma once

// From the names in the input to ids, by the lists of the team's account. Pure.

#include "seqload/app/team_book.hpp"
#include "seqload/app/team_findings.hpp"
#include "seqload/app/team_needs.hpp"
#include "seqload/input/name_collector.hpp"
#include "seqload/input/name_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::app {

// The lists that those names are looked up in, each to its end.
TeamNeeds needs_of(const input::NameCollector& names);

struct Resolution {
    // Every name that is one thing's. A name that is not, but that rows depend on, is in it
    // with what is wrong and which names are near.
    input::NameTable names;

    // Those names, as errors: what to do, how many rows depend on it, where the first is.
    std::vector<Finding> found;
};

// Every list that is needed must have been read. file_names: by number, as they are shown.
Resolution resolve(const input::NameCollector& names, const Team& team,
                   std::span<const std::string> file_names);

// What rows that depend on such a name are `failed` with: "sequence_not_found", say.
std::string_view reason_for(input::Column name_column);

// Of a table on record: an error for each name in it that is not one thing's, without places and
// counts.
std::vector<Finding> unresolved(const input::NameTable& names);

}  // namespace seqload::app
