#include "seqload/apollo/credentials.hpp"

#include <string>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using apollo::Credentials;

static_assert(!std::is_copy_constructible_v<Credentials>);
static_assert(!std::is_copy_assignable_v<Credentials>);
static_assert(std::is_nothrow_move_constructible_v<Credentials>);

namespace {

template <class Value>
concept Printable = requires(std::ostream& out, const Value& value) { out << value; };
static_assert(!Printable<Credentials>);

HeaderFields signed_by(const Credentials& credentials) {
    HeaderFields headers;
    credentials.sign(headers);
    return headers;
}

}  // namespace

TEST_CASE("a key goes into x-api-key, a token into Authorization, and nowhere else") {
    const auto key = Credentials::key("k3y-_.~");
    REQUIRE(key);
    CHECK(signed_by(*key).size() == 1);
    CHECK(signed_by(*key).find("x-api-key") == "k3y-_.~");

    const auto token = Credentials::bearer("abc.def==");
    REQUIRE(token);
    CHECK(signed_by(*token).size() == 1);
    CHECK(signed_by(*token).find("authorization") == "Bearer abc.def==");
}

TEST_CASE("a value that could smuggle a header, or is none, is refused without being quoted") {
    for (const char* bad : {"", " ", "sec ret", "secret\n", "secret\r\nx: y", "\tsecret",
                            "secret\x7f", "sécret", "secret\x01"}) {
        const auto key = Credentials::key(bad);
        REQUIRE_FALSE(key);
        CHECK(key.error().kind == ErrorKind::usage);
        CHECK(to_string(key.error()).find("secret") == std::string::npos);
        CHECK_FALSE(Credentials::bearer(bad));
    }
    CHECK_FALSE(Credentials::key(std::string("nul\0l", 5)));
}

TEST_CASE("credentials survive being moved") {
    Credentials first = *Credentials::key("one");
    Credentials second = std::move(first);
    CHECK(signed_by(second).find("x-api-key") == "one");
    second = *Credentials::bearer("two");
    CHECK(signed_by(second).find("authorization") == "Bearer two");
}

TEST_CASE("what a server echoes of the secret is blotted out") {
    const auto key = Credentials::key("s3cret");
    CHECK(key->redacted("key s3cret is bad (s3cret)") == "key *** is bad (***)");
    CHECK(key->redacted("nothing here") == "nothing here");
    CHECK(key->redacted("") == "");
}

TEST_CASE("nothing of an answer that repeats the secret keeps it") {
    net::Response answer{.status = 422,
                         .headers = {{"x-request-id", "of s3cret-key"}, {"x-other", "plain"}},
                         .body = R"({"error":"s3cret-key, s3cret-key"})"};
    Credentials::key("s3cret-key")->blot_out_of(answer);
    CHECK(answer.headers.find("x-request-id") == "of ***");
    CHECK(answer.headers.find("x-other") == "plain");
    CHECK(answer.body == R"({"error":"***, ***"})");
}

TEST_CASE("a secret that is hardly one is not looked for in whole answers") {
    net::Response answer{.status = 200, .headers = {}, .body = R"({"contacts":[]})"};
    Credentials::key("contact")->blot_out_of(answer);
    CHECK(answer.body == R"({"contacts":[]})");
}

TEST_CASE("a secret is known again by its fingerprint, which does not give it away") {
    // The first 16 digits of sha256("seqload team fingerprint 1:a-key"): states hold it.
    CHECK(Credentials::key("a-key")->fingerprint() == "8a951a047fb41045");
    CHECK(Credentials::key("a-key")->fingerprint() == Credentials::key("a-key")->fingerprint());
    CHECK(Credentials::key("a-key")->fingerprint() != Credentials::key("b-key")->fingerprint());
    CHECK(rc::check([] {
        const auto secret =
            *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('!', '~')));
        const std::string fingerprint = Credentials::key(secret)->fingerprint();
        RC_ASSERT(fingerprint.size() == 16U);
        RC_ASSERT(fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos);
        const bool is_told = secret.size() > 5 && fingerprint.find(secret) != std::string::npos;
        RC_ASSERT(!is_told);
    }));
}
