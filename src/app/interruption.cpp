#include "seqload/app/interruption.hpp"

#include <cerrno>
#include <poll.h>

namespace seqload::app {

namespace {

// Signal handlers reach nothing but this.
volatile std::sig_atomic_t noticed = 0;

extern "C" void notice(int signal) {
    noticed = signal;
}

}  // namespace

std::array<int, 3> stopping_signals() {
    return {SIGINT, SIGTERM, SIGHUP};
}

bool is_ignored(int signal) {
    struct sigaction now{};
    return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

Interruption::Interruption() {
    noticed = 0;
    struct sigaction action{};
    action.sa_handler = notice;  // without SA_RESTART: whoever waits for an answer hears of it
    sigemptyset(&action.sa_mask);
    const auto signals = stopping_signals();
    for (std::size_t i = 0; i < signals.size(); ++i) {
        ::sigaction(signals[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN)
            ::sigaction(signals[i], &action, nullptr);
    }
}

Interruption::~Interruption() {
    const auto signals = stopping_signals();
    for (std::size_t i = 0; i < signals.size(); ++i)
        ::sigaction(signals[i], &before_[i], nullptr);
}

int Interruption::signal() {
    return noticed;
}

bool Interruption::wait_readable(int descriptor) {
    // Between a look at what was noticed and the wait no signal may slip through: they
    // are let in by the wait alone.
    sigset_t stopping;
    sigemptyset(&stopping);
    for (const int each : stopping_signals())
        sigaddset(&stopping, each);
    sigset_t before;
    pthread_sigmask(SIG_BLOCK, &stopping, &before);
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    while (noticed == 0 && ::ppoll(&waiting, 1, nullptr, &before) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return noticed == 0;
}

}  // namespace seqload::app
