#include "seqload/net/failure.hpp"

#include <array>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>
#include <doctest/doctest.h>

namespace seqload::net {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Code = boost::system::error_code;

constexpr std::array all_steps{Step::resolve, Step::connect, Step::proxy, Step::tls,
                               Step::write,   Step::head,    Step::body};

FailureKind kind(Step step, const Code& code) {
    return failure_from(step, code, "host:443").kind;
}

bool request_left(Step step, const Code& code) {
    return failure_from(step, code, "host:443").request_left;
}

}  // namespace

TEST_CASE("A timer's code is a time-out, and an aborted operation a cancellation, at every step") {
    for (const Step step : all_steps) {
        CAPTURE(name(step));
        CHECK(kind(step, asio::error::timed_out) == FailureKind::timed_out);
        CHECK(kind(step, asio::error::operation_aborted) == FailureKind::cancelled);
    }
}

TEST_CASE("Before TLS stands, the step tells the kind") {
    for (const Code& code : {Code(asio::error::host_not_found), Code(asio::error::eof),
                             Code(asio::error::connection_refused), Code(asio::error::no_data)}) {
        CAPTURE(code.message());
        CHECK(kind(Step::resolve, code) == FailureKind::unresolved);
        CHECK(kind(Step::connect, code) == FailureKind::unreachable);
        CHECK(kind(Step::tls, code) == FailureKind::tls_failed);
    }
}

TEST_CASE("From then on the code tells it") {
    for (const Step step : {Step::proxy, Step::write, Step::head, Step::body}) {
        CAPTURE(name(step));
        for (const Code& code :
             {Code(asio::error::eof), Code(asio::error::connection_reset),
              Code(asio::error::broken_pipe), Code(asio::error::connection_aborted),
              Code(asio::error::not_connected), Code(asio::error::bad_descriptor),
              Code(asio::ssl::error::stream_truncated), Code(http::error::end_of_stream),
              Code(http::error::partial_message), Code(asio::error::host_unreachable)}) {
            CAPTURE(code.message());
            CHECK(kind(step, code) == FailureKind::closed);
        }
        for (const Code& code : {Code(http::error::body_limit), Code(http::error::header_limit),
                                 Code(http::error::buffer_overflow)}) {
            CAPTURE(code.message());
            CHECK(kind(step, code) == FailureKind::too_large);
        }
        for (const Code& code : {Code(http::error::bad_chunk), Code(http::error::bad_status),
                                 Code(http::error::bad_version)}) {
            CAPTURE(code.message());
            CHECK(kind(step, code) == FailureKind::malformed);
        }
    }
}

TEST_CASE("A request has not left before it was written, and has left after") {
    for (const Code& code : {Code(asio::error::timed_out), Code(asio::error::operation_aborted),
                             Code(asio::error::connection_reset)}) {
        CAPTURE(code.message());
        for (const Step step : {Step::resolve, Step::connect, Step::proxy, Step::tls}) {
            CAPTURE(name(step));
            CHECK_FALSE(request_left(step, code));
        }
        CHECK(request_left(Step::head, code));
        CHECK(request_left(Step::body, code));
    }
}

TEST_CASE("While it is written, only a refused byte is certain") {
    CHECK_FALSE(request_left(Step::write, asio::error::broken_pipe));
    CHECK_FALSE(request_left(Step::write, asio::error::connection_reset));
    CHECK(request_left(Step::write, asio::error::timed_out));
    CHECK(request_left(Step::write, asio::error::operation_aborted));
}

TEST_CASE("What happened is told in one line with host and step") {
    CHECK(failure_from(Step::head, asio::error::timed_out, "h:443").what ==
          "h:443: waiting for the answer: timed out");
    CHECK(failure_from(Step::body, http::error::partial_message, "h:443").what ==
          "h:443: reading the answer: the peer closed the connection");
    CHECK(failure_from(Step::connect, asio::error::connection_refused, "h:443").what ==
          "h:443: connecting: Connection refused");
    CHECK(failure_from(Step::head, http::error::header_limit, "h:443").what ==
          "h:443: waiting for the answer: the header is over the limit");
    CHECK(failure_from(Step::body, http::error::body_limit, "h:443").what ==
          "h:443: reading the answer: the body is over the limit");
    CHECK(failure_from(Step::body, http::error::bad_chunk, "h:443").what ==
          "h:443: reading the answer: it is no valid HTTP: bad chunk");
}

TEST_CASE("Steps and kinds have names") {
    CHECK(name(Step::resolve) == "looking up the name");
    CHECK(name(Step::body) == "reading the answer");
    CHECK(name(FailureKind::certificate_refused) == "certificate refused");
    CHECK(name(FailureKind::cancelled) == "cancelled");
}

}  // namespace seqload::net
