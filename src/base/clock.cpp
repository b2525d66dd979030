#include "seqload/base/clock.hpp"

#include <ctime>
#include <stdexcept>

namespace seqload {

namespace {

// std::chrono::steady_clock stands still while a machine sleeps; Apollo's windows do not.
SteadyTime since_boot() {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return SteadyTime(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

}  // namespace

WallTime WallView::after(Duration virtual_duration) const {
    const std::chrono::duration<double, std::nano> real = virtual_duration / scale;
    return now + std::chrono::ceil<std::chrono::milliseconds>(real);
}

WallView view_of(const Clock& clock) {
    constexpr Duration hour = std::chrono::hours(1);
    return {clock.wall(), static_cast<double>(clock.in_virtual_time(hour).count()) /
                              static_cast<double>(hour.count())};
}

SystemClock::SystemClock(double scale) : scale_(scale), start_(since_boot()) {
    if (!(scale > 0))
        throw std::invalid_argument("SystemClock: the scale must be greater than 0");
}

SteadyTime SystemClock::now() const {
    return start_ + in_virtual_time(since_boot() - start_);
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

Duration SystemClock::in_virtual_time(Duration real_duration) const {
    if (scale_ == 1.0)
        return real_duration;
    const std::chrono::duration<double, std::nano> scaled = real_duration * scale_;
    return std::chrono::duration_cast<Duration>(scaled);
}

}  // namespace seqload
