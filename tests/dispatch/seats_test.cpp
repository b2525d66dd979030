#include "seqload/dispatch/seats.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace asio = boost::asio;

TEST_CASE(
    "no more workers than there are seats have one, and they come by in the order of asking") {
    asio::io_context loop(1);
    Seats seats(loop.get_executor(), 3);
    std::size_t seated = 0;
    std::size_t most = 0;
    std::vector<int> order;
    const auto work = [&](int number) -> asio::awaitable<void> {
        for (int round = 0; round < 2; ++round) {
            const Seats::Seat seat = co_await seats.take();
            most = std::max(most, ++seated);
            order.push_back(number);
            co_await asio::post(loop, asio::use_awaitable);
            --seated;
        }
    };
    for (int number = 0; number < 7; ++number)
        asio::co_spawn(loop, work(number), asio::detached);
    loop.run();
    CHECK(most == 3);
    CHECK(order.size() == 14);
    CHECK(std::vector(order.begin(), order.begin() + 7) == std::vector{0, 1, 2, 3, 4, 5, 6});
}

TEST_CASE("a seat that was given up is not given up again") {
    asio::io_context loop(1);
    Seats seats(loop.get_executor(), 1);
    std::optional<Seats::Seat> first;
    std::optional<Seats::Seat> second;
    const auto take = [&](std::optional<Seats::Seat>& place) -> asio::awaitable<void> {
        place.emplace(co_await seats.take());
    };
    asio::co_spawn(loop, take(first), asio::detached);
    loop.run();
    first->give_up();
    CHECK_FALSE(first->is_held());
    first.reset();

    loop.restart();
    asio::co_spawn(loop, take(first), asio::detached);
    asio::co_spawn(loop, take(second), asio::detached);
    loop.poll();
    CHECK(first.has_value());
    CHECK_FALSE(second.has_value());
    first->give_up();
    loop.poll();
    CHECK(second.has_value());
}

TEST_CASE("where there are more seats than before, more come by, and where fewer, fewer") {
    asio::io_context loop(1);
    Seats seats(loop.get_executor(), 1);
    std::vector<Seats::Seat> seated;
    const auto take = [&]() -> asio::awaitable<void> { seated.push_back(co_await seats.take()); };
    for (int i = 0; i < 6; ++i)
        asio::co_spawn(loop, take(), asio::detached);
    loop.poll();
    CHECK(seated.size() == 1);

    seats.set_count(4);
    loop.poll();
    CHECK(seated.size() == 4);

    seats.set_count(2);
    seated[0].give_up();
    seated[1].give_up();
    loop.poll();
    CHECK(seated.size() == 4);
    seated[2].give_up();
    loop.poll();
    CHECK(seated.size() == 5);
    seats.set_count(3);
    loop.poll();
    CHECK(seated.size() == 6);
}

TEST_CASE("a loop that is torn down while somebody waits for a seat takes no harm") {
    std::optional<Seats> seats;
    asio::io_context loop(1);
    seats.emplace(loop.get_executor(), 1);
    const auto work = [&]() -> asio::awaitable<void> {
        const Seats::Seat seat = co_await seats->take();
        co_await asio::post(loop, asio::use_awaitable);
        co_await seats->take();
    };
    asio::co_spawn(loop, work(), asio::detached);
    asio::co_spawn(loop, work(), asio::detached);
    loop.poll();
    seats.reset();
}

}  // namespace seqload::dispatch
