// Through a proxy: CONNECT, and then TLS with the endpoint itself.

#include "net/tls_fixture.hpp"

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::LoopbackServer;
using test::Peer;

// A proxy that answers so and is then the endpoint.
LoopbackServer::Script tunnel(std::string answer = "HTTP/1.1 200 Connection established\r\n\r\n") {
    return [answer = std::move(answer)](Peer& peer) {
        peer.read_request();
        peer.write(answer);
        peer.start_tls();
        answer_all(peer);
    };
}

const test::ServerOptions later_tls{.identity = localhost_identity(), .tls_at_once = false};

ClientOptions through(const LoopbackServer& proxy, const std::string& authorization = {}) {
    ClientOptions options = tls_options(proxy);
    options.endpoint.port = "443";
    options.proxy = Proxy{"127.0.0.1", proxy.port(), authorization};
    return options;
}

void check_before_tls(const TestClient::Result& result, FailureKind kind) {
    REQUIRE_FALSE(result);
    CAPTURE(result.error().what);
    CHECK(result.error().kind == kind);
    CHECK(result.error().step == Step::proxy);
    CHECK_FALSE(result.error().request_left);
}

}  // namespace

TEST_CASE("A proxy is asked for a tunnel to host and port, and gets neither request nor key") {
    const LoopbackServer proxy(tunnel(), later_tls);
    TestClient client(through(proxy));
    Request request = get("/");
    request.headers.add("X-Api-Key", "key");
    const auto result = client.send(request);
    REQUIRE(result);
    CHECK(result->response.body == "hello");
    REQUIRE(proxy.requests().size() == 2);
    CHECK(proxy.requests()[0] == "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n\r\n");
    CHECK(proxy.requests()[1].starts_with("GET / HTTP/1.1\r\nHost: localhost\r\n"));  // inside TLS
}

TEST_CASE("The credentials go to the proxy, and only there") {
    const LoopbackServer proxy(tunnel(), later_tls);
    TestClient client(through(proxy, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    REQUIRE(client.get());
    CHECK(proxy.requests()[0] ==
          "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n"
          "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
    CHECK(proxy.requests()[1].find("Authorization") == std::string::npos);
}

TEST_CASE("A tunnel is kept and used again") {
    const LoopbackServer proxy(tunnel(), later_tls);
    TestClient client(through(proxy));
    REQUIRE(client.get());
    REQUIRE(client.get());
    CHECK(proxy.connections() == 1);
}

TEST_CASE("Any 2xx opens the tunnel, whatever its fields say of a body") {
    for (const char* answer :
         {"HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 299 Fine\r\nContent-Length: 99999999999\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        CAPTURE(answer);
        const LoopbackServer proxy(tunnel(answer), later_tls);
        TestClient client(through(proxy));
        CHECK(client.get().has_value());
    }
}

TEST_CASE("A proxy that refuses is told with its answer, without the credentials") {
    const auto refused_with = [](const std::string& answer) {
        const LoopbackServer proxy([&](Peer& peer) {
            peer.read_request();
            peer.write(answer);
            peer.wait_for_end();
        });
        TestClient client(through(proxy, "Basic secret"));
        const auto result = client.get();
        check_before_tls(result, FailureKind::proxy_refused);
        CHECK(proxy.requests().size() == 1);
        CHECK(result.error().what.starts_with("proxy 127.0.0.1:" + proxy.port() + ": answered "));
        CHECK(result.error().what.find("secret") == std::string::npos);
        return result.error().what;
    };
    CHECK(refused_with("HTTP/1.1 403 Forbidden\r\n\r\n").ends_with("answered 403 Forbidden"));
    CHECK(refused_with("HTTP/1.1 407 Proxy Authentication Required\r\n"
                       "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 4\r\n\r\nhtml")
              .ends_with("answered 407 Proxy Authentication Required: it asks for a user name and "
                         "a password"));
    CHECK(refused_with("HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n")
              .ends_with("answered 302 Found"));
    CHECK(refused_with("HTTP/1.1 502 \xff\r\n\r\n").find('\xff') == std::string::npos);
}

TEST_CASE(
    "A proxy that closes, speaks something else, or says nothing has not been told anything") {
    const auto meets = [](const LoopbackServer::Script& script) {
        const LoopbackServer proxy(script);
        ClientOptions options = through(proxy);
        options.timeout = short_time;
        TestClient client(options);
        return client.get();
    };
    check_before_tls(meets([](Peer& peer) {
                         peer.read_request();
                         peer.close();
                         peer.wait_for_end();
                     }),
                     FailureKind::closed);
    check_before_tls(meets([](Peer& peer) {
                         peer.read_request();
                         peer.write("220 smtp ready\r\n\r\n");
                         peer.wait_for_end();
                     }),
                     FailureKind::malformed);
    check_before_tls(meets([](Peer& peer) {
                         peer.read_request();
                         peer.write("HTTP/1.1 200 OK\r\n\r\nhello");
                         peer.wait_for_end();
                     }),
                     FailureKind::malformed);
    check_before_tls(meets([](Peer& peer) {
                         peer.read_request();
                         while (true)
                             peer.write("HTTP/1.1 200 OK\r\nX-Filler: xxxxxxxxxxxxxxxxxxxxxxxxxx");
                     }),
                     FailureKind::too_large);
    check_before_tls(meets([](Peer& peer) { peer.wait_for_end(); }), FailureKind::timed_out);
}

TEST_CASE("A proxy that nobody listens at is named as the proxy") {
    ClientOptions options;
    {
        const LoopbackServer gone([](Peer&) {});
        options = through(gone);
    }
    TestClient client(options);
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::unreachable);
    CHECK(result.error().what.starts_with("proxy 127.0.0.1:"));
}

TEST_CASE("The certificate is the endpoint's, not the proxy's, and is checked all the same") {
    const test::TlsIdentity for_the_proxy =
        test::make_identity({.alternative_names = "IP:127.0.0.1"}, &authority());
    const LoopbackServer proxy(tunnel(), {.identity = for_the_proxy, .tls_at_once = false});
    TestClient client(through(proxy));
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::certificate_refused);
    CHECK(result.error().what ==
          "localhost:443: the certificate was refused: it is for another host");
    CHECK(proxy.requests().size() == 1);  // CONNECT alone
}

}  // namespace seqload::net
