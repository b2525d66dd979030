// Peers that refuse, reset, stall and vanish: what the failure says, and above
// all whether the request may have left.

#include "net/client_fixture.hpp"

#include <future>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::LoopbackServer;
using test::Peer;

// More than the buffers of both sides take while the peer does not read.
Request large_request() {
    return Request{.method = "POST",
                   .target = "/",
                   .headers = {},
                   .body = std::string(std::size_t{32} * 1024 * 1024, 'x')};
}

void check_failure(const TestClient::Result& result, FailureKind kind, Step step,
                   bool request_left) {
    REQUIRE_FALSE(result);
    CAPTURE(result.error().what);
    CHECK(result.error().kind == kind);
    CHECK(result.error().step == step);
    CHECK(result.error().request_left == request_left);
}

ClientOptions impatient(const LoopbackServer& server) {
    ClientOptions options = plain_options(server);
    options.timeout = short_time;
    return options;
}

}  // namespace

TEST_CASE("A port on which nobody listens is unreachable, and told with host and port") {
    ClientOptions options;
    {
        const LoopbackServer gone([](Peer&) {});
        options = plain_options(gone);
    }
    TestClient client(options);
    const auto result = client.get();
    check_failure(result, FailureKind::unreachable, Step::connect, false);
    CHECK(result.error().what ==
          "127.0.0.1:" + options.endpoint.port + ": connecting: Connection refused");
    CHECK(client.traffic().connections_opened == 0);
}

TEST_CASE("A reset after the request was read leaves it in doubt") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.reset();
    });
    TestClient client(plain_options(server));
    check_failure(client.get(), FailureKind::closed, Step::head, true);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("A reset in the midst of the answer leaves it in doubt") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        peer.reset();
    });
    TestClient client(plain_options(server));
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::closed);
    CHECK(result.error().request_left);  // the reset may overtake the header
}

TEST_CASE("A reset while the request is written is certain: it has not left whole") {
    const LoopbackServer server(
        [](Peer& peer) {
            peer.read_something();
            peer.reset();
        },
        {.receive_buffer = 4096});
    TestClient client(plain_options(server));
    check_failure(client.send(large_request()), FailureKind::closed, Step::write, false);
    CHECK(server.connections() == 1);  // a fresh connection's failure is not tried again
}

TEST_CASE("A peer that does not read times out, and the request counts as left") {
    std::promise<void> over;
    std::shared_future<void> wait(over.get_future());
    const LoopbackServer deaf([wait](Peer&) { wait.wait(); }, {.receive_buffer = 4096});
    TestClient client(impatient(deaf));
    check_failure(client.send(large_request()), FailureKind::timed_out, Step::write, true);
    over.set_value();
}

TEST_CASE("An answer that does not come, or only in part, times out") {
    for (const auto& [begin, step] :
         {std::pair("", Step::head), std::pair("HTTP/1.1 200", Step::head),
          std::pair("HTTP/1.1 100 Continue\r\n\r\n", Step::head),
          std::pair("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", Step::body),
          std::pair("HTTP/1.1 200 OK\r\n\r\nhalf", Step::body)}) {
        const LoopbackServer server([bytes = begin](Peer& peer) {
            peer.read_request();
            peer.write(bytes);
            peer.wait_for_end();
        });
        TestClient client(impatient(server));
        const auto result = client.get();
        check_failure(result, FailureKind::timed_out, step, true);
        CHECK(result.error().what.ends_with("timed out"));
    }
}

TEST_CASE("An answer that drips without end times out: the deadline is for the whole of it") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (true) {
            peer.write("x");
            std::this_thread::sleep_for(std::chrono::milliseconds(5));  // this server is slow
        }
    });
    TestClient client(impatient(server));
    check_failure(client.get(), FailureKind::timed_out, Step::body, true);
}

TEST_CASE("After a time-out the next exchange has a new connection") {
    std::atomic<int> order = 0;
    const LoopbackServer server([&](Peer& peer) {
        const bool is_first = ++order == 1;
        peer.read_request();
        if (!is_first)
            peer.answer("second");
        peer.wait_for_end();
    });
    TestClient client(impatient(server));
    check_failure(client.get(), FailureKind::timed_out, Step::head, true);
    const auto second = client.get();
    REQUIRE(second);
    CHECK(second.value().response.body == "second");
}

TEST_CASE("A cancelled exchange ends as cancelled, its request in doubt, its place free") {
    boost::asio::cancellation_signal cancel;
    boost::asio::io_context* loop = nullptr;
    std::atomic<int> order = 0;
    const LoopbackServer server([&](Peer& peer) {
        const bool is_first = ++order == 1;
        peer.read_request();
        if (is_first) {
            boost::asio::post(*loop,
                              [&] { cancel.emit(boost::asio::cancellation_type::terminal); });
        } else {
            peer.answer("second");
        }
        peer.wait_for_end();
    });
    ClientOptions options = plain_options(server);
    options.connections = 1;
    TestClient client(options);
    loop = &client.loop();

    const Request request = get("/");
    TestClient::Result result;
    boost::asio::co_spawn(client.loop(), client.client().exchange(request),
                          boost::asio::bind_cancellation_slot(
                              cancel.slot(), [&](const std::exception_ptr& trouble, auto ended) {
                                  CHECK(trouble == nullptr);
                                  result = std::move(ended);
                              }));
    client.run();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::cancelled);
    CHECK(result.error().request_left);  // even if it was just being written
    CHECK(client.get().value().response.body == "second");
}

TEST_CASE("An exchange that is cancelled while it waits for its turn has not begun") {
    boost::asio::cancellation_signal cancel;
    boost::asio::io_context* loop = nullptr;
    std::promise<void> cancelled;
    const LoopbackServer server([&](Peer& peer) {
        peer.read_request();
        boost::asio::post(*loop, [&] {
            cancel.emit(boost::asio::cancellation_type::terminal);
            cancelled.set_value();
        });
        cancelled.get_future().wait();
        peer.answer("first");
        peer.wait_for_end();
    });
    ClientOptions options = plain_options(server);
    options.connections = 1;
    TestClient client(options);
    loop = &client.loop();

    const Request request = get("/");
    TestClient::Result first;
    TestClient::Result second;
    boost::asio::co_spawn(client.loop(), client.client().exchange(request),
                          [&](const std::exception_ptr&, auto ended) { first = std::move(ended); });
    boost::asio::co_spawn(client.loop(), client.client().exchange(request),
                          boost::asio::bind_cancellation_slot(
                              cancel.slot(), [&](const std::exception_ptr& trouble, auto ended) {
                                  CHECK(trouble == nullptr);
                                  second = std::move(ended);
                              }));
    client.run();
    CHECK(first.value().response.body == "first");
    check_failure(second, FailureKind::cancelled, Step::resolve, false);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("Client and loop may go while exchanges are under way or wait") {
    const LoopbackServer server([](Peer& peer) { peer.wait_for_end(); });
    const Request request = get("/");
    boost::asio::io_context loop;
    ClientOptions options = plain_options(server);
    options.connections = 1;
    auto client = std::move(Client::create(loop.get_executor(), options).value());
    for (int i = 0; i < 3; ++i)
        boost::asio::co_spawn(loop, client->exchange(request), [](const auto&, const auto&) {});
    loop.poll();
    client.reset();
    loop.poll();
}

}  // namespace seqload::net
