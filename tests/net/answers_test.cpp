// What a client makes of every shape of answer, sound or not. Each server's
// script writes the bytes of the answer as they are.

#include "net/client_fixture.hpp"
#include "support/archives.hpp"

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

using test::LoopbackServer;
using test::Peer;

// What becomes of a request that is answered with these bytes, after which the
// server says no more.
TestClient::Result answered_with(const std::string& bytes, const Request& request = get("/")) {
    const LoopbackServer server([&](Peer& peer) {
        peer.read_request();
        peer.write(bytes);
        peer.close();
        peer.wait_for_end();
    });
    TestClient client(plain_options(server));
    return client.send(request);
}

std::string gzip_answer(const std::string& body, const std::string& encoding = "gzip") {
    return "HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("A request goes out with Host, length and encoding, and with the fields it was given") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.answer("");
    });
    TestClient client(plain_options(server));
    const Request request{.method = "POST",
                          .target = "/api/v1/x?a[]=%20b",
                          .headers = {{"X-Api-Key", "key"}, {"Accept", "a"}, {"Accept", "b"}},
                          .body = "{\"a\": 1}"};
    REQUIRE(client.send(request));
    const std::string sent = server.requests().at(0);
    CHECK(sent.starts_with("POST /api/v1/x?a[]=%20b HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() +
                           "\r\n"));
    CHECK(sent.ends_with("\r\n\r\n{\"a\": 1}"));
    for (const char* field : {"\r\nX-Api-Key: key\r\n", "\r\nAccept: a\r\n", "\r\nAccept: b\r\n",
                              "\r\nAccept-Encoding: gzip\r\n", "\r\nContent-Length: 8\r\n"}) {
        CAPTURE(field);
        CHECK(sent.find(field) != std::string::npos);
    }
    CHECK(client.traffic().bytes_sent == sent.size());
}

TEST_CASE("What the carrying needs is the carrier's to say") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.answer("");
    });
    TestClient client(plain_options(server));
    const Request request{.method = "POST",
                          .target = "/",
                          .headers = {{"Host", "elsewhere"},
                                      {"content-length", "99"},
                                      {"Transfer-Encoding", "chunked"},
                                      {"Accept-Encoding", "br"},
                                      {"Connection", "close"}},
                          .body = {}};
    REQUIRE(client.send(request));
    CHECK(server.requests().at(0) == "POST / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() +
                                         "\r\nAccept-Encoding: gzip\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("A large body goes out whole, and the answer to HEAD has none") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.answer("");
        peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        peer.read_request();
        peer.answer("after it");
    });
    TestClient client(plain_options(server));
    const std::string large(300'000, 'x');
    REQUIRE(client.send({.method = "POST", .target = "/", .headers = {}, .body = large}));
    const auto head = client.send({.method = "HEAD", .target = "/", .headers = {}, .body = {}});
    REQUIRE(head);
    CHECK(head->response.body.empty());
    CHECK(client.get().value().response.body == "after it");
    CHECK(server.requests().at(0).ends_with("\r\nContent-Length: 300000\r\n\r\n" + large));
    CHECK(client.traffic().connections_opened == 1);
}

TEST_CASE("A request that would break the framing is a broken promise, told without its content") {
    const LoopbackServer server([](Peer& peer) { peer.wait_for_end(); });
    TestClient client(plain_options(server));
    Request line_break_in_field = get("/");
    line_break_in_field.headers.add("X-Api-Key", "secret\r\nX-Other: 1");
    Request no_field_name = get("/");
    no_field_name.headers.add("X Api", "secret");
    Request no_method = get("/");
    no_method.method = "GET /secret";
    for (const Request& request : {line_break_in_field, no_field_name, no_method, get("/secret x"),
                                   get("/secret\n"), get("secret"), get("")}) {
        try {
            client.send(request);
            FAIL("it was sent");
        } catch (const std::invalid_argument& trouble) {
            CHECK(std::string(trouble.what()).find("secret") == std::string::npos);
        }
    }
    CHECK(server.requests().empty());
}

TEST_CASE(
    "A blank or a control character is found in a target wherever it stands; others are sent") {
    const LoopbackServer server([](Peer& peer) {
        peer.read_request();
        peer.answer("");
    });
    TestClient client(plain_options(server));
    std::string others = "/";
    for (int byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        if (byte > ' ' && byte != 0x7f) {
            others += character;
            continue;
        }
        for (const std::size_t place : {1U, 15U, 17U}) {
            std::string target = "/contacts?ids=1234";
            target[place] = character;
            CHECK_THROWS_AS(client.get(target), std::invalid_argument);
        }
    }
    REQUIRE(client.get(others));
    CHECK(server.requests().at(0).starts_with("GET " + others + " HTTP/1.1\r\n"));
}

TEST_CASE("An answer of any status is an answer, redirects among them") {
    for (const unsigned status : {200U, 201U, 301U, 307U, 401U, 404U, 429U, 500U, 599U}) {
        CAPTURE(status);
        const auto result = answered_with("HTTP/1.1 " + std::to_string(status) +
                                          " Word\r\nLocation: /x\r\nRetry-After: 7\r\n"
                                          "Content-Length: 2\r\n\r\nhi");
        REQUIRE(result);
        CHECK(result->response.status == status);
        CHECK(result->response.headers.find("retry-after") == "7");
        CHECK(result->response.headers.find("location") == "/x");
        CHECK(result->response.body == "hi");
    }
}

TEST_CASE("Answers without a body have none") {
    CHECK(answered_with("HTTP/1.1 204 No Content\r\n\r\n").value().response.body.empty());
    CHECK(answered_with("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")
              .value()
              .response.body == "");
    Request head = get("/");
    head.method = "HEAD";
    CHECK(
        answered_with("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", head).value().response.body ==
        "");
}

TEST_CASE("A body comes whole by length, in chunks, and until the end") {
    for (const char* rest :
         {"Content-Length: 11\r\n\r\nhello world",
          "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\nX-Trailer: 1\r\n\r\n",
          "\r\nhello world"}) {
        CAPTURE(rest);
        const auto result = answered_with(std::string("HTTP/1.1 200 OK\r\n") + rest);
        REQUIRE(result);
        CHECK(result->response.body == "hello world");
    }
    CHECK(answered_with("HTTP/1.0 200 OK\r\n\r\nhello world").value().response.body ==
          "hello world");
}

TEST_CASE("A gzip body is unpacked, and the fields that told of the packing are gone") {
    for (const char* encoding : {"gzip", "GZIP", "x-gzip"}) {
        const auto result = answered_with(gzip_answer(test::gzip("hello world"), encoding));
        REQUIRE(result);
        CHECK(result->response.body == "hello world");
        CHECK(result->response.headers.find("content-encoding") == std::nullopt);
        CHECK(result->response.headers.find("content-length") == std::nullopt);
    }
    CHECK(answered_with(gzip_answer("hello", "identity")).value().response.body == "hello");
    CHECK(answered_with(gzip_answer("")).value().response.body.empty());
}

TEST_CASE("A body in an encoding that we do not know, or a damaged one, is malformed") {
    for (const std::string& bytes :
         {gzip_answer("hello", "br"), gzip_answer("hello", "gzip, gzip"), gzip_answer("hello"),
          gzip_answer(test::gzip("hello world").substr(0, 20)),
          gzip_answer(test::gzip("hello"), "gzip\r\nContent-Encoding: gzip")}) {
        CAPTURE(bytes);
        const auto result = answered_with(bytes);
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == FailureKind::malformed);
        CHECK(result.error().step == Step::body);
        CHECK(result.error().request_left);
    }
}

TEST_CASE("Interim answers are passed over") {
    const auto result = answered_with(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    REQUIRE(result);
    CHECK(result->response.status == 200);
    CHECK(result->response.body == "hi");
    CHECK(result->response.headers.find("link") == std::nullopt);
}

TEST_CASE("Ten interim answers pass, eleven are malformed") {
    const std::string end = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    std::string interim;
    for (int i = 0; i < 10; ++i)
        interim += "HTTP/1.1 100 Continue\r\n\r\n";
    CHECK(answered_with(interim + end).has_value());
    const auto result = answered_with("HTTP/1.1 100 Continue\r\n\r\n" + interim + end);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == FailureKind::malformed);
}

TEST_CASE("What is not HTTP is malformed") {
    for (const char* bytes :
         {"hello\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"}) {
        CAPTURE(bytes);
        const auto result = answered_with(bytes);
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == FailureKind::malformed);
        CHECK(result.error().step == Step::head);
        CHECK(result.error().request_left);
    }
}

TEST_CASE("Bad chunks are malformed") {
    for (const char* chunks : {"x\r\nhello\r\n", "5\r\nhelloworld\r\n", "ffffffffffffffffff\r\n"}) {
        CAPTURE(chunks);
        const auto result = answered_with(
            std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") + chunks);
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == FailureKind::malformed);
        CHECK(result.error().step == Step::body);
    }
}

TEST_CASE("An answer that is cut anywhere is closed, and never a whole one") {
    for (const std::string& whole :
         {std::string("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
          std::string(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
          std::string("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            CAPTURE(whole.substr(0, size));
            const auto result = answered_with(whole.substr(0, size));
            REQUIRE_FALSE(result);
            CHECK(result.error().kind == FailureKind::closed);
            const bool in_body = whole.substr(0, size).find("200 OK\r\n") != std::string::npos &&
                                 whole.substr(0, size).find("\r\n\r\n") != std::string::npos;
            CHECK(result.error().step == (in_body ? Step::body : Step::head));
            CHECK(result.error().request_left);
        }
        CHECK(answered_with(whole).has_value());
    }
}

}  // namespace seqload::net
