#pragma once

// A question in the middle of a run: it waits on the loop, so that signals are heard
// meanwhile. (question.hpp asks before there is a loop.)

#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace seqload::app {

class LoopQuestion {
public:
    explicit LoopQuestion(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

    // Asks on the terminal that controls this process: true for y or yes, false for
    // anything else, for no terminal, and if cancel() comes first.
    boost::asio::awaitable<bool> ask(std::string question);

    // Whoever is asked need not answer any more. On the loop.
    void cancel();

private:
    boost::asio::any_io_executor loop_;
    std::optional<boost::asio::posix::stream_descriptor> terminal_;  // while it asks
    bool cancelled_ = false;
};

}  // namespace seqload::app
