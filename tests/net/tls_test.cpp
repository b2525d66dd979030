// Real TLS: who is trusted, who is not and why, and that nothing is said to
// those who are not.

#include "net/tls_fixture.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::CertificateWish;
using test::LoopbackServer;
using test::make_identity;
using test::Peer;
using test::TlsIdentity;

// What becomes of a request to a server with that certificate, and that the server
// never saw it if it was refused.
TestClient::Result sent_to(const TlsIdentity& identity, const std::string& host = "localhost") {
    const LoopbackServer server(answer_all, {.identity = identity});
    TestClient client(tls_options(server, host));
    Request request = get("/");
    request.headers.add("X-Api-Key", "key");
    auto result = client.send(request);
    CHECK(server.requests().size() == (result ? 1 : 0));
    return result;
}

void check_refused(const TestClient::Result& result, const std::string& reason) {
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::certificate_refused);
    CHECK(result.error().step == Step::tls);
    CHECK_FALSE(result.error().request_left);
    CHECK(result.error().what.ends_with(": the certificate was refused: " + reason));
}

}  // namespace

TEST_CASE("A certificate of a known authority for the host is trusted, for a name and an address") {
    CHECK(sent_to(localhost_identity(), "localhost").has_value());
    CHECK(sent_to(localhost_identity(), "127.0.0.1").has_value());
}

TEST_CASE("A certificate for another host is refused") {
    const std::string reason = "it is for another host";
    const auto for_names = [](const std::string& names) {
        return make_identity(CertificateWish{.alternative_names = names}, &authority());
    };
    check_refused(sent_to(for_names("DNS:example.com")), reason);
    check_refused(sent_to(for_names("DNS:*")), reason);
    check_refused(sent_to(for_names("DNS:local*")), reason);
    check_refused(sent_to(for_names("IP:127.0.0.1")), reason);
    check_refused(sent_to(for_names("DNS:localhost"), "127.0.0.1"), reason);
    check_refused(sent_to(for_names("DNS:127.0.0.1,IP:127.0.0.2"), "127.0.0.1"), reason);
}

TEST_CASE("The common name is no host name") {
    CHECK(sent_to(make_identity({.alternative_names = "DNS:localhost"}, &authority())).has_value());
    check_refused(sent_to(make_identity(
                      {.common_name = "localhost", .alternative_names = "email:a@example.com"},
                      &authority())),
                  "it is for another host");
}

TEST_CASE("A certificate out of its time is refused") {
    check_refused(sent_to(make_identity({.valid_from = -7200, .valid_until = -3600}, &authority())),
                  "it has expired");
    check_refused(sent_to(make_identity({.valid_from = 3600, .valid_until = 7200}, &authority())),
                  "it is not yet valid (is the clock of this machine right?)");
}

TEST_CASE("A certificate that nobody we know has signed is refused") {
    check_refused(sent_to(make_identity({})), "it is self-signed");
    const TlsIdentity stranger = test::make_authority("another authority");
    check_refused(sent_to(make_identity({}, &stranger)), "it is signed by an unknown authority");
}

TEST_CASE("A certificate that only another server's has signed is refused") {
    const TlsIdentity server = localhost_identity();
    const auto result = sent_to(make_identity({}, &server));
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::certificate_refused);
}

TEST_CASE("A weak key is refused") {
    check_refused(sent_to(make_identity({.rsa_bits = 1024}, &authority())), "its key is too weak");
    CHECK(sent_to(make_identity({.rsa_bits = 2048}, &authority())).has_value());
}

TEST_CASE("Without the authority's file nobody trusts it") {
    const LoopbackServer server(answer_all, {.identity = localhost_identity()});
    ClientOptions options = tls_options(server);
    options.ca_file.clear();
    TestClient client(options);
    check_refused(client.get(), "it is signed by an unknown authority");
    CHECK(server.requests().empty());
}

TEST_CASE(
    "Authorities that were read ahead are trusted by every client, and outlive who read them") {
    const LoopbackServer server(answer_all, {.identity = localhost_identity()});
    ClientOptions options = tls_options(server);
    options.authorities = std::make_shared<const Authorities>(options.ca_file);
    options.ca_file.clear();  // nobody else reads it
    auto first = std::make_unique<TestClient>(options);
    CHECK(first->get().value().response.body == "hello");
    TestClient second(std::exchange(options, {}));
    first.reset();
    CHECK(second.get().value().response.body == "hello");
    CHECK(second.get().value().response.body == "hello");
}

TEST_CASE("Who trusts only the system's authorities, read ahead, does not trust a stranger's") {
    const LoopbackServer server(answer_all, {.identity = localhost_identity()});
    ClientOptions options = tls_options(server);
    options.authorities = std::make_shared<const Authorities>("");
    TestClient client(options);
    check_refused(client.get(), "it is signed by an unknown authority");
    CHECK(server.requests().empty());
}

TEST_CASE("TLS 1.2 and 1.3 are spoken, 1.1 is not") {
    const auto with_version = [](int version) {
        const LoopbackServer server(
            answer_all,
            {.identity = localhost_identity(), .tls_at_least = version, .tls_at_most = version});
        TestClient client(tls_options(server));
        auto result = client.get();
        CHECK(server.requests().size() == (result ? 1 : 0));
        return result;
    };
    CHECK(with_version(TLS1_2_VERSION).has_value());
    CHECK(with_version(TLS1_3_VERSION).has_value());
    const auto old = with_version(TLS1_1_VERSION);
    REQUIRE_FALSE(old);
    CHECK(old.error().kind == FailureKind::tls_failed);
    CHECK(old.error().step == Step::tls);
    CHECK_FALSE(old.error().request_left);
    CHECK(old.error().what.ends_with(": setting up TLS: the peer speaks no TLS 1.2 or later"));
}

TEST_CASE("A peer that does not speak TLS is told so, and is not sent the request in the clear") {
    const LoopbackServer server([](Peer& peer) {
        peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        peer.wait_for_end();
    });
    TestClient client(tls_options(server));
    const auto result = client.get();
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::tls_failed);
    CHECK(result.error().what.ends_with(": setting up TLS: the peer does not speak TLS"));
    CHECK(server.requests().empty());
}

TEST_CASE("A handshake that the peer resets, closes or sleeps through has sent nothing") {
    using Story = std::pair<LoopbackServer::Script, FailureKind>;
    const auto reset = [](Peer& peer) {
        peer.read_something();
        peer.reset();
    };
    const auto cut = [](Peer& peer) {
        peer.read_something();
        peer.cut();
        peer.wait_for_end();
    };
    const auto sleep = [](Peer& peer) { peer.wait_for_end(); };
    for (const auto& [script, kind] :
         {Story(reset, FailureKind::tls_failed), Story(cut, FailureKind::tls_failed),
          Story(sleep, FailureKind::timed_out)}) {
        const LoopbackServer server(script);
        ClientOptions options = tls_options(server);
        options.timeout = kind == FailureKind::timed_out ? short_time : options.timeout;
        TestClient client(options);
        const auto result = client.get();
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == kind);
        CHECK(result.error().step == Step::tls);
        CHECK_FALSE(result.error().request_left);
    }
}

TEST_CASE("The server hears which name is meant, unless it is an address") {
    std::mutex mutex;
    std::vector<std::string> names;
    const LoopbackServer server(
        [&](Peer& peer) {
            const char* const name = SSL_get_servername(peer.tls(), TLSEXT_NAMETYPE_host_name);
            {
                const std::lock_guard lock(mutex);
                names.emplace_back(name == nullptr ? "none" : name);
            }
            answer_all(peer);
        },
        {.identity = localhost_identity()});
    for (const char* host : {"localhost", "127.0.0.1"}) {
        TestClient client(tls_options(server, host));
        REQUIRE(client.get());
    }
    const std::lock_guard lock(mutex);
    CHECK(names == std::vector<std::string>{"localhost", "none"});
}

TEST_CASE("A body until the end needs TLS's own end: without it the answer is cut short") {
    const auto ended_by = [](void (Peer::*end)()) {
        const LoopbackServer server(
            [end](Peer& peer) {
                peer.read_request();
                peer.write("HTTP/1.1 200 OK\r\n\r\nhello");
                (peer.*end)();
                peer.wait_for_end();
            },
            {.identity = localhost_identity()});
        TestClient client(tls_options(server));
        return client.get();
    };
    CHECK(ended_by(&Peer::close).value().response.body == "hello");
    const auto cut = ended_by(&Peer::cut);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().kind == FailureKind::closed);
    CHECK(cut.error().step == Step::body);
    CHECK(cut.error().request_left);
}

TEST_CASE("An answer with a length is whole, whatever end TLS finds after it") {
    const LoopbackServer server(
        [](Peer& peer) {
            peer.read_request();
            peer.answer("hello");
            peer.cut();
            peer.wait_for_end();
        },
        {.identity = localhost_identity()});
    TestClient client(tls_options(server));
    CHECK(client.get().value().response.body == "hello");
    CHECK(client.get().value().response.body == "hello");
}

TEST_CASE("A file of authorities that cannot be used is an error that names it") {
    const test::TemporaryDirectory directory;
    const std::string missing = (directory.path() / "missing.pem").string();
    const std::string no_pem = directory.write("no.pem", "hello");
    for (const std::string& file : {missing, no_pem}) {
        boost::asio::io_context loop;
        ClientOptions options;
        options.ca_file = file;
        const auto client = Client::create(loop.get_executor(), options);
        REQUIRE_FALSE(client);
        CHECK(client.error().kind == ErrorKind::usage);
        CHECK(client.error().where == "--ca-file " + file);
    }
}

}  // namespace seqload::net
