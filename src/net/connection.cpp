#include "connection.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/net/gunzip.hpp"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/err.h>
#include <sys/socket.h>

namespace seqload::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

// One address of several gets this long, so that a dead one leaves time for the next.
constexpr std::chrono::milliseconds one_address_at_most = std::chrono::seconds(5);

// Interim answers (RFC 9110, section 15.2) that are passed over; more are no HTTP.
constexpr int interim_answers_at_most = 10;

Failure malformed(Step step, std::string_view host, std::string_view what) {
    return {FailureKind::malformed, step, true, joined(host, ": ", name(step), ": ", what)};
}

HeaderFields fields_of(const http::fields& fields) {
    HeaderFields result;
    for (const auto& field : fields)
        result.add(std::string(field.name_string()), std::string(field.value()));
    return result;
}

}  // namespace

Connection::Connection(const asio::any_io_executor& executor, const ClientOptions& options,
                       TlsContext& tls, Traffic& traffic)
    : executor_(executor),
      options_(options),
      tls_(tls),
      traffic_(traffic),
      host_(options.endpoint.host_and_port()),
      stream_(std::in_place_type<PlainStream>, executor) {
    if (options.endpoint.tls)
        stream_.emplace<TlsStream>(PlainStream(executor), tls.context());
}

Connection::PlainStream& Connection::socket() {
    if (auto* tls = std::get_if<TlsStream>(&stream_))
        return tls->next_layer();
    return std::get<PlainStream>(stream_);
}

asio::awaitable<std::optional<Failure>> Connection::open() {
    const std::string& host = options_.proxy ? options_.proxy->host : options_.endpoint.host;
    const std::string& port = options_.proxy ? options_.proxy->port : options_.endpoint.port;
    auto failure = co_await connect(host, port);
    if (failure)
        co_return failure;
    ++traffic_.connections_opened;
    socket().expires_after(options_.timeout);
    if (options_.proxy) {
        failure = co_await ask_proxy();
        if (failure)
            co_return failure;
    }
    if (options_.endpoint.tls)
        failure = co_await set_up_tls();
    socket().expires_never();
    co_return failure;
}

asio::awaitable<std::optional<Failure>> Connection::connect(const std::string& host,
                                                            const std::string& port) {
    const auto deadline = std::chrono::steady_clock::now() + options_.timeout;
    asio::ip::tcp::resolver resolver(executor_);
    const auto [unresolved, found] = co_await resolver.async_resolve(host, port, as_values);
    if (unresolved)
        co_return failure_from(Step::resolve, unresolved, host);

    std::vector<asio::ip::tcp::endpoint> addresses;
    for (const auto& entry : found)
        addresses.push_back(entry.endpoint());
    boost::system::error_code last = asio::error::host_not_found;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            last = beast::error::timeout;
            break;
        }
        const bool is_last = i + 1 == addresses.size();
        socket().expires_after(is_last ? left : std::min(left / 2, one_address_at_most));
        std::tie(last) = co_await socket().async_connect(addresses[i], as_values);
        if (!last) {
            boost::system::error_code ignored;
            socket().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
            socket().socket().set_option(asio::socket_base::keep_alive(true), ignored);
            co_return std::nullopt;
        }
        socket().socket().close();
    }
    Failure failure = failure_from(Step::connect, last, joined(host, ":", port));
    if (addresses.size() > 1)
        failure.what += joined(" (", std::to_string(addresses.size()), " addresses tried)");
    co_return failure;
}

// CONNECT, RFC 9110, section 9.3.6.
asio::awaitable<std::optional<Failure>> Connection::ask_proxy() {
    const std::string proxy = joined("proxy ", options_.proxy->host, ":", options_.proxy->port);
    http::request<http::empty_body> request(http::verb::connect, host_, 11);
    request.set(http::field::host, host_);
    if (!options_.proxy->authorization.empty())
        request.set(http::field::proxy_authorization, options_.proxy->authorization);
    const auto [unsent, sent] = co_await http::async_write(socket(), request, as_values);
    if (unsent)
        co_return failure_from(Step::proxy, unsent, proxy);

    beast::flat_buffer buffer;
    http::response_parser<http::empty_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.header_limit));
    parser.skip(true);
    const auto [unread, read] = co_await http::async_read_header(socket(), buffer, parser, as_values);
    if (unread)
        co_return failure_from(Step::proxy, unread, proxy);
    if (parser.get().result_int() / 100 != 2) {
        co_return Failure{FailureKind::proxy_refused, Step::proxy, false,
                          joined(proxy, ": answered CONNECT with ",
                                 std::to_string(parser.get().result_int()), " ",
                                 printable(std::string(parser.get().reason())))};
    }
    if (buffer.size() > 0)
        co_return Failure{FailureKind::malformed, Step::proxy, false,
                          proxy + ": spoke before it was spoken to"};
    co_return std::nullopt;
}

asio::awaitable<std::optional<Failure>> Connection::set_up_tls() {
    auto& stream = std::get<TlsStream>(stream_);
    tls_.prepare(stream.native_handle(), options_.endpoint.host);
    ERR_clear_error();
    const auto [code] = co_await stream.async_handshake(asio::ssl::stream_base::client, as_values);
    if (code)
        co_return handshake_failure(code);
    if (SSL_session_reused(stream.native_handle()) == 1)
        ++traffic_.tls_sessions_resumed;
    co_return std::nullopt;
}

Failure Connection::handshake_failure(const boost::system::error_code& code) {
    Failure failure = failure_from(Step::tls, code, host_);
    const long verdict = SSL_get_verify_result(std::get<TlsStream>(stream_).native_handle());
    if (failure.kind != FailureKind::timed_out && verdict != X509_V_OK) {
        failure.kind = FailureKind::certificate_refused;
        failure.what = joined(host_, ": the certificate was refused: ",
                              X509_verify_cert_error_string(verdict));
    }
    return failure;
}

asio::awaitable<std::expected<Exchange, Failure>> Connection::exchange(const Request& request) {
    HttpRequest message(http::string_to_verb(request.method), request.target, 11);
    message.set(http::field::host, options_.endpoint.authority());
    for (const auto& [field, value] : request.headers)
        message.set(field, value);
    message.set(http::field::accept_encoding, "gzip");
    message.body() = request.body;
    message.prepare_payload();

    reusable_ = false;
    socket().expires_after(options_.timeout);
    const auto start = std::chrono::steady_clock::now();
    std::expected<Exchange, Failure> result;
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        result = co_await talk(*tls, message);
    } else {
        result = co_await talk(std::get<PlainStream>(stream_), message);
    }
    idle_since_ = std::chrono::steady_clock::now();
    if (result)
        result->latency = idle_since_ - start;
    if (reusable_)
        socket().expires_never();
    co_return result;
}

template <class Stream>
asio::awaitable<std::expected<Exchange, Failure>> Connection::talk(Stream& stream,
                                                                   HttpRequest& request) {
    const auto [unsent, sent] = co_await http::async_write(stream, request, as_values);
    traffic_.bytes_sent += sent;
    if (unsent)
        co_return std::unexpected(failure_from(Step::write, unsent, host_));

    beast::flat_buffer buffer;
    std::optional<http::response_parser<http::string_body>> parser;
    for (int interim = 0;; ++interim) {
        if (interim > interim_answers_at_most)
            co_return std::unexpected(malformed(Step::head, host_, "interim answers without end"));
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(options_.header_limit));
        parser->body_limit(options_.body_limit);
        const auto [unread, read] =
            co_await http::async_read_header(stream, buffer, *parser, as_values);
        traffic_.bytes_received += read;
        if (unread)
            co_return std::unexpected(failure_from(Step::head, unread, host_));
        if (parser->get().result_int() / 100 != 1)
            break;
    }
    const auto [unread, read] = co_await http::async_read(stream, buffer, *parser, as_values);
    traffic_.bytes_received += read;
    if (unread)
        co_return std::unexpected(failure_from(Step::body, unread, host_));

    reusable_ = parser->keep_alive() && buffer.size() == 0;
    co_return unpacked(parser->release());
}

std::expected<Exchange, Failure> Connection::unpacked(
    http::response<http::string_body> message) const {
    Exchange exchange;
    exchange.response.status = message.result_int();
    exchange.response.headers = fields_of(message);
    const std::string encoding = lowered(trimmed(message[http::field::content_encoding]));
    if (encoding.empty() || encoding == "identity") {
        exchange.response.body = std::move(message.body());
    } else if (encoding == "gzip" || encoding == "x-gzip") {
        auto body = gunzip(message.body(), options_.body_limit);
        if (!body && body.error() == GunzipFailure::too_large) {
            return std::unexpected(
                Failure{FailureKind::too_large, Step::body, true,
                        joined(host_, ": reading the answer: it unpacks to more than ",
                               grouped(options_.body_limit), " bytes")});
        }
        if (!body)
            return std::unexpected(malformed(Step::body, host_, "the gzip body is damaged"));
        exchange.response.body = std::move(*body);
    } else {
        return std::unexpected(malformed(Step::body, host_,
                                         "the body is encoded as '" + printable(encoding) +
                                             "', which was not asked for"));
    }
    return exchange;
}

bool Connection::is_stale() {
    char byte = 0;
    const auto peeked =
        recv(socket().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    // Nothing to read and still open is the only good answer. Bytes that wait are a
    // close_notify or an answer that nobody asked for (a 408 of the front end's).
    return !(peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

asio::awaitable<void> Connection::close(std::chrono::milliseconds at_most) {
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        socket().expires_after(at_most);
        co_await tls->async_shutdown(as_values);
    }
    socket().close();
}

}  // namespace seqload::net
