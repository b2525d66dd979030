#include "seqload/app/signals.hpp"

#include "seqload/app/interruption.hpp"
#include "seqload/app/say.hpp"
#include "seqload/app/standard_error.hpp"
#include "seqload/base/joined.hpp"

#include <csignal>
#include <cstdlib>
#include <span>
#include <utility>

#include <unistd.h>

namespace seqload::app {

Signals::Signals(boost::asio::io_context& loop, std::function<void()> stop)
    : signals_(loop), stop_(std::move(stop)) {
    for (const int signal : stopping_signals()) {
        if (!is_ignored(signal))
            signals_.add(signal);
    }
    wait();
}

void Signals::wait() {
    signals_.async_wait([this](const boost::system::error_code& failure, int signal) {
        if (failure)
            return;
        if (first_ != 0)
            end_by_signal(signal);
        first_ = signal;
        const LogLine line{.level = LogLevel::warning,
                           .message =
                               "stopping once the requests in flight are settled; a second "
                               "signal ends at once"};
        say(std::span(&line, 1), joined("\nseqload: ", line.message, "\n"));
        stop_();
        wait();
    });
}

void end_by_signal(int signal) {
    StandardError::of_process().erase_if_possible();
    std::signal(signal, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, signal);
    pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
    kill(getpid(), signal);
    // Process 1 of a container is not ended by a signal's default action.
    std::_Exit(128 + signal);
}

}  // namespace seqload::app
