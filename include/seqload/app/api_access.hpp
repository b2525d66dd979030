#pragma once

// What a command needs to speak to Apollo, checked before anything is read or
// recorded: where to, through what, with whose key.

#include "seqload/apollo/credentials.hpp"
#include "seqload/app/options.hpp"
#include "seqload/base/error.hpp"
#include "seqload/net/client.hpp"
#include "seqload/net/proxy.hpp"

#include <string>

namespace seqload::app {

struct ApiAccess {
    net::ClientOptions client;
    apollo::Credentials credentials;
};

// From here on the process holds the key, and leaves no core dump. Errors: usage,
// for an address, a proxy or a time scale that cannot be, and for a missing key.
Result<ApiAccess> open_api(const std::string& api_url, const ConnectionOptions& connection,
                           const net::Environment& environment);

}  // namespace seqload::app
