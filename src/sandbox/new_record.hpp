#pragma once

// The record of a request that has just come: all that can be seen of it before
// it is worked on.

#include "seqload/sandbox/request_log.hpp"
#include "seqload/sandbox/service.hpp"

namespace seqload::sandbox {

// Without its number and its times.
RequestRecord new_record(const Request& request, const Arrival& arrival);

}  // namespace seqload::sandbox
