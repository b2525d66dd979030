#include "seqload/base/random.hpp"

#include <stdexcept>

namespace seqload {

namespace {

std::uint64_t seed_from_system() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) ^ device();
}

}  // namespace

Random::Random() : Random(seed_from_system()) {}

Random::Random(std::uint64_t seed) : engine_(seed) {}

double Random::unit() {
    return std::generate_canonical<double, 53>(engine_);
}

std::uint64_t Random::below(std::uint64_t bound) {
    if (bound == 0)
        throw std::invalid_argument("Random: there is no number below 0");
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(engine_);
}

}  // namespace seqload
