#pragma once

// What Apollo is shown to let us in: a master key (header `x-api-key`) or an
// OAuth token (`Authorization: Bearer`); openapi.json, securitySchemes.
//
// The secret can only be put into a request, and be known again by its fingerprint. It is never
// printed, compared or copied, and its memory is wiped when it goes; an Error about it never holds
// it. (The request's own header fields are plain strings and end with the request.)

#include "seqload/base/error.hpp"
#include "seqload/base/header_fields.hpp"
#include "seqload/net/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace seqload::apollo {

class Credentials {
public:
    // Fails (ErrorKind::usage) for a value that is empty or holds anything but
    // visible ASCII: line breaks from a file are the caller's to cut off. The
    // value handed over is wiped in either case; copies of it are not.
    static Result<Credentials> key(std::string value);
    static Result<Credentials> bearer(std::string value);

    Credentials(Credentials&& other) noexcept;
    Credentials& operator=(Credentials&& other) noexcept;
    ~Credentials();

    void sign(HeaderFields& headers) const;

    // What may be kept of the secret to know it again: 16 hex characters of a
    // SHA-256. A key is 22 random characters, so nobody finds it from this.
    std::string fingerprint() const;

    // The text with every appearance of the secret replaced by "***": for words
    // of the server's that are written down.
    std::string redacted(std::string_view text) const;

    // The same for all of an answer, before anything of it is kept. Only a secret of 8
    // characters or more is looked for: a shorter one may be a part of any word.
    void blot_out_of(net::Response& answer) const;

private:
    enum class Kind { key, bearer };

    static Result<Credentials> make(Kind kind, std::string value);
    Credentials(Kind kind, std::string_view secret);
    void wipe();

    Kind kind_;
    std::vector<char> secret_;  // not a string: moving a short string leaves a copy behind
};

}  // namespace seqload::apollo
