#pragma once

// SIGINT, SIGTERM and SIGHUP (a terminal that is closed): the first one asks for a
// stop, the second one ends the process.

#include <functional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

namespace seqload::app {

class Signals {
public:
    // stop is called on the loop at the first signal. A second one ends the process
    // by that signal at once: everything that was told is on disk.
    Signals(boost::asio::io_context& loop, std::function<void()> stop);

    // From now on signals end the process, as they do by default.
    void done() { signals_.cancel(); }

    // The signal that asked for the stop; 0: none did.
    int first() const { return first_; }

private:
    void wait();

    boost::asio::signal_set signals_;
    std::function<void()> stop_;
    int first_ = 0;
};

// Ends this process by the signal's default action, so that whoever started it
// sees what ended it (a shell shows 128 + signal, a timer's unit a clean stop).
[[noreturn]] void end_by_signal(int signal);

}  // namespace seqload::app
