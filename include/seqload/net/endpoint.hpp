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

}  // namespace seqload::net
