#pragma once

// What was thrown, as an error to show: no memory, no files left, or a promise that
// the program broke.

#include "seqload/base/error.hpp"

#include <exception>

namespace seqload {

// Of kind local_fault. The exception must be there.
Error thrown_error(const std::exception_ptr& thrown);

}  // namespace seqload
