#include "seqload/net/endpoint.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace seqload::net {

namespace {

std::unexpected<Error> unusable(std::string what, std::string next) {
    return fail(ErrorKind::usage, std::move(what), "--api-url", std::move(next));
}

bool is_ipv6(std::string_view host) {
    return host.find(':') != std::string_view::npos;
}

std::string bracketed(const std::string& host) {
    return is_ipv6(host) ? '[' + host + ']' : host;
}

}  // namespace

std::string Endpoint::authority() const {
    if (port == (tls ? "443" : "80"))
        return bracketed(host);
    return host_and_port();
}

std::string Endpoint::host_and_port() const {
    return bracketed(host) + ':' + port;
}

bool is_address(std::string_view host) {
    boost::system::error_code failure;
    boost::asio::ip::make_address(host, failure);
    return !failure;
}

bool is_loopback(std::string_view host) {
    if (equal_ignoring_case(host, "localhost"))
        return true;
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(host, failure);
    return !failure && address.is_loopback();
}

bool is_host(std::string_view host) {
    if (is_address(host))
        return host.find('%') == std::string_view::npos;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    const auto is_label = [&](std::string_view label) {
        return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, fits);
    };
    return host.size() <= 253 && std::ranges::all_of(split(host, '.'), is_label);
}

bool is_port(std::string_view port) {
    unsigned number = 0;
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), number);
    return !port.starts_with('0') && failure == std::errc{} && end == port.data() + port.size() &&
           number >= 1 && number <= 65535;
}

Result<Endpoint> parse_endpoint(std::string_view api_url) {
    // What looks like user@host may hold a password or a key: it is not repeated.
    const bool may_be_secret = api_url.find('@') != std::string_view::npos;
    const std::string shown = may_be_secret ? "the URL" : '\'' + printable(api_url) + '\'';
    const auto parsed = boost::urls::parse_uri(api_url);
    if (!parsed)
        return unusable(shown + " is no URL", "write it as https://api.apollo.io");
    const boost::urls::url_view& url = *parsed;

    const std::string scheme = lowered(std::string(url.scheme()));
    if (scheme != "https" && scheme != "http")
        return unusable(shown + " is neither https nor http", "write it as https://api.apollo.io");
    if (url.has_userinfo())
        return unusable("the URL holds a user name", "the key comes from APOLLO_API_KEY");
    if (!url.encoded_path().empty() && url.encoded_path() != "/")
        return unusable(shown + " has a path", "give scheme, host and port only: /api/v1 is added");
    if (url.has_query() || url.has_fragment())
        return unusable(shown + " has a query or a fragment", "give scheme, host and port only");

    Endpoint endpoint;
    endpoint.tls = scheme == "https";
    endpoint.host = url.host_address();
    endpoint.port = url.has_port() ? std::string(url.port()) : (endpoint.tls ? "443" : "80");
    if (!is_host(endpoint.host)) {
        return unusable(shown + " names no host that can be looked up",
                        "write it as https://api.apollo.io; a name beyond ASCII in its xn-- form");
    }
    if (!is_port(endpoint.port))
        return unusable(shown + " has no usable port", "ports are 1 to 65535");
    if (!endpoint.tls && !is_loopback(endpoint.host)) {
        return unusable(
            "plain http:// is for loopback addresses only, not for " + printable(endpoint.host),
            "use https://");
    }
    return endpoint;
}

}  // namespace seqload::net
