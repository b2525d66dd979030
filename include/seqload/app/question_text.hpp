#pragma once

// The question before anything is sent. Pure.

#include "seqload/app/reach.hpp"

#include <cstdint>
#include <string>

namespace seqload::app {

struct Asked {
    std::uint64_t requests = 0;
    bool canary_first = false;
    Reach reach;
    std::string host;
};

// "Send 3 requests for 250 rows, which reach up to 1,490 contacts, to api.apollo.io?"
std::string question_text(const Asked& asked);

}  // namespace seqload::app
