#pragma once

// `seqload check [FILE…]`: asks Apollo without adding anyone whether a load would
// work.

#include "seqload/app/options.hpp"

namespace seqload::app {

// Exit code: 0, also with warnings; 1 if something would not work; 4 if the key is
// refused, or is no master key.
int run_check(const CheckOptions& options);

}  // namespace seqload::app
