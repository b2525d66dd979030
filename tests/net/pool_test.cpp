// How connections are kept, used again, and let go.

#include "net/client_fixture.hpp"

#include <algorithm>
#include <future>

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::LoopbackServer;
using test::Peer;

void answer_each(Peer& peer) {
    while (true) {
        peer.read_request();
        peer.answer("hello");
    }
}

std::vector<Request> many(std::size_t count) {
    return std::vector<Request>(count, get("/"));
}

// The client's own end of a connection to the port, found among this process's.
int client_end(const std::string& port) {
    for (int descriptor = 0; descriptor < 1024; ++descriptor) {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        if (getpeername(descriptor, plain, &size) == 0 && address.sin_family == AF_INET &&
            std::to_string(ntohs(address.sin_port)) == port) {
            return descriptor;
        }
    }
    return -1;
}

}  // namespace

TEST_CASE("One exchange after another goes over one connection") {
    const LoopbackServer server(answer_each);
    TestClient client(plain_options(server));
    for (int i = 0; i < 20; ++i)
        REQUIRE(client.get());
    CHECK(server.connections() == 1);
    CHECK(client.traffic().connections_opened == 1);
    CHECK(server.requests().size() == 20);
}

TEST_CASE("No more connections are open at once than allowed, and every exchange has its turn") {
    std::atomic<int> open = 0;
    std::atomic<int> most = 0;
    const LoopbackServer server([&](Peer& peer) {
        const int now = ++open;
        int before = most;
        while (before < now && !most.compare_exchange_weak(before, now)) {
        }
        try {
            answer_each(peer);
        } catch (const test::PeerGone&) {
            --open;
        }
    });
    ClientOptions options = plain_options(server);
    options.connections = 3;
    TestClient client(options);
    for (const auto& result : client.at_once(many(100)))
        CHECK(result.has_value());
    CHECK(server.requests().size() == 100);
    CHECK(server.connections() == 3);
    CHECK(most == 3);
}

TEST_CASE("The limit holds, too, where every answer ends its connection") {
    std::atomic<int> busy = 0;
    std::atomic<bool> too_many = false;
    const LoopbackServer server([&](Peer& peer) {
        peer.read_request();
        if (++busy > 2)
            too_many = true;
        --busy;
        peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        peer.wait_for_end();
    });
    ClientOptions options = plain_options(server);
    options.connections = 2;
    TestClient client(options);
    for (const auto& result : client.at_once(many(30)))
        CHECK(result.has_value());
    CHECK_FALSE(too_many);
    CHECK(server.connections() == 30);
}

TEST_CASE("A failed exchange gives its place back") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.reset();
    });
    ClientOptions options = plain_options(server);
    options.connections = 2;
    TestClient client(options);
    for (const auto& result : client.at_once(many(20)))
        CHECK_FALSE(result.has_value());
    CHECK(server.connections() == 20);
}

TEST_CASE("The connection used last is used next, so that the others can rest") {
    std::mutex mutex;
    std::vector<Peer*> order;
    const LoopbackServer server([&](Peer& peer) {
        while (true) {
            peer.read_request();
            {
                const std::lock_guard lock(mutex);
                order.push_back(&peer);
            }
            peer.answer("");
        }
    });
    ClientOptions options = plain_options(server);
    options.connections = 2;
    TestClient client(options);
    client.at_once(many(2));
    REQUIRE(server.connections() == 2);
    for (int i = 0; i < 5; ++i)
        client.get();
    const std::lock_guard lock(mutex);
    CHECK(
        std::all_of(order.begin() + 2, order.end(), [&](Peer* each) { return each == order[2]; }));
}

TEST_CASE("Connection: close and HTTP/1.0 end a connection, keep-alive keeps it") {
    for (const auto& [head, connections] :
         {std::pair("HTTP/1.1 200 OK\r\nConnection: close\r\n", 3),
          std::pair("HTTP/1.1 200 OK\r\nConnection: Close\r\n", 3),
          std::pair("HTTP/1.0 200 OK\r\n", 3),
          std::pair("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", 1),
          std::pair("HTTP/1.1 200 OK\r\n", 1)}) {
        CAPTURE(head);
        const LoopbackServer server([begin = head](Peer& peer) {
            while (true) {
                peer.read_request();
                peer.write(std::string(begin) + "Content-Length: 0\r\n\r\n");
            }
        });
        TestClient client(plain_options(server));
        for (int i = 0; i < 3; ++i)
            REQUIRE(client.get());
        CHECK(server.connections() == connections);
    }
}

TEST_CASE("A connection with more bytes than the answer is not used again") {
    const LoopbackServer server([](Peer& peer) {
        while (true) {
            peer.read_request();
            peer.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n"
                "Content-Length: 4\r\n\r\nevil");
        }
    });
    TestClient client(plain_options(server));
    CHECK(client.get().value().response.body == "hi");
    CHECK(client.get().value().response.body == "hi");
    CHECK(server.connections() == 2);
}

TEST_CASE("A connection that the peer has closed meanwhile is not used again, and costs nothing") {
    for (const bool with_reset : {false, true}) {
        CAPTURE(with_reset);
        std::promise<void> answered;
        std::promise<void> gone;
        std::atomic<int> order = 0;
        const LoopbackServer server([&](Peer& peer) {
            const bool is_first = ++order == 1;
            peer.read_request();
            peer.answer("");
            if (is_first) {
                answered.get_future().wait();  // so that it lies in the pool
                if (with_reset) {
                    peer.abandon();
                } else {
                    peer.close();
                }
                gone.set_value();
            }
            peer.wait_for_end();
        });
        TestClient client(plain_options(server));
        REQUIRE(client.get());
        answered.set_value();
        gone.get_future().wait();
        CHECK(client.get().has_value());
        CHECK(server.connections() == 2);
        CHECK(server.requests().size() == 2);
    }
}

TEST_CASE("A connection on which the peer spoke unasked is not used again") {
    std::promise<void> answered;
    std::promise<void> spoken;
    std::atomic<int> order = 0;
    const LoopbackServer server([&](Peer& peer) {
        const bool is_first = ++order == 1;
        peer.read_request();
        peer.answer("asked");
        if (is_first) {
            answered.get_future().wait();
            peer.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            spoken.set_value();
        }
        peer.wait_for_end();
    });
    TestClient client(plain_options(server));
    REQUIRE(client.get());
    answered.set_value();
    spoken.get_future().wait();
    CHECK(client.get().value().response.body == "asked");
    CHECK(server.connections() == 2);
}

TEST_CASE("A request that met the close of its connection is in doubt and is not sent again") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.answer("");
        peer.read_request();
        peer.close();
        peer.wait_for_end();
    });
    TestClient client(plain_options(server));
    REQUIRE(client.get());
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::closed);
    CHECK(result.error().step == Step::head);
    CHECK(result.error().request_left);
    CHECK(server.requests().size() == 2);
    CHECK(server.connections() == 1);
}

TEST_CASE("A request of which a used connection takes not one byte goes over a fresh one") {
    std::promise<void> over;
    const std::shared_future<void> wait(over.get_future());
    std::atomic<int> order = 0;
    const LoopbackServer server([&](Peer& peer) {
        const bool is_first = ++order == 1;
        peer.read_request();
        peer.answer("");
        if (is_first)
            wait.wait();  // the connection looks alive
        peer.wait_for_end();
    });
    TestClient client(plain_options(server));
    REQUIRE(client.get());
    REQUIRE(shutdown(client_end(server.port()), SHUT_WR) == 0);
    CHECK(client.get().has_value());
    CHECK(server.connections() == 2);
    CHECK(server.requests().size() == 2);
    over.set_value();
}

TEST_CASE("A connection that was idle for longer than allowed is dropped") {
    const LoopbackServer server(answer_each);
    ClientOptions options = plain_options(server);
    options.idle_limit = std::chrono::milliseconds(0);
    options.connections = 2;
    TestClient client(options);
    client.at_once(many(2));
    REQUIRE(client.get());
    CHECK(server.connections() == 3);
}

TEST_CASE("A closed client has no connections, and sends nothing more") {
    std::promise<void> ended;
    const LoopbackServer server([&](Peer& peer) {
        peer.read_request();
        peer.answer("");
        peer.wait_for_end();
        ended.set_value();
    });
    TestClient client(plain_options(server));
    REQUIRE(client.get());
    client.close();
    ended.get_future().wait();
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::cancelled);
    CHECK_FALSE(result.error().request_left);
    CHECK(result.error().what.ends_with("the client is closed"));
    CHECK(server.connections() == 1);
}

TEST_CASE("Traffic counts what was sent and read") {
    const LoopbackServer server(answer_each);
    TestClient client(plain_options(server));
    client.get("/a");
    client.get("/b");
    std::size_t sent = 0;
    for (const std::string& request : server.requests())
        sent += request.size();
    CHECK(client.traffic().bytes_sent == sent);
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    CHECK(client.traffic().bytes_received == 2 * answer.size());
}

TEST_CASE("An exchange tells how long it took, without the connecting") {
    const LoopbackServer server(answer_each);
    TestClient client(plain_options(server));
    const auto result = client.get();
    CHECK(result.value().latency > std::chrono::nanoseconds(0));
    CHECK(result.value().latency < std::chrono::seconds(30));
}

}  // namespace seqload::net
