#pragma once

// Why an exchange brought no answer, and whether the request may have been
// carried out all the same.

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/system/error_code.hpp>

namespace seqload::net {

enum class Step : std::uint8_t { resolve, connect, proxy, tls, write, head, body };

// "looking up the name", "connecting" …
std::string_view name(Step step);

enum class FailureKind : std::uint8_t {
    unresolved,           // the name has no address
    unreachable,          // no address took the connection
    proxy_refused,        // the proxy answered CONNECT with something else than 2xx
    certificate_refused,  // the peer's certificate does not verify
    tls_failed,           // no TLS with this peer
    timed_out,
    closed,     // the connection ended in the midst of the exchange
    malformed,  // what came is not HTTP, or in an encoding that we do not know
    too_large,  // over the limit for the header or the body
    cancelled,  // the caller's coroutine was cancelled, or the client closed
};

std::string_view name(FailureKind kind);

struct Failure {
    FailureKind kind = FailureKind::unreachable;
    Step step = Step::connect;
    // Whether the request may have left this machine whole. False only where it
    // is certain that the peer cannot have got all of it.
    bool request_left = false;
    std::string what;  // one line for a person, with host and port

    bool operator==(const Failure&) const = default;
};

// The failure that an error code at a step stands for:
//   - a timer's code is timed_out, an aborted operation cancelled, at every step
//   - at resolve everything else is unresolved, at connect unreachable, at tls
//     tls_failed
//   - an end of the stream, a reset or a broken pipe is closed; a limit is
//     too_large; any other code of the HTTP reader is malformed; the rest is closed
// A request has left if the step came after the writing, or if the writing timed
// out or was cancelled: that may happen in the moment in which the last byte
// goes. Any other failure to write means that some bytes were refused.
Failure failure_from(Step step, const boost::system::error_code& code, std::string_view host);

}  // namespace seqload::net
