#include "seqload/net/endpoint.hpp"

#include <doctest/doctest.h>

namespace seqload::net {

TEST_CASE("An endpoint is scheme, host and port, and the port may be left to the scheme") {
    CHECK(parse_endpoint("https://api.apollo.io") == Endpoint{true, "api.apollo.io", "443"});
    CHECK(parse_endpoint("https://api.apollo.io/") == Endpoint{true, "api.apollo.io", "443"});
    CHECK(parse_endpoint("HTTPS://localhost:8443") == Endpoint{true, "localhost", "8443"});
    CHECK(parse_endpoint("https://[::1]:8443") == Endpoint{true, "::1", "8443"});
    CHECK(parse_endpoint("https://10.1.2.3") == Endpoint{true, "10.1.2.3", "443"});
    CHECK(parse_endpoint("https://a:1")->port == "1");
    CHECK(parse_endpoint("https://a:65535")->port == "65535");
}

TEST_CASE("Plain http is for loopback addresses only") {
    for (const char* url : {"http://localhost", "http://LOCALHOST:80", "http://127.0.0.1:8080",
                            "http://127.255.3.4", "http://[::1]"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE(endpoint);
        CHECK_FALSE(endpoint->tls);
    }
    CHECK(parse_endpoint("http://127.0.0.1")->port == "80");
    for (const char* url : {"http://api.apollo.io", "http://10.0.0.1", "http://128.0.0.1",
                            "http://[::2]", "http://localhost.example.com", "http://127.1",
                            "http://[::ffff:10.0.0.1]", "http://0.0.0.0"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE_FALSE(endpoint);
        CHECK(endpoint.error().kind == ErrorKind::usage);
        CHECK(endpoint.error().what.starts_with("plain http:// is for loopback addresses only"));
    }
}

TEST_CASE("Whatever is more or less than scheme, host and port is refused") {
    for (const char* url : {"",
                            "api.apollo.io",
                            "//api.apollo.io",
                            "ftp://api.apollo.io",
                            "https://",
                            "https://:443",
                            "https://api.apollo.io/api/v1",
                            "https://api.apollo.io/?a=b",
                            "https://api.apollo.io#a",
                            "https://user@api.apollo.io",
                            "https://api.apollo.io:0",
                            "https://api.apollo.io:",
                            "https://api.apollo.io:65536",
                            "https://api.apollo.io:99999999999",
                            "https://a:0443",
                            "https://api..io",
                            "https://api.apollo.io.",
                            "https://a b",
                            "https://a%0d%0ab",
                            "https://a%20b",
                            "https://a%2fb",
                            "https://\xc3\xa4.example",
                            "https://a%c3%a4.example"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE_FALSE(endpoint);
        CHECK(endpoint.error().kind == ErrorKind::usage);
        CHECK(endpoint.error().where == "--api-url");
        CHECK_FALSE(endpoint.error().next.empty());
    }
}

TEST_CASE("A path is refused with a hint") {
    const auto endpoint = parse_endpoint("https://api.apollo.io/api/v1");
    REQUIRE_FALSE(endpoint);
    CHECK(to_string(endpoint.error()) ==
          "--api-url: 'https://api.apollo.io/api/v1' has a path (give scheme, host and port only: "
          "/api/v1 is added)");
}

TEST_CASE("A password in the URL is not repeated") {
    for (const char* url : {"https://user:secret@api.apollo.io", "ftp://user:secret@api.apollo.io",
                            "https://user:secret@api.apollo.io:none"}) {
        CAPTURE(url);
        const auto endpoint = parse_endpoint(url);
        REQUIRE_FALSE(endpoint);
        CHECK(to_string(endpoint.error()).find("secret") == std::string::npos);
    }
}

TEST_CASE("The authority names the port only where it is not the scheme's own") {
    CHECK(Endpoint{true, "api.apollo.io", "443"}.authority() == "api.apollo.io");
    CHECK(Endpoint{true, "api.apollo.io", "80"}.authority() == "api.apollo.io:80");
    CHECK(Endpoint{false, "127.0.0.1", "80"}.authority() == "127.0.0.1");
    CHECK(Endpoint{false, "127.0.0.1", "443"}.authority() == "127.0.0.1:443");
    CHECK(Endpoint{true, "::1", "443"}.authority() == "[::1]");
    CHECK(Endpoint{true, "::1", "8443"}.authority() == "[::1]:8443");
    CHECK(Endpoint{true, "::1", "443"}.host_and_port() == "[::1]:443");
    CHECK(Endpoint{true, "api.apollo.io", "443"}.host_and_port() == "api.apollo.io:443");
}

TEST_CASE("A host is an address without a zone or a name that may stand in a certificate") {
    const std::string long_label(63, 'a');
    for (const std::string& host : {std::string("a"), std::string("a-b_c.d0"), long_label,
                                    std::string("::1"), std::string("10.0.0.1")}) {
        CAPTURE(host);
        CHECK(is_host(host));
    }
    const std::string name_of_255 =
        long_label + '.' + long_label + '.' + long_label + '.' + long_label;
    for (const std::string& host :
         {std::string(), std::string("."), std::string("a."), std::string(".a"), std::string("a b"),
          std::string("fe80::1%lo"), std::string("a\nb"), std::string("a:b"), long_label + 'a',
          name_of_255}) {
        CAPTURE(host);
        CHECK_FALSE(is_host(host));
    }
    CHECK(is_host(name_of_255.substr(2)));
}

}  // namespace seqload::net
