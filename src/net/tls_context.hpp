#pragma once

// How we speak TLS as a client: version 1.2 or later, the peer always verified
// against the system's authorities and one file more, sessions resumed.

#include "seqload/base/error.hpp"
#include "seqload/net/authorities.hpp"
#include "seqload/net/failure.hpp"

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <openssl/ssl.h>

namespace seqload::net {

class TlsContext {
public:
    // Trusts these; waits until they are read. Error: theirs.
    static Result<std::unique_ptr<TlsContext>> create(const Authorities& authorities);

    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    boost::asio::ssl::context& context() { return context_; }

    // Before the handshake: the name to ask for (SNI, RFC 6066, section 3), the
    // name or address that the certificate must carry (RFC 9525), and the last
    // session to take up again. A context is for one host only.
    void prepare(SSL* connection, const std::string& host);

    // What became of a handshake that ended with this code, in words for a person:
    // first of all, what is wrong with the certificate. peer: for messages.
    // A session that was to be taken up is not offered again.
    Failure handshake_failure(SSL* connection, const boost::system::error_code& code,
                              const std::string& peer);

private:
    TlsContext();
    static int keep_session(SSL* connection, SSL_SESSION* session);

    struct FreeSession {
        void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
    };

    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_client};
    std::unique_ptr<SSL_SESSION, FreeSession> session_;
};

}  // namespace seqload::net
