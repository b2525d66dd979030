#include "connection.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/err.h>

namespace seqload::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

// Interim answers (RFC 9110, section 15.2) that are passed over; more are no HTTP.
constexpr int interim_answers_at_most = 10;

// Beast reads as much at once as the buffer has room for: a few TLS records.
constexpr std::size_t read_at_once = std::size_t{64} * 1024;

bool is_interim(unsigned status) {
    return status >= 100 && status < 200 && status != 101;
}

}  // namespace

Connection::Connection(const asio::any_io_executor& loop, Common& common)
    : loop_(loop),
      common_(common),
      options_(common.options),
      peer_(options_.endpoint.host_and_port()),
      stream_(std::in_place_type<Socket>, loop),
      // A bound on what Beast does not count: the extensions and trailers of chunks.
      buffer_(options_.header_limit + read_at_once) {
    buffer_.reserve(read_at_once);
    if (options_.proxy)
        proxy_ = joined("proxy ", printable(options_.proxy->host), ":", options_.proxy->port);
}

Connection::Socket& Connection::socket() {
    if (auto* tls = std::get_if<TlsStream>(&stream_))
        return tls->next_layer();
    return std::get<Socket>(stream_);
}

// For the step that begins now. It closes the socket, and with it ends whatever waits.
Deadline Connection::deadline() {
    return Deadline(loop_, std::chrono::steady_clock::now() + options_.timeout, [this] {
        boost::system::error_code ignored;
        socket().close(ignored);
    });
}

asio::awaitable<std::optional<Failure>> Connection::open() {
    auto failure = co_await connect();
    if (failure)
        co_return failure;
    ++common_.traffic.connections_opened;
    const Deadline limit = deadline();
    if (options_.proxy) {
        failure = co_await ask_proxy(limit);
        if (failure)
            co_return failure;
    }
    if (options_.endpoint.tls)
        failure = co_await set_up_tls(limit);
    co_return failure;
}

asio::awaitable<std::optional<Failure>> Connection::connect() {
    const auto limit = std::chrono::steady_clock::now() + options_.timeout;
    const std::string& host = options_.proxy ? options_.proxy->host : options_.endpoint.host;
    const std::string& port = options_.proxy ? options_.proxy->port : options_.endpoint.port;
    const std::string& peer = options_.proxy ? proxy_ : peer_;

    auto addresses = co_await look_up(loop_, host, port, limit);
    if (!addresses)
        co_return std::move(addresses.error());
    if (!options_.endpoint.tls)  // whatever a name server says
        keep_loopback_only(*addresses);
    if (addresses->empty()) {
        co_return Failure{FailureKind::unreachable, Step::connect, false,
                          peer + ": it has no loopback address, and http:// is for these only"};
    }
    put_first(*addresses, common_.last_good);  // a dead one costs its time only once
    auto failure = co_await connect_in_turn(socket(), *addresses, peer, limit);
    common_.last_good.reset();
    if (!failure) {
        boost::system::error_code ignored;
        common_.last_good = socket().remote_endpoint(ignored).address();
    }
    co_return failure;
}

// CONNECT, RFC 9110, section 9.3.6.
asio::awaitable<std::optional<Failure>> Connection::ask_proxy(const Deadline& deadline) {
    http::request<http::empty_body> request(http::verb::connect, peer_, 11);
    request.set(http::field::host, peer_);
    if (!options_.proxy->authorization.empty())
        request.set(http::field::proxy_authorization, options_.proxy->authorization);
    const auto [unsent, sent] = co_await http::async_write(socket(), request, as_values);
    if (unsent)
        co_return failure_from(Step::proxy, deadline.judged(unsent), proxy_);

    http::response_parser<http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.header_limit));
    parser.skip(true);  // what follows is the tunnel, whatever the fields say
    const auto [unread, read] =
        co_await http::async_read_header(socket(), buffer_, parser, as_values);
    if (unread)
        co_return failure_from(Step::proxy, deadline.judged(unread), proxy_);
    const unsigned status = parser.get().result_int();
    if (status / 100 != 2) {
        co_return Failure{FailureKind::proxy_refused, Step::proxy, false,
                          joined(proxy_, ": answered ", std::to_string(status), " ",
                                 printable(std::string(parser.get().reason())),
                                 status == 407 ? ": it asks for a user name and a password" : "")};
    }
    if (buffer_.size() > 0) {
        co_return Failure{FailureKind::malformed, Step::proxy, false,
                          proxy_ + ": spoke before it was spoken to"};
    }
    co_return std::nullopt;
}

asio::awaitable<std::optional<Failure>> Connection::set_up_tls(const Deadline& deadline) {
    Socket connected = std::move(std::get<Socket>(stream_));
    auto& stream = stream_.emplace<TlsStream>(std::move(connected), common_.tls->context());
    common_.tls->prepare(stream.native_handle(), options_.endpoint.host);
    ERR_clear_error();
    const auto [code] = co_await stream.async_handshake(asio::ssl::stream_base::client, as_values);
    if (code) {
        co_return common_.tls->handshake_failure(stream.native_handle(), deadline.judged(code),
                                                 peer_);
    }
    if (SSL_session_reused(stream.native_handle()) == 1)
        ++common_.traffic.tls_sessions_resumed;
    co_return std::nullopt;
}

asio::awaitable<std::expected<Exchange, Failure>> Connection::exchange(const Request& request) {
    const std::string message = to_http(request, options_.endpoint);
    const bool is_head = request.method == "HEAD";
    reusable_ = false;
    const Deadline limit = deadline();
    const auto start = std::chrono::steady_clock::now();
    std::expected<HttpResponse, Failure> answer;
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        answer = co_await talk(*tls, message, is_head, limit);
    } else {
        answer = co_await talk(std::get<Socket>(stream_), message, is_head, limit);
    }
    if (!answer)
        co_return std::unexpected(std::move(answer.error()));
    idle_since_ = std::chrono::steady_clock::now();
    auto response = from_http(std::move(*answer), options_.body_limit, peer_);
    if (!response)
        co_return std::unexpected(std::move(response.error()));
    co_return Exchange{std::move(*response), idle_since_ - start};
}

template <class Stream>
asio::awaitable<std::expected<HttpResponse, Failure>> Connection::talk(Stream& stream,
                                                                       const std::string& request,
                                                                       bool is_head,
                                                                       const Deadline& deadline) {
    const auto [unsent, sent] =
        co_await asio::async_write(stream, asio::buffer(request), as_values);
    common_.traffic.bytes_sent += sent;
    if (unsent)
        co_return std::unexpected(failure_from(Step::write, deadline.judged(unsent), peer_));

    std::optional<http::response_parser<http::string_body>> parser;
    for (int interim = 0; !parser || is_interim(parser->get().result_int()); ++interim) {
        if (interim > interim_answers_at_most) {
            co_return std::unexpected(
                malformed_answer(Step::head, peer_, "interim answers without end"));
        }
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(options_.header_limit));
        parser->body_limit(options_.body_limit);
        parser->skip(is_head);
        const auto [unread, read] =
            co_await http::async_read_header(stream, buffer_, *parser, as_values);
        common_.traffic.bytes_received += read;
        if (unread)
            co_return std::unexpected(failure_from(Step::head, deadline.judged(unread), peer_));
    }
    if (parser->get().result_int() < 200) {
        co_return std::unexpected(
            malformed_answer(Step::head, peer_, "it changes to another protocol unasked"));
    }
    const auto [unread, read] = co_await http::async_read(stream, buffer_, *parser, as_values);
    common_.traffic.bytes_received += read;
    if (unread)
        co_return std::unexpected(failure_from(Step::body, deadline.judged(unread), peer_));

    reusable_ = parser->keep_alive() && buffer_.size() == 0;
    co_return parser->release();
}

bool Connection::is_stale() {
    boost::system::error_code code;
    if (!socket().non_blocking())  // it remembers, and need not ask the system
        socket().non_blocking(true, code);
    if (code)
        return true;
    char byte = 0;
    const auto one = asio::buffer(&byte, 1);
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        tls->read_some(one, code);
    } else {
        socket().read_some(one, code);
    }
    // Nothing to read and still open is the only good answer. A byte would be an
    // answer that nobody asked for (a 408 of the front end's).
    return code != asio::error::would_block;
}

void Connection::close() {
    boost::system::error_code ignored;
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        // Without blocking, this sends close_notify and does not wait for the peer's.
        socket().non_blocking(true, ignored);
        tls->shutdown(ignored);
    }
    socket().close(ignored);
}

}  // namespace seqload::net
