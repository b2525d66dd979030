#pragma once

// An HTTP request and its answer as the rooms above the wire see them: no socket,
// no host, no library's types. Host, Content-Length, Connection and what the
// transfer itself needs are added and taken away by whoever carries them.

#include "seqload/base/header_fields.hpp"

#include <string>

namespace seqload::net {

struct Request {
    std::string method;  // "POST"
    std::string target;  // path and query, percent-encoded: "/api/v1/…"
    HeaderFields headers;
    std::string body;
};

struct Response {
    unsigned status = 0;
    HeaderFields headers;
    std::string body;  // whole, and unpacked
};

}  // namespace seqload::net
