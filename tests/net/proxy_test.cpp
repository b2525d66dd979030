#include "seqload/net/proxy.hpp"

#include <map>

#include <doctest/doctest.h>

namespace seqload::net {

namespace {

const Endpoint apollo{true, "api.apollo.io", "443"};

Result<std::optional<Proxy>> proxy_with(std::map<std::string, std::string> variables,
                                        const Endpoint& endpoint = apollo) {
    return proxy_for(endpoint, [&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

bool goes_straight(const std::string& no_proxy, const Endpoint& endpoint = apollo) {
    return !proxy_with({{"HTTPS_PROXY", "http://proxy:3128"}, {"NO_PROXY", no_proxy}}, endpoint)
                .value();
}

}  // namespace

TEST_CASE("Without HTTPS_PROXY, or with an empty one, there is no proxy") {
    CHECK(proxy_with({}).value() == std::nullopt);
    CHECK(proxy_with({{"HTTPS_PROXY", ""}}).value() == std::nullopt);
    CHECK(proxy_with({{"HTTP_PROXY", "http://proxy:3128"}}).value() == std::nullopt);
}

TEST_CASE("HTTPS_PROXY names the proxy, with or without scheme and port") {
    CHECK(proxy_with({{"HTTPS_PROXY", "http://proxy:3128"}}).value() == Proxy{"proxy", "3128", ""});
    CHECK(proxy_with({{"HTTPS_PROXY", "http://proxy:3128/"}}).value() ==
          Proxy{"proxy", "3128", ""});
    CHECK(proxy_with({{"HTTPS_PROXY", "proxy:3128"}}).value() == Proxy{"proxy", "3128", ""});
    CHECK(proxy_with({{"HTTPS_PROXY", "proxy"}}).value() == Proxy{"proxy", "80", ""});
    CHECK(proxy_with({{"HTTPS_PROXY", "http://[::1]:3128"}}).value() == Proxy{"::1", "3128", ""});
}

TEST_CASE("The lower-case variable wins") {
    CHECK(
        proxy_with({{"HTTPS_PROXY", "http://one"}, {"https_proxy", "http://two"}}).value()->host ==
        "two");
}

TEST_CASE("User name and password become Basic credentials") {
    // RFC 7617, section 2: the example there.
    CHECK(proxy_with({{"HTTPS_PROXY", "http://Aladdin:open%20sesame@proxy:3128"}})
              .value()
              ->authorization == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    CHECK(proxy_with({{"HTTPS_PROXY", "http://user@proxy:3128"}}).value()->authorization ==
          "Basic dXNlcjo=");
}

TEST_CASE("A proxy of another kind is refused, without repeating its password") {
    for (const char* value :
         {"https://u:secret@proxy:3128", "socks5://u:secret@proxy", "http://u:secret@",
          "http://u:secret@proxy:0", "http://u:secret@proxy:65536", "http://u:secret@pro xy",
          "http://u:secret@a%0d%0ab:80", "http://u:secret@proxy:port"}) {
        CAPTURE(value);
        const auto proxy = proxy_with({{"HTTPS_PROXY", value}});
        REQUIRE_FALSE(proxy);
        CHECK(proxy.error().kind == ErrorKind::usage);
        CHECK(to_string(proxy.error()).find("secret") == std::string::npos);
        CHECK(proxy.error().where == "HTTPS_PROXY");
    }
}

TEST_CASE("Plain http goes straight") {
    CHECK(proxy_with({{"HTTPS_PROXY", "http://proxy"}}, {false, "localhost", "80"}).value() ==
          std::nullopt);
}

TEST_CASE("NO_PROXY names hosts and their subdomains") {
    for (const char* value : {"*", "api.apollo.io", "API.Apollo.IO", "apollo.io", ".apollo.io",
                              "io", "a.example, apollo.io", "a.example apollo.io", ",,apollo.io,",
                              "apollo.io:443", "api.apollo.io:443"}) {
        CAPTURE(value);
        CHECK(goes_straight(value));
    }
    for (const char* value : {"", " ", ",", ".", "pollo.io", "i.apollo.io", "apollo.io:8443",
                              "x.api.apollo.io", "10.0.0.0/8", "apollo.io/8"}) {
        CAPTURE(value);
        CHECK_FALSE(goes_straight(value));
    }
}

TEST_CASE("NO_PROXY names addresses and ranges of them") {
    const Endpoint four{true, "10.1.2.3", "8443"};
    for (const char* value :
         {"10.1.2.3", "10.1.2.3:8443", "10.0.0.0/8", "10.1.2.3/32", "0.0.0.0/0"}) {
        CAPTURE(value);
        CHECK(goes_straight(value, four));
    }
    for (const char* value : {"10.1.2", "2.3", ".3", "10.1.2.3:443", "11.0.0.0/8", "10.1.2.4/32",
                              "::/0", "10.0.0.0/33", "10.0.0.0/"}) {
        CAPTURE(value);
        CHECK_FALSE(goes_straight(value, four));
    }
    const Endpoint six{true, "fd00::3", "8443"};
    for (const char* value : {"fd00::3", "[fd00::3]", "[fd00::3]:8443", "fd00::/8"}) {
        CAPTURE(value);
        CHECK(goes_straight(value, six));
    }
    for (const char* value : {"fd00::4", "[fd00::3]:443", "fe00::/8", "0.0.0.0/0"}) {
        CAPTURE(value);
        CHECK_FALSE(goes_straight(value, six));
    }
}

}  // namespace seqload::net
