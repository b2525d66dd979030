#include "seqload/sandbox/certificates.hpp"

#include "support/temporary_directory.hpp"

#include <fstream>
#include <memory>
#include <sstream>

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace seqload;
using namespace seqload::sandbox;
using seqload::test::TemporaryDirectory;

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

Certificate certificate_of(const std::string& pem) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    Certificate certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr), &X509_free);
    BIO_free(bio);
    REQUIRE(certificate);
    return certificate;
}

}  // namespace

TEST_CASE("the certificate is for localhost and both loopback addresses, signed by the authority") {
    const TemporaryDirectory directory;
    const auto identity = prepare_identity(directory.path() / "new" / "place");
    REQUIRE(identity);
    const Certificate server = certificate_of(identity->certificate);
    const Certificate authority = certificate_of(bytes_of(identity->ca_file));
    CHECK(X509_check_host(server.get(), "localhost", 0, 0, nullptr) == 1);
    CHECK(X509_check_host(server.get(), "example.com", 0, 0, nullptr) == 0);
    CHECK(X509_check_ip_asc(server.get(), "127.0.0.1", 0) == 1);
    CHECK(X509_check_ip_asc(server.get(), "::1", 0) == 1);
    CHECK(X509_check_issued(authority.get(), server.get()) == X509_V_OK);
    CHECK(X509_verify(server.get(), X509_get0_pubkey(authority.get())) == 1);
    CHECK(X509_check_ca(authority.get()) == 1);
    CHECK(X509_check_ca(server.get()) == 0);
    CHECK(X509_check_purpose(server.get(), X509_PURPOSE_SSL_SERVER, 0) == 1);
}

TEST_CASE("the keys are for their owner alone") {
    const TemporaryDirectory directory;
    REQUIRE(prepare_identity(directory.path()));
    constexpr auto owner_only = fs::perms::owner_read | fs::perms::owner_write;
    CHECK(fs::status(directory.path() / "ca-key.pem").permissions() == owner_only);
    CHECK(fs::status(directory.path() / "server-key.pem").permissions() == owner_only);
}

TEST_CASE("an authority that is there is used again, and signs a new certificate") {
    const TemporaryDirectory directory;
    const auto first = prepare_identity(directory.path());
    REQUIRE(first);
    const std::string authority = bytes_of(first->ca_file);
    const auto second = prepare_identity(directory.path());
    REQUIRE(second);
    CHECK(bytes_of(second->ca_file) == authority);
    CHECK(first->certificate != second->certificate);
    const Certificate server = certificate_of(second->certificate);
    CHECK(X509_verify(server.get(), X509_get0_pubkey(certificate_of(authority).get())) == 1);
}

TEST_CASE("an authority without its own key is refused, and nothing is overwritten") {
    const TemporaryDirectory directory;
    REQUIRE(prepare_identity(directory.path()));
    const std::string authority = bytes_of(directory.path() / "ca.pem");
    fs::remove(directory.path() / "ca-key.pem");
    const auto refused = prepare_identity(directory.path());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::local_fault);
    CHECK(refused.error().next == "remove both, and they are made anew");
    CHECK(bytes_of(directory.path() / "ca.pem") == authority);
}
