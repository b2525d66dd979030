#pragma once

// Certificates made for a test: authorities, servers, and every way in which
// one can be wrong.

#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace seqload::test {

// A certificate with its key; copies share both.
struct TlsIdentity {
    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;
};

struct CertificateWish {
    std::string common_name = "localhost";
    std::string alternative_names = "DNS:localhost,IP:127.0.0.1,IP:::1";  // as in openssl.cnf
    long valid_from = -3600;                                              // seconds from now
    long valid_until = 3600;
    unsigned rsa_bits = 0;  // 0: a key on the curve P-256
    bool is_authority = false;
};

inline void must(bool worked, const char* what) {
    if (!worked)
        throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

inline void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free);
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

// Signed by the issuer; self-signed if there is none.
inline TlsIdentity make_identity(const CertificateWish& wish, const TlsIdentity* issuer = nullptr) {
    static long serial = 1;
    TlsIdentity made;
    made.key.reset(wish.rsa_bits == 0 ? EVP_EC_gen("P-256") : EVP_RSA_gen(wish.rsa_bits),
                   EVP_PKEY_free);
    made.certificate.reset(X509_new(), X509_free);
    must(made.key && made.certificate, "make a key and a certificate");

    X509* const certificate = made.certificate.get();
    X509* const signer = issuer == nullptr ? certificate : issuer->certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.valid_until);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(wish.common_name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(signer));
    X509_set_pubkey(certificate, made.key.get());
    if (wish.is_authority) {
        add_extension(certificate, signer, NID_basic_constraints, "critical,CA:TRUE");
        add_extension(certificate, signer, NID_key_usage, "critical,keyCertSign");
    } else {
        add_extension(certificate, signer, NID_ext_key_usage, "serverAuth");
        add_extension(certificate, signer, NID_subject_alt_name, wish.alternative_names);
    }
    EVP_PKEY* const signing = issuer == nullptr ? made.key.get() : issuer->key.get();
    must(X509_sign(certificate, signing, EVP_sha256()) > 0, "sign a certificate");
    return made;
}

inline TlsIdentity make_authority(const std::string& common_name) {
    return make_identity({.common_name = common_name, .is_authority = true});
}

// Writes the certificate, without the key.
inline void write_pem(const TlsIdentity& identity, const std::string& file) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new_file(file.c_str(), "w"),
                                                            BIO_free_all);
    must(out && PEM_write_bio_X509(out.get(), identity.certificate.get()) == 1, "write a file");
}

}  // namespace seqload::test
