#pragma once

// One connection to the endpoint: set up step by step, then one exchange after
// another. Each step has its deadline; after a failure it can only be thrown away.

#include "seqload/net/client.hpp"
#include "tls_context.hpp"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace seqload::net {

class Connection {
public:
    // Everything must outlive the connection.
    Connection(const boost::asio::any_io_executor& executor, const ClientOptions& options,
               TlsContext& tls, Traffic& traffic);

    // Name, connection, proxy, TLS. nullopt: it is ready.
    boost::asio::awaitable<std::optional<Failure>> open();

    boost::asio::awaitable<std::expected<Exchange, Failure>> exchange(const Request& request);

    // Whether another exchange may follow: both sides said so and nothing is left over.
    bool reusable() const { return reusable_; }

    // Whether the peer has closed it or said something unasked while it was idle.
    bool is_stale();

    std::chrono::steady_clock::time_point idle_since() const { return idle_since_; }

    boost::asio::awaitable<void> close(std::chrono::milliseconds at_most);

private:
    using PlainStream = boost::beast::tcp_stream;
    using TlsStream = boost::beast::ssl_stream<PlainStream>;
    using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

    PlainStream& socket();
    boost::asio::awaitable<std::optional<Failure>> connect(const std::string& host,
                                                           const std::string& port);
    boost::asio::awaitable<std::optional<Failure>> ask_proxy();
    boost::asio::awaitable<std::optional<Failure>> set_up_tls();
    Failure handshake_failure(const boost::system::error_code& code);

    template <class Stream>
    boost::asio::awaitable<std::expected<Exchange, Failure>> talk(Stream& stream,
                                                                  HttpRequest& request);
    std::expected<Exchange, Failure> unpacked(
        boost::beast::http::response<boost::beast::http::string_body> message) const;

    boost::asio::any_io_executor executor_;
    const ClientOptions& options_;
    TlsContext& tls_;
    Traffic& traffic_;
    std::string host_;  // the endpoint, for messages
    std::variant<PlainStream, TlsStream> stream_;
    bool reusable_ = false;
    std::chrono::steady_clock::time_point idle_since_;
};

}  // namespace seqload::net
