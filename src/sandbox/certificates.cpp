#include "seqload/sandbox/certificates.hpp"

#include "seqload/base/joined.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace seqload::sandbox {
namespace {

namespace fs = std::filesystem;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Free>;
using CertificatePointer = std::unique_ptr<X509, Free>;
using BioPointer = std::unique_ptr<BIO, Free>;

struct Authority {
    CertificatePointer certificate;
    KeyPointer key;
};

// Making certificates from nothing fails only without memory or randomness.
void must(bool worked, const char* step) {
    if (!worked)
        throw std::runtime_error(joined("OpenSSL cannot ", step));
}

KeyPointer new_key() {
    KeyPointer key(EVP_EC_gen("P-256"));
    must(key != nullptr, "make a key");
    return key;
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

// A certificate of that subject, not yet signed.
CertificatePointer new_certificate(const char* common_name, EVP_PKEY* key, long days) {
    CertificatePointer certificate(X509_new());
    must(certificate != nullptr, "make a certificate");
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::array<unsigned char, 16> serial{};
    must(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1, "draw a number");
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7fU) | 0x01U);  // positive, 16 bytes long
    BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    // A clock that is a little off shall not make a fresh certificate one of the future.
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * 24 * 3600);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
    must(X509_set_pubkey(certificate.get(), key) == 1, "set a public key");
    return certificate;
}

Authority new_authority() {
    Authority authority;
    authority.key = new_key();
    authority.certificate = new_certificate("apollo-sandbox CA", authority.key.get(), 3650);
    X509* certificate = authority.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
    must(X509_sign(certificate, authority.key.get(), EVP_sha256()) > 0, "sign a certificate");
    return authority;
}

CertificatePointer new_server_certificate(const Authority& authority, EVP_PKEY* key) {
    CertificatePointer certificate = new_certificate("localhost", key, 365);
    X509* issuer = authority.certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    add_extension(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), issuer, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), issuer, NID_ext_key_usage, "serverAuth");
    add_extension(certificate.get(), issuer, NID_subject_alt_name,
                  "DNS:localhost,IP:127.0.0.1,IP:::1");
    add_extension(certificate.get(), issuer, NID_subject_key_identifier, "hash");
    add_extension(certificate.get(), issuer, NID_authority_key_identifier, "keyid");
    must(X509_sign(certificate.get(), authority.key.get(), EVP_sha256()) > 0, "sign a certificate");
    return certificate;
}

template <class Write>
std::string pem(Write write) {
    const BioPointer bio(BIO_new(BIO_s_mem()));
    must(bio && write(bio.get()) == 1, "write PEM");
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

std::string pem(X509* certificate) {
    return pem([certificate](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string pem(EVP_PKEY* key) {
    return pem([key](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

Result<> write_file(const fs::path& path, std::string_view bytes, mode_t mode) {
    // Removed first: an old file would keep its old permissions.
    std::error_code ignored;
    fs::remove(path, ignored);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0)
        return fail(ErrorKind::local_fault, joined("cannot be written: ", system_message(errno)),
                    path.string());
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    const bool closed = ::close(file) == 0;
    if (written != static_cast<ssize_t>(bytes.size()) || !closed)
        return fail(ErrorKind::local_fault, "cannot be written whole", path.string());
    return {};
}

std::string read_file(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

Result<Authority> load_authority(const fs::path& certificate_file, const fs::path& key_file) {
    const auto memory = [](const std::string& bytes) {
        return BioPointer(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    };
    const std::string certificate_bytes = read_file(certificate_file);
    const std::string key_bytes = read_file(key_file);
    Authority authority;
    authority.certificate.reset(
        PEM_read_bio_X509(memory(certificate_bytes).get(), nullptr, nullptr, nullptr));
    authority.key.reset(
        PEM_read_bio_PrivateKey(memory(key_bytes).get(), nullptr, nullptr, nullptr));
    const bool is_pair =
        authority.certificate && authority.key &&
        X509_check_private_key(authority.certificate.get(), authority.key.get()) == 1;
    if (!is_pair)
        return fail(ErrorKind::local_fault,
                    joined("is no authority that ", key_file.string(), " is the key of"),
                    certificate_file.string(), "remove both, and they are made anew");
    if (X509_cmp_current_time(X509_get0_notAfter(authority.certificate.get())) < 0)
        return fail(ErrorKind::local_fault, "has expired", certificate_file.string(),
                    joined("remove it and ", key_file.string(), ", and they are made anew"));
    return authority;
}

Result<Authority> authority_in(const fs::path& directory) {
    const fs::path certificate_file = directory / "ca.pem";
    const fs::path key_file = directory / "ca-key.pem";
    if (fs::exists(certificate_file))
        return load_authority(certificate_file, key_file);
    Authority authority = new_authority();
    if (auto written = write_file(key_file, pem(authority.key.get()), 0600); !written)
        return std::unexpected(written.error());
    if (auto written = write_file(certificate_file, pem(authority.certificate.get()), 0644);
        !written)
        return std::unexpected(written.error());
    return authority;
}

}  // namespace

Result<Identity> prepare_identity(const fs::path& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error)
        return fail(ErrorKind::local_fault, joined("cannot be made: ", error.message()),
                    directory.string());
    const auto authority = authority_in(directory);
    if (!authority)
        return std::unexpected(authority.error());
    const KeyPointer key = new_key();
    const CertificatePointer certificate = new_server_certificate(*authority, key.get());
    Identity identity;
    identity.ca_file = directory / "ca.pem";
    identity.certificate = pem(certificate.get()) + pem(authority->certificate.get());
    identity.key = pem(key.get());
    if (auto written = write_file(directory / "server.pem", identity.certificate, 0644); !written)
        return std::unexpected(written.error());
    if (auto written = write_file(directory / "server-key.pem", identity.key, 0600); !written)
        return std::unexpected(written.error());
    return identity;
}

}  // namespace seqload::sandbox
