#include "tls_context.hpp"

#include "seqload/base/text.hpp"
#include "seqload/net/endpoint.hpp"

#include <stdexcept>

#include <openssl/x509_vfy.h>

namespace seqload::net {

TlsContext::TlsContext() {
    SSL_CTX* const native = context_.native_handle();
    if (SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) != 1)
        throw std::runtime_error("OpenSSL cannot be held to TLS 1.2 and later");
    context_.set_verify_mode(boost::asio::ssl::verify_peer);
    SSL_CTX_set_session_cache_mode(native,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_set_app_data(native, this);
    SSL_CTX_sess_set_new_cb(native, &TlsContext::keep_session);
}

Result<std::unique_ptr<TlsContext>> TlsContext::create(const std::string& ca_file) {
    std::unique_ptr<TlsContext> tls(new TlsContext());
    boost::system::error_code code;
    tls->context_.set_default_verify_paths(code);
    if (code) {
        return fail(ErrorKind::local_fault,
                    "the system's certificate authorities cannot be loaded: " + code.message(),
                    "TLS", "install ca-certificates");
    }
    if (!ca_file.empty()) {
        tls->context_.load_verify_file(ca_file, code);
        if (code) {
            return fail(ErrorKind::usage, "no certificate authority can be read: " + code.message(),
                        "--ca-file " + printable(ca_file), "give a file of PEM certificates");
        }
    }
    return tls;
}

// Called by OpenSSL, on the loop; returning 1 takes the session over.
int TlsContext::keep_session(SSL* connection, SSL_SESSION* session) {
    auto* const tls = static_cast<TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
    tls->session_.reset(session);
    return 1;
}

void TlsContext::prepare(SSL* connection, const std::string& host) {
    X509_VERIFY_PARAM* const expected = SSL_get0_param(connection);
    bool done = false;
    if (is_address(host)) {
        done = X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
    } else {
        X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        done = X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size()) == 1 &&
               SSL_set_tlsext_host_name(connection, host.c_str()) == 1;
    }
    if (!done)
        throw std::runtime_error("OpenSSL does not take the host name " + host);
    if (session_)
        SSL_set_session(connection, session_.get());
}

}  // namespace seqload::net
