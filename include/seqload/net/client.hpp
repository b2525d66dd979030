#pragma once

// A pool of connections to one endpoint that carries requests and brings back
// whole answers. Keep-alive, TLS 1.2 or later with the certificate and the host
// name always verified, a deadline for each step, limits on what is read.
//
// It never sends a request twice unless it is certain that the first sending
// was cut short, and never follows a redirect. It knows nothing of keys: it
// writes the header fields that it is given, and puts none of them in a message.
//
// Everything happens on the executor given, which must be one thread or one
// strand; all calls are to be made on it.

#include "seqload/base/error.hpp"
#include "seqload/net/authorities.hpp"
#include "seqload/net/endpoint.hpp"
#include "seqload/net/failure.hpp"
#include "seqload/net/message.hpp"
#include "seqload/net/proxy.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace seqload::net {

struct ClientOptions {
    Endpoint endpoint;
    unsigned connections = 4;  // at once
    // For each of: name and connection, proxy and TLS, request and answer. Real time.
    std::chrono::milliseconds timeout = std::chrono::seconds(60);
    std::size_t header_limit = 64 * 1024;       // the fields; as much again for the status line
    std::size_t body_limit = 64 * 1024 * 1024;  // as sent, and again when unpacked
    std::optional<Proxy> proxy = std::nullopt;
    std::string ca_file;  // PEM; trusted besides the system's; empty: none
    // That file's and the system's, where they are being read already; null: when the client is
    // made.
    std::shared_ptr<const Authorities> authorities = nullptr;
    // A connection that was idle for longer is dropped at the next exchange: front
    // ends close theirs after about a minute, and a request that meets the close is
    // in doubt.
    std::chrono::milliseconds idle_limit = std::chrono::seconds(30);
};

struct Exchange {
    Response response;
    std::chrono::nanoseconds latency{};  // from the first byte written to the last one read
};

// Of HTTP messages as they were sent, headers included, TLS not.
struct Traffic {
    std::uint64_t bytes_sent = 0;
    std::uint64_t bytes_received = 0;
    std::uint64_t connections_opened = 0;
    std::uint64_t tls_sessions_resumed = 0;
};

class Client {
public:
    // Error: usage, if the endpoint speaks TLS and ca_file cannot be used. Options without a
    // connection are a broken promise.
    static Result<std::unique_ptr<Client>> create(const boost::asio::any_io_executor& executor,
                                                  const ClientOptions& options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Waits for a free connection, sends, reads. The request must outlive the call.
    // An answer of any status is an Exchange. A request that would break the framing
    // (a line break in the target or in a field) is a broken promise.
    // If the coroutine is cancelled, the exchange ends as cancelled.
    boost::asio::awaitable<std::expected<Exchange, Failure>> exchange(const Request& request);

    // Says good-bye on the idle connections, and waits for nobody. An exchange under
    // way goes on; one that has not begun, now or later, ends as cancelled.
    boost::asio::awaitable<void> close();

    Traffic traffic() const;

private:
    class Pool;

    explicit Client(std::shared_ptr<Pool> pool);

    std::shared_ptr<Pool> pool_;  // an exchange under way holds it, too
};

}  // namespace seqload::net
