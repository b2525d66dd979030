#pragma once

// What columns are called when they stand beside others.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::report {

// The names that columns go by to the right of columns with the taken names, so
// that no two are the same: each keeps its own where it can; one that is taken
// gets the prefix "input_"; a second "Notes" becomes "Notes_2". Names that
// differ in case only are different.
std::vector<std::string> names_beside(std::span<const std::string_view> taken,
                                      std::span<const std::string> names);

}  // namespace seqload::report
