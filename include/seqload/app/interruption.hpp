#pragma once

// SIGINT, SIGTERM and SIGHUP while a run is not on the loop yet: planning, asking.
// They are noticed, so that the run's record says how it ended, and then end the
// process as they would have done.

#include <array>
#include <csignal>

namespace seqload::app {

// The signals that ask for a stop. SIGHUP is not among them for who has it ignored:
// nohup means to go on.
std::array<int, 3> stopping_signals();
bool is_ignored(int signal);

// While one is alive, these signals are only noticed, and calls that block return
// with EINTR. At most one at a time, made and destroyed by the main thread.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    // The signal that came since the last one was made; 0: none.
    static int signal();

    // Waits until there is something to read, or its other end is closed. False: a signal
    // has come, be it just before the wait. Call it while one is alive.
    static bool wait_readable(int descriptor);

private:
    std::array<struct sigaction, 3> before_{};
};

}  // namespace seqload::app
