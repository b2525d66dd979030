#pragma once

// A block of lines at the end of a terminal that is kept up to date while a loop runs.

#include "seqload/app/status_block.hpp"

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

namespace seqload::app {

class LiveBlock {
public:
    using Wording = std::function<std::vector<std::string>(const BlockShape&)>;

    // Asks for the words ten times a second, on the loop, and draws them if they have
    // changed; does nothing at all if it is not wanted, or standard error is to be shown no
    // live status. wording is called until end(). Where the terminal stops the process
    // (Ctrl-Z), the block is taken away before that.
    LiveBlock(const boost::asio::any_io_executor& loop, bool wanted, Wording wording);
    ~LiveBlock();

    LiveBlock(const LiveBlock&) = delete;
    LiveBlock& operator=(const LiveBlock&) = delete;

    // Takes the block away for good, so that the loop may end.
    void end();

private:
    void draw_later();
    void heed_stops();

    boost::asio::steady_timer timer_;
    boost::asio::signal_set stops_;
    Wording wording_;  // empty: it has ended
};

// Whether LiveBlock would show one.
bool is_live(bool wanted);

}  // namespace seqload::app
