// Every limit on what is read, at the limit and beyond it, and against servers
// that never end.

#include "net/client_fixture.hpp"
#include "support/archives.hpp"

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::LoopbackServer;
using test::Peer;

constexpr std::size_t header_limit = 4096;
constexpr std::size_t body_limit = 10'000;

TestClient::Result with_limits(const LoopbackServer::Script& script) {
    const LoopbackServer server(script);
    ClientOptions options = plain_options(server);
    options.header_limit = header_limit;
    options.body_limit = body_limit;
    TestClient client(options);
    return client.get();
}

TestClient::Result limited_answer(const std::string& bytes) {
    return with_limits([&](Peer& peer) {
        peer.read_request();
        peer.write(bytes);
        peer.close();
        peer.wait_for_end();
    });
}

// An answer that begins so and goes on so for ever.
TestClient::Result answered_for_ever(const std::string& begin, const std::string& again) {
    return with_limits([&](Peer& peer) {
        peer.read_request();
        peer.write(begin);
        while (true)
            peer.write(again);
    });
}

void check_too_large(const TestClient::Result& result, Step step) {
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::too_large);
    CHECK(result.error().step == step);
    CHECK(result.error().request_left);
}

// With so many bytes after the status line, the empty line at the end among them.
std::string header_of(std::size_t size) {
    const std::string begin = "Content-Length: 0\r\nX-Filler: ";
    const std::string end = "\r\n\r\n";
    return "HTTP/1.1 200 OK\r\n" + begin + std::string(size - begin.size() - end.size(), 'x') + end;
}

std::string chunked(const std::string& body) {
    std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    constexpr std::size_t at_once = 100;
    for (std::size_t i = 0; i < body.size(); i += at_once) {
        const std::string part = body.substr(i, at_once);
        constexpr std::string_view digits = "0123456789abcdef";
        text += {digits[part.size() / 16], digits[part.size() % 16]};
        text += "\r\n" + part + "\r\n";
    }
    return text + "0\r\n\r\n";
}

}  // namespace

TEST_CASE("A header at the limit is read, one byte more is too large") {
    CHECK(limited_answer(header_of(header_limit)).has_value());
    check_too_large(limited_answer(header_of(header_limit + 1)), Step::head);
}

TEST_CASE("A header without end is too large, be it one field or many") {
    check_too_large(answered_for_ever("HTTP/1.1 200 OK\r\nX-Field: ", "xxxxxxxxxxxxxxxx"),
                    Step::head);
    check_too_large(answered_for_ever("HTTP/1.1 200 OK\r\n", "X-Field: x\r\n"), Step::head);
    check_too_large(answered_for_ever("HTTP/1.1 200 ", "OK OK OK OK "), Step::head);
}

TEST_CASE("A body at the limit is read, one byte more is too large, however it is framed") {
    const std::string fits(body_limit, 'x');
    const std::string exceeds(body_limit + 1, 'x');
    const auto by_length = [](const std::string& body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
               body;
    };
    const auto until_the_end = [](const std::string& body) {
        return "HTTP/1.1 200 OK\r\n\r\n" + body;
    };
    CHECK(limited_answer(by_length(fits)).value().response.body == fits);
    check_too_large(limited_answer(by_length(exceeds)), Step::head);  // known from the header
    CHECK(limited_answer(chunked(fits)).value().response.body == fits);
    check_too_large(limited_answer(chunked(exceeds)), Step::body);
    CHECK(limited_answer(until_the_end(fits)).value().response.body == fits);
    check_too_large(limited_answer(until_the_end(exceeds)), Step::body);
}

TEST_CASE("A body without end is too large, in chunks and until the end") {
    check_too_large(answered_for_ever("HTTP/1.1 200 OK\r\n\r\n", "xxxxxxxxxxxxxxxx"), Step::body);
    const std::string chunk = "10\r\nxxxxxxxxxxxxxxxx\r\n";
    check_too_large(
        answered_for_ever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk),
        Step::body);
}

TEST_CASE("What surrounds chunks is limited, too: extensions and trailers without end") {
    const std::string begin = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    check_too_large(answered_for_ever(begin + "1;a=", "xxxxxxxxxxxxxxxx"), Step::body);
    check_too_large(answered_for_ever(begin + "0\r\n", "X-Trailer: x\r\n"), Step::body);
}

TEST_CASE("A gzip body is limited when unpacked: at the limit it is read, a bomb is too large") {
    const auto packed = [](const std::string& body) {
        const std::string bytes = test::gzip(body);
        return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
               std::to_string(bytes.size()) + "\r\n\r\n" + bytes;
    };
    const std::string fits(body_limit, 'x');
    CHECK(limited_answer(packed(fits)).value().response.body == fits);
    check_too_large(limited_answer(packed(fits + 'x')), Step::body);
    const auto bomb = limited_answer(packed(std::string(1'000'000, '\0')));
    check_too_large(bomb, Step::body);
    CHECK(bomb.error().what.ends_with("it unpacks to more than 10,000 bytes"));
}

}  // namespace seqload::net
