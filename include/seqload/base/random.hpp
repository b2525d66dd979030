#pragma once

// Randomness as the doing rooms hold it. The thinking rooms are handed a drawn
// number, so that a test can hand them any.

#include <cstdint>
#include <random>

namespace seqload {

// Not safe to share between threads.
class Random {
public:
    // Seeded by the operating system.
    Random();
    explicit Random(std::uint64_t seed);

    // Evenly drawn from [0, 1).
    double unit();

    // Evenly drawn from [0, bound); bound is greater than 0.
    std::uint64_t below(std::uint64_t bound);

private:
    std::mt19937_64 engine_;
};

}  // namespace seqload
