#include "seqload/net/failure.hpp"

#include "seqload/base/joined.hpp"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>

namespace seqload::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

// The peer said no more, in an orderly way or not.
bool is_end_of_stream(const boost::system::error_code& code) {
    return code == asio::error::eof || code == asio::ssl::error::stream_truncated ||
           code == http::error::end_of_stream || code == http::error::partial_message;
}

bool is_end_of_connection(const boost::system::error_code& code) {
    return is_end_of_stream(code) || code == asio::error::connection_reset ||
           code == asio::error::connection_aborted || code == asio::error::broken_pipe ||
           code == asio::error::not_connected || code == asio::error::bad_descriptor;
}

bool is_over_a_limit(const boost::system::error_code& code) {
    return code == http::error::body_limit || code == http::error::header_limit ||
           code == http::error::buffer_overflow;
}

bool is_from_http(const boost::system::error_code& code) {
    return code.category() == http::make_error_code(http::error::bad_line_ending).category();
}

FailureKind kind_of(Step step, const boost::system::error_code& code) {
    if (code == asio::error::timed_out)
        return FailureKind::timed_out;
    if (code == asio::error::operation_aborted)
        return FailureKind::cancelled;
    switch (step) {
        case Step::resolve:
            return FailureKind::unresolved;
        case Step::connect:
            return FailureKind::unreachable;
        case Step::tls:
            return FailureKind::tls_failed;
        case Step::proxy:
        case Step::write:
        case Step::head:
        case Step::body:
            break;
    }
    if (is_end_of_connection(code))
        return FailureKind::closed;
    if (is_over_a_limit(code))
        return FailureKind::too_large;
    return is_from_http(code) ? FailureKind::malformed : FailureKind::closed;
}

std::string reason(FailureKind kind, const boost::system::error_code& code) {
    if (kind == FailureKind::timed_out || kind == FailureKind::cancelled)
        return std::string(name(kind));
    if (is_end_of_stream(code))
        return "the peer closed the connection";
    if (code == http::error::body_limit)
        return "the body is over the limit";
    if (is_over_a_limit(code))
        return "the header is over the limit";
    if (is_from_http(code))
        return "it is no valid HTTP: " + code.message();
    return code.message();
}

}  // namespace

std::string_view name(Step step) {
    switch (step) {
        case Step::resolve:
            return "looking up the name";
        case Step::connect:
            return "connecting";
        case Step::proxy:
            return "asking the proxy";
        case Step::tls:
            return "setting up TLS";
        case Step::write:
            return "sending the request";
        case Step::head:
            return "waiting for the answer";
        case Step::body:
            return "reading the answer";
    }
    std::unreachable();
}

std::string_view name(FailureKind kind) {
    switch (kind) {
        case FailureKind::unresolved:
            return "unresolved";
        case FailureKind::unreachable:
            return "unreachable";
        case FailureKind::proxy_refused:
            return "proxy refused";
        case FailureKind::certificate_refused:
            return "certificate refused";
        case FailureKind::tls_failed:
            return "TLS failed";
        case FailureKind::timed_out:
            return "timed out";
        case FailureKind::closed:
            return "closed";
        case FailureKind::malformed:
            return "malformed";
        case FailureKind::too_large:
            return "too large";
        case FailureKind::cancelled:
            return "cancelled";
    }
    std::unreachable();
}

Failure failure_from(Step step, const boost::system::error_code& code, std::string_view host) {
    Failure failure;
    failure.kind = kind_of(step, code);
    failure.step = step;
    const bool may_have_been_whole =
        failure.kind == FailureKind::timed_out || failure.kind == FailureKind::cancelled;
    failure.request_left =
        step == Step::head || step == Step::body || (step == Step::write && may_have_been_whole);
    failure.what = joined(host, ": ", name(step), ": ", reason(failure.kind, code));
    return failure;
}

}  // namespace seqload::net
