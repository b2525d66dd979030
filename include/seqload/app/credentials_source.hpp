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

// Whether the file at that path can be read by everybody on this machine: to be warned about.
// False for no file, and for a pipe.
bool others_can_read(const std::string& path);

}  // namespace seqload::app
