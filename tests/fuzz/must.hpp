#pragma once

// What a fuzzer holds: if it does not hold, the program ends loudly and libFuzzer
// keeps the input.

#include <cstdio>
#include <cstdlib>

namespace seqload::fuzz {

inline void must(bool holds, const char* sentence) {
    if (holds)
        return;
    (void)std::fprintf(stderr, "does not hold: %s\n", sentence);
    std::abort();
}

}  // namespace seqload::fuzz
