#pragma once

// Between our messages and those on the wire: what is added to a request before it goes,
// and what is taken off an answer before anyone sees it.

#include "seqload/net/endpoint.hpp"
#include "seqload/net/failure.hpp"
#include "seqload/net/message.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace seqload::net {

using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

// The request as it goes over the wire: with Host, Content-Length and Accept-Encoding; the
// request's own fields of these names do not count. Throws std::invalid_argument for a method,
// target or field that would break the framing; the text says which, and not what it holds.
std::string to_http(const Request& request, const Endpoint& endpoint);

// With the body unpacked, up to the limit, and without the fields that describe
// how it was sent. peer: for messages.
std::expected<Response, Failure> from_http(HttpResponse message, std::size_t body_limit,
                                           std::string_view peer);

// The failure of an answer that we cannot take, though it came.
Failure malformed_answer(Step step, std::string_view peer, std::string_view what);

}  // namespace seqload::net
