#pragma once

// An id in place of one that is not known. Rows that name a thing by a name which nobody has
// looked up, or which is nobody's, are told apart by it. It never leaves this machine.

#include "seqload/model/id.hpp"

#include <cstdint>

namespace seqload {

// The stand-in of that number: for one thing the same number every time, in every process.
Id stand_in(std::uint64_t number);

// Whether this is one. Apollo's ids begin with the moment they were made at, and a stand-in with
// the last one that can be told, in the year 2106.
bool is_stand_in(const Id& id);

}  // namespace seqload
