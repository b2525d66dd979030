#pragma once

// Where coroutines wait for one another: until somebody rings, or a time comes.
// Only on the loop.

#include "seqload/base/clock.hpp"

#include <list>
#include <optional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace seqload::net {

class Bell {
public:
    explicit Bell(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

    // Returns at the next ring, or after that real duration. A ring that came
    // before the call is missed: look first, then wait, with no suspension between.
    boost::asio::awaitable<void> wait(std::optional<Duration> at_most = std::nullopt);

    // The same for long waits: returns after half a minute at the latest, so that the
    // caller looks at the time again. Timers stand still while the machine is suspended.
    boost::asio::awaitable<void> doze(Duration at_most);

    // Wakes everyone who waits now, after the caller has next suspended.
    void ring();

private:
    boost::asio::any_io_executor loop_;
    std::list<boost::asio::steady_timer> waiting_;
};

}  // namespace seqload::net
