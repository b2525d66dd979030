#include "tls_context.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/net/endpoint.hpp"

#include <stdexcept>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <openssl/x509_vfy.h>

namespace seqload::net {

namespace {

// Where a context of OpenSSL's keeps its TlsContext. Its app_data is no place for
// that: Asio takes what lies there for its own and deletes it.
int own_place() {
    static const int place = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return place;
}

std::string fault_in_words(long verdict) {
    switch (verdict) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "it has expired";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "it is not yet valid (is the clock of this machine right?)";
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "it is for another host";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return "it is self-signed";
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return "it is signed by an unknown authority";
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
            return "its key is too weak";
        default:
            return X509_verify_cert_error_string(verdict);
    }
}

std::string fault_in_words(const boost::system::error_code& code) {
    if (code == boost::asio::ssl::error::stream_truncated || code == boost::asio::error::eof)
        return "the peer closed the connection";
    if (code.category() != boost::asio::error::get_ssl_category())
        return code.message();
    switch (ERR_GET_REASON(static_cast<unsigned long>(code.value()))) {
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return "the peer speaks no TLS 1.2 or later";
        case SSL_R_WRONG_VERSION_NUMBER:
            return "the peer does not speak TLS";
        default:
            return code.message();
    }
}

}  // namespace

TlsContext::TlsContext() {
    SSL_CTX* const native = context_.native_handle();
    // Said here, whatever the machine's openssl.cnf says: level 2 refuses RSA keys
    // under 2,048 bits and signatures with SHA-1 (SSL_CTX_set_security_level(3)).
    SSL_CTX_set_security_level(native, 2);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION);
    if (SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_max_proto_version(native, 0) != 1 ||
        SSL_CTX_set_ex_data(native, own_place(), this) != 1) {
        throw std::runtime_error("OpenSSL cannot be held to TLS 1.2 and later");
    }
    context_.set_verify_mode(boost::asio::ssl::verify_peer);
    SSL_CTX_set_session_cache_mode(native,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(native, &TlsContext::keep_session);
}

Result<std::unique_ptr<TlsContext>> TlsContext::create(const Authorities& authorities) {
    const auto store = authorities.store();
    if (!store)
        return std::unexpected(store.error());
    std::unique_ptr<TlsContext> tls(new TlsContext());
    SSL_CTX_set1_cert_store(tls->context_.native_handle(), store->get());
    return tls;
}

// Called by OpenSSL, on the loop; returning 1 takes the session over.
int TlsContext::keep_session(SSL* connection, SSL_SESSION* session) {
    auto* const tls =
        static_cast<TlsContext*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), own_place()));
    tls->session_.reset(session);
    return 1;
}

void TlsContext::prepare(SSL* connection, const std::string& host) {
    X509_VERIFY_PARAM* const expected = SSL_get0_param(connection);
    bool done = false;
    if (is_address(host)) {
        done = X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
    } else {
        X509_VERIFY_PARAM_set_hostflags(
            expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        done = X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size()) == 1 &&
               SSL_set_tlsext_host_name(connection, host.c_str()) == 1;
    }
    if (!done)
        throw std::runtime_error("OpenSSL does not take the host name " + printable(host));
    if (session_)
        SSL_set_session(connection, session_.get());
}

Failure TlsContext::handshake_failure(SSL* connection, const boost::system::error_code& code,
                                      const std::string& peer) {
    session_.reset();
    Failure failure = failure_from(Step::tls, code, peer);
    if (failure.kind != FailureKind::tls_failed)
        return failure;
    if (const long verdict = SSL_get_verify_result(connection); verdict != X509_V_OK) {
        failure.kind = FailureKind::certificate_refused;
        failure.what = joined(peer, ": the certificate was refused: ", fault_in_words(verdict));
    } else {
        failure.what = joined(peer, ": ", name(Step::tls), ": ", fault_in_words(code));
    }
    return failure;
}

}  // namespace seqload::net
