#include "http_message.hpp"

#include "seqload/base/eight_bytes.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/net/gunzip.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace seqload::net {

namespace http = boost::beast::http;

namespace {

bool is_control(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte == 0x7f;
}

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
    const auto fits = [](char c) {
        const bool is_alphanumeric =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return is_alphanumeric || std::string_view("!#$%&'*+-.^_`|~").contains(c);
    };
    return !text.empty() && std::ranges::all_of(text, fits);
}

// Looked for in the whole target each time it is sent, so in eight bytes at once.
bool has_blank_or_control(std::string_view text) {
    constexpr std::uint8_t first_visible = 0x21;
    constexpr std::uint8_t delete_character = 0x7f;
    EightBytes found = 0;
    for (; text.size() >= sizeof(EightBytes); text.remove_prefix(sizeof(EightBytes))) {
        const EightBytes eight = eight_bytes_at(text.data());
        found |= any_below(eight, first_visible) | any_equal(eight, delete_character);
    }
    return found != 0 ||
           std::ranges::any_of(text, [](char c) { return c == ' ' || is_control(c); });
}

bool is_target(std::string_view text) {
    return text.starts_with('/') && !has_blank_or_control(text);
}

// RFC 9110, section 5.5: no control character but the tab.
bool is_field_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c != '\t' && is_control(c); });
}

void must(bool holds, std::string_view what, std::string_view of_which = {}) {
    if (!holds)
        throw std::invalid_argument(joined("this cannot be sent as HTTP: ", what, of_which));
}

// What says by its name that something follows says so even if that is nothing (RFC 9110,
// section 8.6).
bool expects_content(std::string_view method) {
    return method == "POST" || method == "PUT" || method == "PATCH";
}

void append_field(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
}

bool describes_the_sending(http::field field) {
    return field == http::field::content_encoding || field == http::field::content_length ||
           field == http::field::transfer_encoding || field == http::field::connection ||
           field == http::field::keep_alive;
}

}  // namespace

std::string to_http(const Request& request, const Endpoint& endpoint) {
    must(is_token(request.method), "the method");
    must(is_target(request.target), "the target");
    // One block for all of it: the other parts are short.
    constexpr std::size_t room_for_fields = 1024;
    std::string text;
    text.reserve(request.target.size() + request.body.size() + room_for_fields);
    text.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    append_field(text, "Host", endpoint.authority());
    for (const auto& [field, value] : request.headers) {
        must(is_token(field), "a field's name");
        must(is_field_value(value), "the value of the field ", field);
        const http::field known = http::string_to_field(field);
        if (known != http::field::host && known != http::field::accept_encoding &&
            !describes_the_sending(known)) {
            append_field(text, field, value);
        }
    }
    append_field(text, "Accept-Encoding", "gzip");
    if (!request.body.empty() || expects_content(request.method))
        append_field(text, "Content-Length", std::to_string(request.body.size()));
    text.append("\r\n").append(request.body);
    return text;
}

std::expected<Response, Failure> from_http(HttpResponse message, std::size_t body_limit,
                                           std::string_view peer) {
    Response response;
    response.status = message.result_int();
    std::string encoding;
    for (const auto& field : message) {
        if (field.name() == http::field::content_encoding)
            encoding += (encoding.empty() ? "" : ", ") + lowered(trimmed(field.value()));
        if (!describes_the_sending(field.name()))
            response.headers.add(std::string(field.name_string()), std::string(field.value()));
    }
    const bool is_plain = encoding.empty() || encoding == "identity";
    if (is_plain || message.body().empty()) {
        response.body = std::move(message.body());
        return response;
    }
    if (encoding != "gzip" && encoding != "x-gzip") {
        return std::unexpected(malformed_answer(
            Step::body, peer,
            joined("it is encoded as '", printable(encoding), "', which was not asked for")));
    }
    auto body = gunzip(message.body(), body_limit);
    if (!body && body.error() == GunzipFailure::damaged)
        return std::unexpected(malformed_answer(Step::body, peer, "the gzip body is damaged"));
    if (!body) {
        return std::unexpected(
            Failure{FailureKind::too_large, Step::body, true,
                    joined(peer, ": ", name(Step::body), ": it unpacks to more than ",
                           grouped(body_limit), " bytes")});
    }
    response.body = std::move(*body);
    return response;
}

Failure malformed_answer(Step step, std::string_view peer, std::string_view what) {
    return {FailureKind::malformed, step, true, joined(peer, ": ", name(step), ": ", what)};
}

}  // namespace seqload::net
