// TLS connections in the pool: kept, taken up again, and parted from in style.

#include "net/tls_fixture.hpp"

#include <future>

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::LoopbackServer;
using test::Peer;

void answer_once(Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
    peer.close();
    peer.wait_for_end();
}

}  // namespace

TEST_CASE("TLS connections are used again like others") {
    const LoopbackServer server(answer_all, {.identity = localhost_identity()});
    TestClient client(tls_options(server));
    for (int i = 0; i < 10; ++i)
        REQUIRE(client.get());
    CHECK(server.connections() == 1);
}

TEST_CASE("A new connection takes the last session up again, in TLS 1.2 and 1.3") {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CAPTURE(version);
        const LoopbackServer server(
            answer_once,
            {.identity = localhost_identity(), .tls_at_least = version, .tls_at_most = version});
        TestClient client(tls_options(server));
        for (int i = 0; i < 3; ++i)
            REQUIRE(client.get());
        CHECK(client.traffic().connections_opened == 3);
        CHECK(client.traffic().tls_sessions_resumed == 2);
    }
}

TEST_CASE("A server that has forgotten the session is met as a stranger") {
    auto first = std::make_unique<LoopbackServer>(
        answer_once, test::ServerOptions{.identity = localhost_identity()});
    ClientOptions options = tls_options(*first);
    TestClient client(options);
    REQUIRE(client.get());
    // Another one on the same port: it cannot read the ticket.
    const std::string port = first->port();
    first.reset();
    const LoopbackServer second(answer_once, {.identity = localhost_identity(), .port = port});
    REQUIRE(client.get());
    REQUIRE(client.get());
    CHECK(client.traffic().tls_sessions_resumed == 1);
}

TEST_CASE("A session that has expired is none, and costs no more than a handshake") {
    // Each ticket says that its session began ten days ago, which no server takes.
    const auto backdated = [](SSL* connection, void*) {
        constexpr long ten_days = 10L * 24 * 60 * 60;
        SSL_SESSION* const session = SSL_get_session(connection);
        return static_cast<int>(
            SSL_SESSION_set_time(session, SSL_SESSION_get_time(session) - ten_days) != 0);
    };
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CAPTURE(version);
        const LoopbackServer server(answer_once, {.identity = localhost_identity(),
                                                  .tls_at_least = version,
                                                  .tls_at_most = version,
                                                  .prepare_tls = [&](SSL_CTX* context) {
                                                      SSL_CTX_set_session_ticket_cb(
                                                          context, backdated, nullptr, nullptr);
                                                  }});
        TestClient client(tls_options(server));
        for (int i = 0; i < 3; ++i)
            REQUIRE(client.get());
        CHECK(client.traffic().connections_opened == 3);
        CHECK(client.traffic().tls_sessions_resumed == 0);
    }
}

TEST_CASE("New keys in the midst of a connection are no fault of it (TLS 1.3)") {
    const LoopbackServer server(
        [](Peer& peer) {
            while (true) {
                peer.read_request();
                SSL_key_update(peer.tls(), SSL_KEY_UPDATE_REQUESTED);
                peer.answer("hello");
            }
        },
        {.identity = localhost_identity(), .tls_at_least = TLS1_3_VERSION});
    TestClient client(tls_options(server));
    for (int i = 0; i < 3; ++i)
        CHECK(client.get().value().response.body == "hello");
    CHECK(server.connections() == 1);
}

TEST_CASE("A server that wants to negotiate anew is not followed, and the request is in doubt") {
    std::atomic<int> order = 0;
    const LoopbackServer server(
        [&](Peer& peer) {
            const bool is_first = ++order == 1;
            peer.read_request();
            if (is_first) {
                SSL_renegotiate(peer.tls());
                SSL_do_handshake(peer.tls());  // asks for it
                peer.wait_for_end();           // OpenSSL ends when it is refused
            } else {
                peer.answer("hello");
                peer.wait_for_end();
            }
        },
        {.identity = localhost_identity(), .tls_at_most = TLS1_2_VERSION});
    TestClient client(tls_options(server));
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::closed);
    CHECK(result.error().request_left);
    CHECK(server.requests().size() == 1);
    CHECK(client.get().value().response.body == "hello");
    CHECK(server.connections() == 2);
}

TEST_CASE("A session with which a handshake has failed is not offered again") {
    std::atomic<int> order = 0;
    const LoopbackServer server(
        [&](Peer& peer) {
            if (++order == 2) {
                peer.read_something();
                peer.reset();
            }
            peer.start_tls();
            answer_once(peer);
        },
        {.identity = localhost_identity(), .tls_at_once = false});
    TestClient client(tls_options(server));
    REQUIRE(client.get());
    REQUIRE_FALSE(client.get());
    REQUIRE(client.get());
    CHECK(client.traffic().tls_sessions_resumed == 0);
    REQUIRE(client.get());
    CHECK(client.traffic().tls_sessions_resumed == 1);
}

TEST_CASE("A session is no way round the check of the certificate") {
    auto first = std::make_unique<LoopbackServer>(
        answer_once, test::ServerOptions{.identity = localhost_identity()});
    TestClient client(tls_options(*first));
    REQUIRE(client.get());
    const std::string port = first->port();
    first.reset();
    const LoopbackServer impostor(answer_once, {.identity = test::make_identity({}), .port = port});
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::certificate_refused);
    CHECK(impostor.requests().empty());
}

TEST_CASE("New session tickets that come while a connection is idle are no fault of it") {
    std::promise<void> answered;
    std::promise<void> ticket_sent;
    const LoopbackServer server(
        [&](Peer& peer) {
            peer.read_request();
            peer.answer("first");
            answered.get_future().wait();
            SSL_new_session_ticket(peer.tls());
            SSL_do_handshake(peer.tls());
            ticket_sent.set_value();
            peer.read_request();
            peer.answer("second");
            peer.wait_for_end();
        },
        {.identity = localhost_identity(), .tls_at_least = TLS1_3_VERSION, .tickets = 0});
    TestClient client(tls_options(server));
    REQUIRE(client.get());
    answered.set_value();
    ticket_sent.get_future().wait();
    CHECK(client.get().value().response.body == "second");
    CHECK(server.connections() == 1);
}

TEST_CASE("A TLS connection that the peer has closed meanwhile is not used again") {
    for (const bool with_notice : {true, false}) {
        CAPTURE(with_notice);
        std::promise<void> answered;
        std::promise<void> gone;
        std::atomic<int> order = 0;
        const LoopbackServer server(
            [&](Peer& peer) {
                const bool is_first = ++order == 1;
                peer.read_request();
                peer.answer("");
                if (is_first) {
                    answered.get_future().wait();
                    if (with_notice) {
                        peer.close();
                    } else {
                        peer.cut();
                    }
                    gone.set_value();
                }
                peer.wait_for_end();
            },
            {.identity = localhost_identity()});
        TestClient client(tls_options(server));
        REQUIRE(client.get());
        answered.set_value();
        gone.get_future().wait();
        CHECK(client.get().has_value());
        CHECK(server.connections() == 2);
        CHECK(server.requests().size() == 2);
    }
}

TEST_CASE("Closing says good-bye in TLS, and waits for no answer") {
    std::promise<bool> noticed;
    const LoopbackServer polite(
        [&](Peer& peer) {
            peer.read_request();
            peer.answer("");
            peer.wait_for_end();
            noticed.set_value((SSL_get_shutdown(peer.tls()) & SSL_RECEIVED_SHUTDOWN) != 0);
        },
        {.identity = localhost_identity()});
    TestClient client(tls_options(polite));
    REQUIRE(client.get());
    client.close();
    CHECK(noticed.get_future().get());

    std::promise<void> over;
    const std::shared_future<void> wait(over.get_future());
    const LoopbackServer rude(
        [wait](Peer& peer) {
            peer.read_request();
            peer.answer("");
            wait.wait();
        },
        {.identity = localhost_identity()});
    ClientOptions options = tls_options(rude);
    options.connections = 3;
    TestClient patient(options);
    patient.at_once(std::vector<Request>(3, get("/")));
    patient.close();  // returns
    over.set_value();
}

}  // namespace seqload::net
