#include "seqload/net/dial.hpp"

#include "support/loopback_server.hpp"

#include <array>
#include <cstdint>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace seqload::net {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// What a coroutine returns, when it has run to its end.
template <class Value>
Value result_of(asio::io_context& loop, asio::awaitable<Value> coroutine) {
    std::optional<Value> result;
    asio::co_spawn(loop, std::move(coroutine), [&](const std::exception_ptr& trouble, Value value) {
        if (trouble)
            std::rethrow_exception(trouble);
        result = std::move(value);
    });
    loop.restart();
    loop.run();
    return std::move(*result);
}

std::chrono::steady_clock::time_point time_in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

tcp::endpoint at(const char* address, std::uint16_t port) {
    return {asio::ip::make_address(address), port};
}

std::uint16_t number(const std::string& port) {
    return static_cast<std::uint16_t>(std::stoul(port));
}

// A port on which nobody listens: bound, so that nobody else takes it.
class RefusingPort {
public:
    explicit RefusingPort(asio::io_context& loop) : socket_(loop, at("127.0.0.1", 0)) {}
    tcp::endpoint endpoint() const { return socket_.local_endpoint(); }

private:
    tcp::socket socket_;
};

// A port that takes no connection and refuses none: its queue is full, and Linux
// drops what comes then.
class SilentPort {
public:
    SilentPort() : listener_(loop_) {
        listener_.open(tcp::v4());
        listener_.bind(at("127.0.0.1", 0));
        listener_.listen(0);
        for (auto& waiting : queue_)
            waiting.emplace(loop_).async_connect(endpoint(), [](const auto&) {});
    }
    tcp::endpoint endpoint() const { return listener_.local_endpoint(); }

private:
    asio::io_context loop_;  // never run: the connections are begun, and that is all
    tcp::acceptor listener_;
    std::array<std::optional<tcp::socket>, 4> queue_;
};

}  // namespace

TEST_CASE("An address stands for itself") {
    asio::io_context loop;
    CHECK(result_of(loop, look_up(loop.get_executor(), "127.0.0.1", "443", time_in(30s))).value() ==
          Addresses{at("127.0.0.1", 443)});
    CHECK(result_of(loop, look_up(loop.get_executor(), "::1", "8443", time_in(30s))).value() ==
          Addresses{at("::1", 8443)});
}

TEST_CASE("localhost is this machine, whatever a resolver would say") {
    asio::io_context loop;
    const std::string host = "localhost";
    const std::string port = "443";
    const auto addresses = result_of(loop, look_up(loop.get_executor(), host, port, time_in(30s)));
    REQUIRE(addresses);
    REQUIRE_FALSE(addresses->empty());
    for (const auto& each : *addresses) {
        CHECK(each.address().is_loopback());
        CHECK(each.port() == 443);
    }
}

TEST_CASE("A name that cannot be is unresolved, and named") {
    asio::io_context loop;
    const std::string host(300, 'a');  // no resolver asks anyone for that
    const std::string port = "443";
    const auto addresses = result_of(loop, look_up(loop.get_executor(), host, port, time_in(30s)));
    REQUIRE_FALSE(addresses);
    CHECK(addresses.error().kind == FailureKind::unresolved);
    CHECK(addresses.error().step == Step::resolve);
    CHECK_FALSE(addresses.error().request_left);
    CHECK(addresses.error().what.starts_with(host + ": looking up the name: "));
}

TEST_CASE("A look-up that does not answer in time is left to itself") {
    asio::io_context loop;
    const std::string host(300, 'a');  // no resolver asks anyone for that
    const std::string port = "443";
    const auto addresses = result_of(loop, look_up(loop.get_executor(), host, port, time_in(-1s)));
    REQUIRE_FALSE(addresses);
    CHECK(addresses.error().kind == FailureKind::timed_out);
    CHECK(addresses.error().step == Step::resolve);
}

TEST_CASE("The loop may go while a look-up is under way") {
    asio::io_context loop;
    const std::string host(300, 'a');  // no resolver asks anyone for that
    const std::string port = "443";
    asio::co_spawn(loop, look_up(loop.get_executor(), host, port, time_in(30s)),
                   [](const auto&, const auto&) { FAIL("it has ended"); });
    loop.poll_one();  // it has begun
}

TEST_CASE("Of addresses that are to be this machine's own, others are left out") {
    Addresses addresses{at("10.0.0.1", 80), at("127.0.0.1", 80), at("::1", 80), at("fd00::1", 80)};
    keep_loopback_only(addresses);
    CHECK(addresses == Addresses{at("127.0.0.1", 80), at("::1", 80)});
}

TEST_CASE("The address that is put first comes before the others, which keep their order") {
    const Addresses three{at("10.0.0.1", 80), at("10.0.0.2", 80), at("10.0.0.3", 80)};
    Addresses addresses = three;
    put_first(addresses, asio::ip::make_address("10.0.0.3"));
    CHECK(addresses == Addresses{three[2], three[0], three[1]});
    put_first(addresses, asio::ip::make_address("10.0.0.9"));
    put_first(addresses, std::nullopt);
    CHECK(addresses == Addresses{three[2], three[0], three[1]});
}

TEST_CASE("The next address has its turn when one refuses, IPv6 or IPv4") {
    asio::io_context loop;
    const test::LoopbackServer server([](test::Peer& peer) { peer.wait_for_end(); });
    const RefusingPort dead(loop);
    const auto listening = at("127.0.0.1", number(server.port()));
    for (const Addresses& addresses : {Addresses{listening}, Addresses{dead.endpoint(), listening},
                                       Addresses{at("::1", dead.endpoint().port()), listening},
                                       Addresses{listening, listening}}) {
        tcp::socket socket(loop);
        const std::string peer = "host:443";
        CHECK(result_of(loop, connect_in_turn(socket, addresses, peer, time_in(30s))) ==
              std::nullopt);
        CHECK(socket.remote_endpoint() == listening);
        tcp::no_delay no_delay;
        socket.get_option(no_delay);
        CHECK(no_delay.value());
        asio::socket_base::keep_alive keep_alive;
        socket.get_option(keep_alive);
        CHECK(keep_alive.value());
    }
}

TEST_CASE("A dead address does not use up the time of the next one") {
    asio::io_context loop;
    const test::LoopbackServer server([](test::Peer& peer) { peer.wait_for_end(); });
    const SilentPort silent;
    const Addresses addresses{silent.endpoint(), at("127.0.0.1", number(server.port()))};
    tcp::socket socket(loop);
    const std::string peer = "host:443";
    CHECK(result_of(loop, connect_in_turn(socket, addresses, peer, time_in(400ms))) ==
          std::nullopt);
}

TEST_CASE("When all are dead, each is named with its reason") {
    asio::io_context loop;
    const SilentPort silent;
    const RefusingPort dead(loop);
    tcp::socket socket(loop);
    const std::string peer = "host:443";
    const Addresses addresses{silent.endpoint(), dead.endpoint()};
    const auto failure = result_of(loop, connect_in_turn(socket, addresses, peer, time_in(200ms)));
    CHECK(failure == Failure{FailureKind::unreachable, Step::connect, false,
                             "host:443: connecting: 127.0.0.1: timed out; 127.0.0.1: Connection "
                             "refused"});
}

TEST_CASE("A single address that is silent ends as timed out at the deadline") {
    asio::io_context loop;
    const SilentPort silent;
    tcp::socket socket(loop);
    const std::string peer = "host:443";
    const Addresses addresses{silent.endpoint()};
    const auto failure = result_of(loop, connect_in_turn(socket, addresses, peer, time_in(100ms)));
    CHECK(failure ==
          Failure{FailureKind::timed_out, Step::connect, false, "host:443: connecting: timed out"});
}

}  // namespace seqload::net
