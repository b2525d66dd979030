#include "seqload/net/bell.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::net {

namespace asio = boost::asio;

asio::awaitable<void> Bell::wait(std::optional<Duration> at_most) {
    const auto place = waiting_.emplace(waiting_.end(), loop_);
    if (at_most) {
        place->expires_after(*at_most);
    } else {
        place->expires_at(asio::steady_timer::time_point::max());
    }
    // Cancelled is the ring, success the time: the caller looks again either way.
    co_await place->async_wait(asio::as_tuple(asio::use_awaitable));
    waiting_.erase(place);
}

void Bell::ring() {
    // Only expiry can be told apart from a cancel that comes too late: a timer that
    // has fired already wakes its waiter anyhow.
    for (asio::steady_timer& timer : waiting_) timer.cancel();
}

}  // namespace seqload::net
