#pragma once

// Where the key is found: --api-key-file, APOLLO_API_KEY, the systemd credential
// apollo-api-key, or an OAuth token in APOLLO_ACCESS_TOKEN, in this order.

#include "seqload/apollo/credentials.hpp"
#include "seqload/base/error.hpp"
#include "seqload/net/proxy.hpp"

#include <string>

namespace seqload::app {

// Errors: usage, saying where a key could be put; never what it is.
Result<apollo::Credentials> find_credentials(const std::string& api_key_file,
                                             const net::Environment& environment);

}  // namespace seqload::app
