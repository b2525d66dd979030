#include "seqload/net/authorities.hpp"

#include "seqload/base/text.hpp"
#include "seqload/base/thrown.hpp"
#include "seqload/base/without_signals.hpp"

#include <new>

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace seqload::net {

namespace {

// Want of memory is no fault of a file's.
void require_memory(const boost::system::error_code& code) {
    if (is_want_of_memory(code))
        throw std::bad_alloc();
}

Result<std::shared_ptr<X509_STORE>> read(const std::string& ca_file) {
    boost::asio::ssl::context context(boost::asio::ssl::context::tls_client);
    boost::system::error_code code;
    context.set_default_verify_paths(code);
    require_memory(code);
    if (code) {
        return fail(ErrorKind::local_fault,
                    "the system's certificate authorities cannot be loaded: " + code.message(),
                    "TLS", "install ca-certificates");
    }
    if (!ca_file.empty()) {
        context.load_verify_file(ca_file, code);
        require_memory(code);
        if (code) {
            return fail(ErrorKind::usage, "no certificate authority can be read: " + code.message(),
                        "--ca-file " + printable(ca_file), "give a file of PEM certificates");
        }
    }
    X509_STORE* const store = SSL_CTX_get_cert_store(context.native_handle());
    X509_STORE_up_ref(store);  // it outlives the context
    return std::shared_ptr<X509_STORE>(store, &X509_STORE_free);
}

}  // namespace

// Where no thread can be had, they are read when they are asked for.
Authorities::Authorities(const std::string& ca_file) {
    const WithoutSignals without_signals;
    store_ = std::async(std::launch::async | std::launch::deferred, [ca_file] {
                 return read(ca_file);
             }).share();
}

}  // namespace seqload::net
