#pragma once

// A benchmark that measures the wrong thing measures nothing: it ends the program.

#include <cstdio>
#include <cstdlib>

namespace seqload::bench {

inline void demand(bool holds, const char* sentence) {
    if (holds)
        return;
    (void)std::fprintf(stderr, "wrong result: %s\n", sentence);
    std::exit(EXIT_FAILURE);
}

}  // namespace seqload::bench
