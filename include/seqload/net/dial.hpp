#pragma once

// From a name to a connected socket: looking up the addresses and trying them
// in turn. Only on the loop.

#include "seqload/net/failure.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace seqload::net {

using Addresses = std::vector<boost::asio::ip::tcp::endpoint>;

// The addresses of a host, in the system's order of preference (RFC 6724); never
// empty. An address stands for itself without a look-up, and localhost for the
// loopback addresses (RFC 6761, section 6.3): whoever is given the key must not be
// somebody else because a resolver says so, nor nobody for want of /etc/hosts.
// At the deadline the look-up is left to itself: the system's cannot be ended,
// and goes on on a thread of the loop's.
boost::asio::awaitable<std::expected<Addresses, Failure>> look_up(
    boost::asio::any_io_executor loop, const std::string& host, const std::string& port,
    std::chrono::steady_clock::time_point deadline);

// Leaves the addresses of this machine's own.
void keep_loopback_only(Addresses& addresses);

// Puts an address, if it is among them, before the others; these keep their order.
void put_first(Addresses& addresses, const std::optional<boost::asio::ip::address>& address);

// Connects the socket to the first address that takes the connection; each gets
// its turn (AddressTurns). peer: for messages. The failure says how every address
// fared. On success Nagle's delay is off and the kernel probes a silent peer.
boost::asio::awaitable<std::optional<Failure>> connect_in_turn(
    boost::asio::ip::tcp::socket& socket, const Addresses& addresses, const std::string& peer,
    std::chrono::steady_clock::time_point deadline);

}  // namespace seqload::net
