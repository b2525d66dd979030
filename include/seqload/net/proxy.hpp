#pragma once

// The proxy that the environment asks for: HTTPS_PROXY and NO_PROXY, in capitals
// or not (the lower-case one wins, as in curl).

#include "seqload/base/error.hpp"
#include "seqload/net/endpoint.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::net {

struct Proxy {
    std::string host;
    std::string port;
    std::string authorization;  // the value of Proxy-Authorization; empty: none

    bool operator==(const Proxy&) const = default;
};

// The value of an environment variable; nullopt if it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// nullopt: go straight. That is so for plain http endpoints and for hosts that
// NO_PROXY names: "*", or a list separated by commas or spaces of
//   - names, which also stand for their subdomains, with or without a leading dot
//   - addresses, and ranges of addresses (10.0.0.0/8, fd00::/8)
// the first two with or without a port (an IPv6 address with one in brackets).
// Error: usage, for a proxy that is no [http://][user:password@]host[:port]; its
// text is not repeated, as it may hold a password.
Result<std::optional<Proxy>> proxy_for(const Endpoint& endpoint, const Environment& environment);

}  // namespace seqload::net
