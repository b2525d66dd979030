#include "seqload/dispatch/seats.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::dispatch {

namespace asio = boost::asio;

void Seats::Seat::give_up() {
    if (const auto row = std::exchange(row_, nullptr))
        row->pass_on();
}

asio::awaitable<Seats::Seat> Seats::take() {
    const auto row = row_;
    if (row->free > 0) {
        --row->free;
        co_return Seat(row);
    }
    const auto place = row->waiting.emplace(row->waiting.end(), loop_);
    while (!place->is_called)
        co_await place->call.async_wait(asio::as_tuple(asio::use_awaitable));
    row->waiting.erase(place);
    co_return Seat(row);
}

// Who was called leaves the list once awake.
void Seats::Row::pass_on() {
    const auto next = std::ranges::find(waiting, false, &Waiter::is_called);
    if (next == waiting.end()) {
        ++free;
        return;
    }
    next->is_called = true;
    next->call.cancel();
}

}  // namespace seqload::dispatch
