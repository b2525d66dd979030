#pragma once

// One connection, from the first byte to the last.

#include "seqload/base/clock.hpp"
#include "seqload/sandbox/service.hpp"

#include <cstdint>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace seqload::sandbox {

struct ConnectionContext {
    Service& service;
    const Clock& clock;
    std::uint32_t number = 0;
};

boost::asio::awaitable<void> serve_tls(boost::asio::ip::tcp::socket socket,
                                       boost::asio::ssl::context& tls, ConnectionContext place);

boost::asio::awaitable<void> serve_plain(boost::asio::ip::tcp::socket socket,
                                         ConnectionContext place);

}  // namespace seqload::sandbox
