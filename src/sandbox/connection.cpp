#include "connection.hpp"

#include "seqload/base/text.hpp"

#include <array>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/rand.h>
#include <openssl/ssl.h>

namespace seqload::sandbox {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

// As a usual front end has them: nginx's large_client_header_buffers, and a generous body.
constexpr std::size_t target_limit = 8192;
constexpr std::uint32_t header_limit = 64 * 1024;
constexpr std::uint64_t body_limit = 8 * 1024 * 1024;

std::string text(boost::beast::string_view view) {
    return {view.data(), view.size()};
}

std::optional<std::string> field(const Parser& parser, std::string_view name) {
    const auto found = parser.get().find(boost::beast::string_view(name.data(), name.size()));
    if (found == parser.get().end())
        return std::nullopt;
    return text(found->value());
}

std::optional<std::string> bearer(const Parser& parser) {
    constexpr std::string_view scheme = "bearer ";
    const auto given = field(parser, "authorization");
    if (!given || !equal_ignoring_case(given->substr(0, scheme.size()), scheme))
        return std::nullopt;
    return std::string(trimmed(std::string_view(*given).substr(scheme.size())));
}

// Whether gzip is among the codings that the client takes (RFC 9110, section 12.5.3).
bool accepts_gzip(const Parser& parser) {
    const auto given = field(parser, "accept-encoding");
    if (!given)
        return false;
    for (const std::string_view part : split(*given, ',')) {
        const auto pieces = split(part, ';');
        const std::string_view weight = pieces.size() > 1 ? trimmed(pieces[1]) : std::string_view();
        if (equal_ignoring_case(trimmed(pieces[0]), "gzip"))
            return weight != "q=0" && weight != "q=0.0";
    }
    return false;
}

Request request_of(Parser& parser, std::uint32_t connection) {
    Request request;
    request.method = text(parser.get().method_string());
    request.target = text(parser.get().target());
    request.api_key = field(parser, "x-api-key");
    request.bearer = bearer(parser);
    request.is_form = lowered(field(parser, "content-type").value_or(""))
                          .starts_with("application/x-www-form-urlencoded");
    request.accepts_gzip = accepts_gzip(parser);
    request.keep_alive = parser.get().keep_alive();
    request.connection = connection;
    request.body = std::move(parser.get().body());
    return request;
}

// The answer of the front end to what cannot be read, if it is worth one.
std::optional<Answer> front_end_answer(const ErrorCode& error) {
    if (error == http::error::body_limit)
        return front_end_page(413);
    if (error == http::error::header_limit)
        return front_end_page(431);
    if (error.category() == make_error_code(http::error::bad_target).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
        return front_end_page(400);
    return std::nullopt;
}

template <class Stream>
class Connection {
public:
    Connection(Stream& stream, const ConnectionContext& place) : stream_(stream), place_(place) {}

    asio::awaitable<void> serve() {
        while (true) {
            Parser parser;
            parser.header_limit(header_limit);
            parser.body_limit(body_limit);
            const bool is_read = co_await read(parser);
            if (!is_read)
                co_return;
            const Request request = request_of(parser, place_.number);
            const bool goes_on = co_await handle(request);
            if (!goes_on)
                co_return;
        }
    }

private:
    auto noting(ErrorCode& error) { return asio::redirect_error(asio::use_awaitable, error); }

    // A whole request, or false: the connection has come to its end.
    asio::awaitable<bool> read(Parser& parser) {
        ErrorCode error;
        co_await http::async_read_header(stream_, buffer_, parser, noting(error));
        if (!error && parser.get().target().size() > target_limit) {
            co_await refuse(front_end_page(414));
            co_return false;
        }
        const auto expectation = field(parser, "expect");
        if (!error && expectation && equal_ignoring_case(*expectation, "100-continue")) {
            const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await asio::async_write(stream_, asio::buffer(interim), noting(error));
        }
        if (!error)
            co_await http::async_read(stream_, buffer_, parser, noting(error));
        if (!error)
            co_return true;
        const std::optional<Answer> answer = front_end_answer(error);
        if (answer)
            co_await refuse(*answer);
        else
            co_await end(Ending::close);
        co_return false;
    }

    asio::awaitable<void> refuse(const Answer& answer) {
        const Script script = plain_script(answer, false, place_.clock.wall());
        std::uint64_t sent = 0;
        co_await play(script, sent);
        co_await drain();
        co_await end(Ending::close);
    }

    // Reads what the client still sends, so that closing does not reset the connection before the
    // answer has been read (RFC 9112, section 9.6).
    asio::awaitable<void> drain() {
        ErrorCode error;
        std::array<char, 16384> bytes{};
        for (std::size_t left = 4 * body_limit; left > bytes.size() && !error;) {
            asio::steady_timer limit(stream_.get_executor(), std::chrono::seconds(1));
            limit.async_wait([this](const ErrorCode& cancelled) {
                if (!cancelled)
                    stream_.lowest_layer().cancel();
            });
            left -= co_await stream_.async_read_some(asio::buffer(bytes), noting(error));
        }
    }

    // False: the connection is over.
    asio::awaitable<bool> handle(const Request& request) {
        const Arrival arrival =
            place_.service.receive(request, place_.clock.now(), place_.clock.wall());
        for (const Pause& pause : arrival.pauses(Moment::before))
            co_await wait(pause);
        const Script script =
            place_.service.answer(request, arrival, place_.clock.now(), place_.clock.wall());
        std::uint64_t bytes = 0;
        const bool is_complete = co_await play(script, bytes);
        place_.service.sent(arrival, script, bytes, is_complete, place_.clock.now());
        if (is_complete && script.ending == Ending::keep_open)
            co_return true;
        co_await end(is_complete ? script.ending : Ending::cut);
        co_return false;
    }

    asio::awaitable<void> wait(const Pause& pause) {
        asio::steady_timer timer(stream_.get_executor());
        timer.expires_after(pause.is_virtual ? place_.clock.real(pause.duration) : pause.duration);
        ErrorCode error;
        co_await timer.async_wait(noting(error));
    }

    // True if all of it was sent; sent counts the bytes.
    asio::awaitable<bool> play(const Script& script, std::uint64_t& sent) {
        ErrorCode error;
        for (const Step& step : script.steps) {
            if (const auto* once = std::get_if<Send>(&step)) {
                sent +=
                    co_await asio::async_write(stream_, asio::buffer(once->bytes), noting(error));
            } else if (const auto* often = std::get_if<SendOften>(&step)) {
                for (std::uint64_t time = 0; time < often->times && !error; ++time)
                    sent += co_await asio::async_write(stream_, asio::buffer(often->bytes),
                                                       noting(error));
            } else if (const auto* pause = std::get_if<Pause>(&step)) {
                co_await wait(*pause);
            } else {
                renew_keys();
            }
            if (error)
                co_return false;
        }
        co_return true;
    }

    asio::awaitable<void> end(Ending ending) {
        ErrorCode ignored;
        if (ending == Ending::hang) {
            std::array<char, 1024> bytes{};
            while (!ignored)
                co_await stream_.async_read_some(asio::buffer(bytes), noting(ignored));
        }
        if (ending == Ending::close || ending == Ending::close_and_forget)
            co_await shut_down();
        if (ending == Ending::close_and_forget)
            forget_sessions();
        if (ending == Ending::reset)
            stream_.lowest_layer().set_option(asio::socket_base::linger(true, 0), ignored);
        else
            stream_.lowest_layer().shutdown(tcp::socket::shutdown_both, ignored);
        stream_.lowest_layer().close(ignored);
    }

    // Says goodbye in TLS and does not wait for the peer's goodbye, which many never send: with the
    // receiving side shut, Asio's wait for it ends at once.
    asio::awaitable<void> shut_down() {
        if constexpr (!std::is_same_v<Stream, tcp::socket>) {
            ErrorCode ignored;
            stream_.lowest_layer().shutdown(tcp::socket::shutdown_receive, ignored);
            co_await stream_.async_shutdown(noting(ignored));
        }
        co_return;
    }

    // The peer learns of it with the next bytes that are sent.
    void renew_keys() {
        if constexpr (!std::is_same_v<Stream, tcp::socket>)
            static_cast<void>(SSL_key_update(stream_.native_handle(), SSL_KEY_UPDATE_REQUESTED));
    }

    // A server that was started anew cannot read the tickets of the one before.
    void forget_sessions() {
        if constexpr (!std::is_same_v<Stream, tcp::socket>) {
            SSL_CTX* const context = SSL_get_SSL_CTX(stream_.native_handle());
            std::vector<unsigned char> keys(
                static_cast<std::size_t>(SSL_CTX_get_tlsext_ticket_keys(context, nullptr, 0)));
            if (RAND_bytes(keys.data(), static_cast<int>(keys.size())) == 1)
                SSL_CTX_set_tlsext_ticket_keys(context, keys.data(),
                                               static_cast<long>(keys.size()));
        }
    }

    Stream& stream_;
    ConnectionContext place_;
    boost::beast::flat_buffer buffer_;
};

}  // namespace

asio::awaitable<void> serve_tls(tcp::socket socket, asio::ssl::context& tls,
                                ConnectionContext place) {
    ErrorCode error;
    socket.set_option(tcp::no_delay(true), error);
    asio::ssl::stream<tcp::socket> stream(std::move(socket), tls);
    co_await stream.async_handshake(asio::ssl::stream_base::server,
                                    asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return;
    Connection<asio::ssl::stream<tcp::socket>> connection(stream, place);
    co_await connection.serve();
}

asio::awaitable<void> serve_plain(tcp::socket socket, ConnectionContext place) {
    ErrorCode error;
    socket.set_option(tcp::no_delay(true), error);
    Connection<tcp::socket> connection(socket, place);
    co_await connection.serve();
}

}  // namespace seqload::sandbox
