#pragma once

// Where the API is: scheme, host and port of --api-url.

#include "seqload/base/error.hpp"

#include <string>
#include <string_view>

namespace seqload::net {

struct Endpoint {
    bool tls = true;
    std::string host;  // a name, or an address without brackets
    std::string port;

    // For the Host field and CONNECT: brackets around an IPv6 address, the port
    // only where it is not the scheme's own (RFC 9110, section 7.2).
    std::string authority() const;
    // "host:port", for messages and for CONNECT (RFC 9110, section 9.3.6).
    std::string host_and_port() const;

    bool operator==(const Endpoint&) const = default;
};

// https, or http to a loopback address only. Errors: usage, for anything that is
// not scheme, host and port; the path /api/v1 is seqload's own.
Result<Endpoint> parse_endpoint(std::string_view api_url);

// localhost, 127.0.0.0/8, ::1.
bool is_loopback(std::string_view host);

// An IPv4 or IPv6 address and no name.
bool is_address(std::string_view host);

// An address without a zone, or a name of letters, digits, '-', '_' and dots
// between them, 253 characters at most: it may stand in a header field and in a
// certificate (RFC 1123, section 2.1; the underscore is for private networks).
bool is_host(std::string_view host);

// A decimal number from 1 to 65535, without zeros in front.
bool is_port(std::string_view port);

}  // namespace seqload::net
