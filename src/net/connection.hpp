#pragma once

// One connection to the endpoint: set up step by step, then one exchange after
// another. Each step has its deadline; after a failure it can only be thrown away.

#include "http_message.hpp"
#include "seqload/net/client.hpp"
#include "seqload/net/deadline.hpp"
#include "seqload/net/dial.hpp"
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
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace seqload::net {

// What the connections of one client have in common.
struct Common {
    ClientOptions options;
    std::unique_ptr<TlsContext> tls;  // null for plain http
    Traffic traffic;
    std::optional<boost::asio::ip::address> last_good;  // took our last connection
};

class Connection {
public:
    // common must outlive the connection.
    Connection(const boost::asio::any_io_executor& loop, Common& common);

    // Name, connection, proxy, TLS. nullopt: it is ready.
    boost::asio::awaitable<std::optional<Failure>> open();

    boost::asio::awaitable<std::expected<Exchange, Failure>> exchange(const Request& request);

    // Whether another exchange may follow: both sides said so and nothing is left over.
    bool reusable() const { return reusable_; }

    // Whether the peer has closed it or said something unasked while it was idle.
    // New TLS sessions that came meanwhile are taken in; they are no fault.
    bool is_stale();

    std::chrono::steady_clock::time_point idle_since() const { return idle_since_; }

    // Ends it: TLS says good-bye, and waits for nobody. A session that ends without
    // that word is never taken up again.
    void close();

private:
    using Socket = boost::asio::ip::tcp::socket;
    using TlsStream = boost::beast::ssl_stream<Socket>;

    Socket& socket();
    Deadline deadline();
    boost::asio::awaitable<std::optional<Failure>> connect();
    boost::asio::awaitable<std::optional<Failure>> ask_proxy(const Deadline& deadline);
    boost::asio::awaitable<std::optional<Failure>> set_up_tls(const Deadline& deadline);

    // Sends what to_http() has made, and reads the answer; that to HEAD has no body.
    template <class Stream>
    boost::asio::awaitable<std::expected<HttpResponse, Failure>> talk(Stream& stream,
                                                                      const std::string& request,
                                                                      bool is_head,
                                                                      const Deadline& deadline);

    boost::asio::any_io_executor loop_;
    Common& common_;
    const ClientOptions& options_;
    std::string peer_;   // the endpoint, for messages
    std::string proxy_;  // the proxy, for messages
    std::variant<Socket, TlsStream> stream_;
    boost::beast::flat_buffer buffer_;  // read and not yet parsed
    bool reusable_ = false;
    std::chrono::steady_clock::time_point idle_since_;
};

}  // namespace seqload::net
