#include "seqload/apollo/credentials.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <stdexcept>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace seqload::apollo {

namespace {

bool visible(char letter) {
    return letter > ' ' && letter <= '~';
}

// Whatever way make() is left, the text it was given is wiped.
class Wiper {
public:
    explicit Wiper(std::string& text) : text_(text) {}
    ~Wiper() { OPENSSL_cleanse(text_.data(), text_.size()); }

    Wiper(const Wiper&) = delete;
    Wiper& operator=(const Wiper&) = delete;

private:
    std::string& text_;
};

}  // namespace

Result<Credentials> Credentials::key(std::string value) {
    return make(Kind::key, std::move(value));
}

Result<Credentials> Credentials::bearer(std::string value) {
    return make(Kind::bearer, std::move(value));
}

Result<Credentials> Credentials::make(Kind kind, std::string value) {
    const Wiper wiper(value);
    const std::string what = kind == Kind::key ? "the API key" : "the access token";
    if (value.empty())
        return fail(ErrorKind::usage, what + " is empty");
    if (!std::ranges::all_of(value, visible))
        return fail(ErrorKind::usage,
                    what + " holds a blank, a line break or another character that cannot be in it",
                    {}, "give it exactly as Apollo shows it");
    return Credentials(kind, value);
}

Credentials::Credentials(Kind kind, std::string_view secret)
    : kind_(kind), secret_(secret.begin(), secret.end()) {}

Credentials::Credentials(Credentials&& other) noexcept
    : kind_(other.kind_), secret_(std::exchange(other.secret_, {})) {}

Credentials& Credentials::operator=(Credentials&& other) noexcept {
    if (this != &other) {
        wipe();
        kind_ = other.kind_;
        secret_ = std::exchange(other.secret_, {});
    }
    return *this;
}

Credentials::~Credentials() {
    wipe();
}

void Credentials::wipe() {
    OPENSSL_cleanse(secret_.data(), secret_.size());
    secret_.clear();
}

void Credentials::sign(HeaderFields& headers) const {
    std::string value(secret_.begin(), secret_.end());
    if (kind_ == Kind::key) {
        headers.add("x-api-key", std::move(value));
    } else {
        headers.add("Authorization", "Bearer " + value);
        OPENSSL_cleanse(value.data(), value.size());
    }
}

std::string Credentials::fingerprint() const {
    // The prefix keeps the digest from being that of the key alone, which others may publish.
    constexpr std::string_view prefix = "seqload team fingerprint 1:";
    std::vector<char> text(prefix.begin(), prefix.end());
    text.insert(text.end(), secret_.begin(), secret_.end());
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const bool made =
        EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1;
    OPENSSL_cleanse(text.data(), text.size());
    if (!made)
        throw std::runtime_error("OpenSSL cannot make a SHA-256 digest");
    constexpr std::size_t bytes_shown = 8;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown;
    for (const unsigned char byte : std::span(digest).first(bytes_shown)) {
        shown += digits[byte >> 4U];
        shown += digits[byte & 0xfU];
    }
    return shown;
}

std::string Credentials::redacted(std::string_view text) const {
    const std::string_view secret(secret_.data(), secret_.size());
    if (secret.empty())
        return std::string(text);
    std::string result;
    for (;;) {
        const auto place = text.find(secret);
        result += text.substr(0, place);
        if (place == std::string_view::npos)
            return result;
        result += "***";
        text.remove_prefix(place + secret.size());
    }
}

void Credentials::blot_out_of(net::Response& answer) const {
    constexpr std::size_t shortest = 8;
    const std::string_view secret(secret_.data(), secret_.size());
    if (secret.size() < shortest)
        return;
    // glibc's search skips from place to place; std::string's stops at every first letter, which
    // took a twentieth of all the time with large answers.
    const auto blot_out = [&](std::string& text) {
        if (::memmem(text.data(), text.size(), secret.data(), secret.size()) != nullptr)
            text = redacted(text);
    };
    blot_out(answer.body);
    for (auto& [name, value] : answer.headers)
        blot_out(value);
}

}  // namespace seqload::apollo
