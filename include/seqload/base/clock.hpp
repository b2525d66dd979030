#pragma once

// Time as the doing rooms see it. The thinking rooms never hold a Clock: they
// are told the time as a value.
//
// All waiting is virtual: under --time-scale N a virtual minute lasts 60/N real
// seconds. Deadlines of single network steps (--timeout) are real time and do
// not pass through here.

#include <chrono>

namespace seqload {

using Duration = std::chrono::nanoseconds;
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Duration>;
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

// Safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;

    // Virtual steady time: never goes back, survives changes of the wall clock, and
    // goes on while the machine is suspended.
    virtual SteadyTime now() const = 0;

    // The wall clock, never scaled: for what is written down.
    virtual WallTime wall() const = 0;

    // How long a virtual duration lasts on a real timer.
    virtual Duration real(Duration virtual_duration) const = 0;

    // How much virtual time passes in a real one.
    virtual Duration in_virtual_time(Duration real_duration) const = 0;
};

// Both clocks at one moment, as a value for what holds no Clock.
struct WallView {
    WallTime now;
    double scale = 1;  // how many virtual seconds pass in a real one

    // What the wall clock shows when so much virtual time has passed.
    WallTime after(Duration virtual_duration) const;
};

WallView view_of(const Clock& clock);

class SystemClock final : public Clock {
public:
    // scale: how many virtual seconds pass in a real one; greater than 0.
    explicit SystemClock(double scale = 1.0);

    SteadyTime now() const override;
    WallTime wall() const override;
    Duration real(Duration virtual_duration) const override;
    Duration in_virtual_time(Duration real_duration) const override;

private:
    double scale_;
    SteadyTime start_;
};

}  // namespace seqload
