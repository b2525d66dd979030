#include "seqload/sandbox/server.hpp"

#include "connection.hpp"
#include "seqload/base/joined.hpp"

#include <list>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::sandbox {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Server::Implementation {
    Implementation(asio::io_context& used_context, Service& used_service, const Clock& used_clock)
        : context(used_context), service(used_service), clock(used_clock) {}

    asio::io_context& context;
    Service& service;
    const Clock& clock;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    std::list<tcp::acceptor> acceptors;
    std::uint32_t connections = 0;

    asio::awaitable<void> accept(tcp::acceptor& acceptor, bool with_tls);
};

namespace {

void set_up(asio::ssl::context& tls, const Identity& identity) {
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                    asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                    asio::ssl::context::no_tlsv1_1);
    tls.use_certificate_chain(asio::buffer(identity.certificate));
    tls.use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
    // Sessions are resumed by ticket; without a name for itself a server refuses them.
    constexpr std::string_view session_context = "apollo-sandbox";
    SSL_CTX_set_session_id_context(tls.native_handle(),
                                   reinterpret_cast<const unsigned char*>(session_context.data()),
                                   static_cast<unsigned>(session_context.size()));
    SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);
}

}  // namespace

Server::Server(asio::io_context& context, Service& service, const Clock& clock,
               const Identity& identity)
    : implementation_(std::make_unique<Implementation>(context, service, clock)) {
    set_up(implementation_->tls, identity);
}

Server::~Server() = default;

asio::awaitable<void> Server::Implementation::accept(tcp::acceptor& acceptor, bool with_tls) {
    while (true) {
        boost::system::error_code error;
        tcp::socket socket(context);
        co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted)
            co_return;
        if (error)  // out of descriptors, or the peer is gone already: the next one may be better
            continue;
        const ConnectionContext place{service, clock, ++connections};
        if (with_tls)
            asio::co_spawn(context, serve_tls(std::move(socket), tls, place), asio::detached);
        else
            asio::co_spawn(context, serve_plain(std::move(socket), place), asio::detached);
    }
}

Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port,
                                     bool with_tls) {
    boost::system::error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error || !parsed.is_loopback())
        return fail(ErrorKind::usage, joined("'", address, "' is not a loopback address"), "--host",
                    "the sandbox serves this machine only: use 127.0.0.1 or ::1");
    tcp::acceptor acceptor(implementation_->context);
    const tcp::endpoint endpoint(parsed, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && parsed.is_v6())
        acceptor.set_option(asio::ip::v6_only(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(ErrorKind::local_fault, joined("cannot listen: ", error.message()),
                    joined(address, ":", std::to_string(port)), "--port 0 takes a free port");
    const std::uint16_t taken = acceptor.local_endpoint().port();
    implementation_->acceptors.push_back(std::move(acceptor));
    asio::co_spawn(implementation_->context,
                   implementation_->accept(implementation_->acceptors.back(), with_tls),
                   asio::detached);
    return taken;
}

}  // namespace seqload::sandbox
