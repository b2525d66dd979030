#include "seqload/net/bell.hpp"

#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace seqload::net {

namespace {

namespace asio = boost::asio;

asio::awaitable<void> wait_and_note(Bell& bell, int number, std::vector<int>& woken) {
    co_await bell.wait();
    woken.push_back(number);
}

asio::awaitable<void> wait_shortly(Bell& bell, bool& returned) {
    co_await bell.wait(1ms);
    returned = true;
}

}  // namespace

TEST_CASE("A ring wakes everyone who waits, in the order in which they came") {
    asio::io_context loop;
    Bell bell(loop.get_executor());
    std::vector<int> woken;
    for (const int number : {1, 2, 3})
        asio::co_spawn(loop, wait_and_note(bell, number, woken), asio::detached);
    loop.poll();
    CHECK(woken.empty());
    bell.ring();
    loop.run();
    CHECK(woken == std::vector{1, 2, 3});
}

TEST_CASE("A ring that nobody waited for is missed") {
    asio::io_context loop;
    Bell bell(loop.get_executor());
    std::vector<int> woken;
    bell.ring();
    asio::co_spawn(loop, wait_and_note(bell, 1, woken), asio::detached);
    loop.poll();
    CHECK(woken.empty());
    bell.ring();
    loop.run();
    CHECK(woken == std::vector{1});
}

TEST_CASE("Who waits for a time only returns without a ring") {
    asio::io_context loop;
    Bell bell(loop.get_executor());
    bool returned = false;
    asio::co_spawn(loop, wait_shortly(bell, returned), asio::detached);
    loop.run();
    CHECK(returned);
}

TEST_CASE("A bell and its loop may go while somebody waits") {
    asio::io_context loop;
    std::vector<int> woken;
    Bell bell(loop.get_executor());
    asio::co_spawn(loop, wait_and_note(bell, 1, woken), asio::detached);
    loop.poll();
    CHECK(woken.empty());
}

}  // namespace seqload::net
