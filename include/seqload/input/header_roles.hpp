#pragma once

// Which column of a file plays which role.

#include "seqload/base/error.hpp"
#include "seqload/input/header.hpp"
#include "seqload/input/read_options.hpp"

#include <span>
#include <string>

namespace seqload::input {

// Gives each name its role: by --map, else by its own name.
// Error: unusable_input where two columns have one role.
Result<Header> assign_roles(std::span<const std::string> names, const ReadOptions& options,
                            const std::string& file_name);

}  // namespace seqload::input
