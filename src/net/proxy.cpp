#include "seqload/net/proxy.hpp"

#include "seqload/base/text.hpp"

#include <boost/url/parse.hpp>
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

bool names(std::string_view entry, const Endpoint& endpoint) {
    entry = trimmed(entry);
    if (entry == "*")
        return true;
    const std::string suffix = ':' + endpoint.port;
    if (entry.ends_with(suffix) && entry.find(':') == entry.rfind(':'))
        entry.remove_suffix(suffix.size());
    if (entry.starts_with('.'))
        entry.remove_prefix(1);
    if (entry.empty())
        return false;
    if (equal_ignoring_case(entry, endpoint.host))
        return true;
    const std::string host = lowered(endpoint.host);
    return !is_address(endpoint.host) && host.ends_with('.' + lowered(entry));
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
    if (const auto exceptions = first_set(environment, "no_proxy", "NO_PROXY")) {
        for (const std::string_view entry : split(*exceptions, ',')) {
            if (names(entry, endpoint))
                return std::nullopt;
        }
    }

    const std::string text = value->find("://") == std::string::npos ? "http://" + *value : *value;
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->scheme() != "http" || url->host_address().empty()) {
        return fail(ErrorKind::usage, "the proxy is not of the form http://host:port",
                    "HTTPS_PROXY", "correct the variable or unset it");
    }
    Proxy proxy;
    proxy.host = url->host_address();
    proxy.port = url->has_port() && !url->port().empty() ? std::string(url->port()) : "80";
    if (url->has_userinfo())
        proxy.authorization = "Basic " + base64(url->user() + ':' + url->password());
    return proxy;
}

}  // namespace seqload::net
