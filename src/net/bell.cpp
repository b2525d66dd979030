#include "seqload/net/bell.hpp"

#include <algorithm>
#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::net {

namespace asio = boost::asio;

namespace {

constexpr Duration longest_doze = std::chrono::seconds(30);

}  // namespace

asio::awaitable<void> Bell::wait(std::optional<Duration> at_most) {
    const auto place = waiting_.emplace(waiting_.end(), loop_);
    if (at_most) {
        place->expires_after(*at_most);
    } else {
        place->expires_at(asio::steady_timer::time_point::max());
    }
    // A ring cancels the timer. Whichever it was, the caller looks for itself.
    co_await place->async_wait(asio::as_tuple(asio::use_awaitable));
    waiting_.erase(place);
}

asio::awaitable<void> Bell::doze(Duration at_most) {
    return wait(std::min(at_most, longest_doze));
}

void Bell::ring() {
    // They leave the list as they wake, after this.
    for (asio::steady_timer& timer : waiting_)
        timer.cancel();
}

}  // namespace seqload::net
