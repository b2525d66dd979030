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
    if (row->taken < row->count) {
        ++row->taken;
        co_return Seat(row);
    }
    const auto place = row->waiting.emplace(row->waiting.end(), loop_);
    while (!place->is_called)
        co_await place->call.async_wait(asio::as_tuple(asio::use_awaitable));
    row->waiting.erase(place);
    co_return Seat(row);
}

void Seats::set_count(std::size_t count) {
    row_->count = count;
    while (row_->taken < count && row_->call_next())
        ++row_->taken;
}

void Seats::Row::pass_on() {
    if (taken > count || !call_next())
        --taken;
}

// Who was called leaves the list once awake. False: nobody waits.
bool Seats::Row::call_next() {
    const auto next = std::ranges::find(waiting, false, &Waiter::is_called);
    if (next == waiting.end())
        return false;
    next->is_called = true;
    next->call.cancel();
    return true;
}

}  // namespace seqload::dispatch
