#pragma once

// What to do about the reasons that keep rows from being settled well. Pure.

#include "seqload/report/summary.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace seqload::report {

inline constexpr std::size_t most_mending_hints = 3;

// "bad_contact_id: put in the id of the contact": of the reasons of rows that need
// a person, the most frequent ones first, as the catalogue says. A reason that
// nothing is known of has none.
std::vector<std::string> mending_hints(const Summary& summary, bool fail_on_skipped);

}  // namespace seqload::report
