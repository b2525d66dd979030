#include "seqload/base/clock.hpp"

#include <stdexcept>

namespace seqload {

SystemClock::SystemClock(double scale) : scale_(scale), start_(std::chrono::steady_clock::now()) {
    if (!(scale > 0))
        throw std::invalid_argument("SystemClock: the scale must be greater than 0");
}

SteadyTime SystemClock::now() const {
    const Duration elapsed = std::chrono::steady_clock::now() - start_;
    if (scale_ == 1.0)
        return start_ + elapsed;
    const std::chrono::duration<double, std::nano> scaled = elapsed * scale_;
    return start_ + std::chrono::duration_cast<Duration>(scaled);
}

WallTime SystemClock::wall() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Duration SystemClock::real(Duration virtual_duration) const {
    if (scale_ == 1.0)
        return virtual_duration;
    const std::chrono::duration<double, std::nano> scaled = virtual_duration / scale_;
    // Rounded up: a timer that fires a moment early would find its window still full.
    return std::chrono::ceil<Duration>(scaled);
}

}  // namespace seqload
