#include "seqload/net/proxy.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/scheme.hpp>
#include <boost/url/url_view.hpp>
#include <openssl/evp.h>

namespace seqload::net {

namespace {

std::optional<std::string> first_set(const Environment& environment, const char* lower_case,
                                     const char* upper_case) {
    if (auto value = environment(lower_case); value && !value->empty())
        return value;
    if (auto value = environment(upper_case); value && !value->empty())
        return value;
    return std::nullopt;
}

// Whether the host is an address in the range: "10.0.0.0/8".
bool is_in_range(const std::string& host, const std::string& range) {
    namespace ip = boost::asio::ip;
    boost::system::error_code code;
    const ip::address address = ip::make_address(host, code);
    if (code)
        return false;
    if (address.is_v4()) {
        const ip::network_v4 network = ip::make_network_v4(range, code);
        return !code && ip::network_v4(address.to_v4(), network.prefix_length()).canonical() ==
                            network.canonical();
    }
    const ip::network_v6 network = ip::make_network_v6(range, code);
    return !code && ip::network_v6(address.to_v6(), network.prefix_length()).canonical() ==
                        network.canonical();
}

bool is_subdomain(std::string_view host, std::string_view domain) {
    return host.size() > domain.size() &&
           equal_ignoring_case(host.substr(host.size() - domain.size()), domain) &&
           host[host.size() - domain.size() - 1] == '.';
}

// Whether the entry of NO_PROXY names the endpoint.
bool names(std::string_view entry, const Endpoint& endpoint) {
    if (entry == "*")
        return true;
    if (entry.find('/') != std::string_view::npos)
        return is_in_range(endpoint.host, std::string(entry));
    const std::string port = ':' + endpoint.port;
    const bool is_bare_ipv6 = !entry.starts_with('[') && entry.find(':') != entry.rfind(':');
    if (!is_bare_ipv6 && entry.ends_with(port))
        entry.remove_suffix(port.size());
    if (entry.starts_with('[') && entry.ends_with(']'))
        entry = entry.substr(1, entry.size() - 2);
    if (entry.starts_with('.'))
        entry.remove_prefix(1);
    if (entry.empty())
        return false;
    return equal_ignoring_case(entry, endpoint.host) ||
           (!is_address(endpoint.host) && is_subdomain(endpoint.host, entry));
}

bool is_excepted(std::string exceptions, const Endpoint& endpoint) {
    std::ranges::replace(exceptions, ' ', ',');
    return std::ranges::any_of(split(exceptions, ','), [&](std::string_view entry) {
        return names(trimmed(entry), endpoint);
    });
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace

Result<std::optional<Proxy>> proxy_for(const Endpoint& endpoint, const Environment& environment) {
    if (!endpoint.tls)
        return std::nullopt;
    const auto value = first_set(environment, "https_proxy", "HTTPS_PROXY");
    if (!value)
        return std::nullopt;
    const auto exceptions = first_set(environment, "no_proxy", "NO_PROXY");
    if (exceptions && is_excepted(*exceptions, endpoint))
        return std::nullopt;

    const std::string text = value->find("://") == std::string::npos ? "http://" + *value : *value;
    const auto url = boost::urls::parse_uri(text);
    const std::string port = url && url->has_port() ? std::string(url->port()) : "80";
    const bool is_usable = url && url->scheme_id() == boost::urls::scheme::http &&
                           is_host(url->host_address()) && is_port(port);
    if (!is_usable) {
        return fail(ErrorKind::usage, "the proxy is not of the form http://host:port",
                    "HTTPS_PROXY", "correct the variable or unset it");
    }
    Proxy proxy;
    proxy.host = url->host_address();
    proxy.port = port;
    if (url->has_userinfo())
        proxy.authorization = "Basic " + base64(url->user() + ':' + url->password());
    return proxy;
}

}  // namespace seqload::net
