#pragma once

// The certificate authorities that are trusted: the system's, and those of one file more. OpenSSL
// takes some 60 ms to read them, so that is done once for all clients, on a thread of its own,
// while whoever is going to connect has other things to do.

#include "seqload/base/error.hpp"

#include <future>
#include <memory>
#include <string>

struct x509_store_st;

namespace seqload::net {

class Authorities {
public:
    // Begins to read. ca_file: PEM; empty: the system's only. Does not block.
    explicit Authorities(const std::string& ca_file);

    // Waits until they are read.
    ~Authorities() = default;
    Authorities(const Authorities&) = delete;
    Authorities& operator=(const Authorities&) = delete;

    // OpenSSL's store of them; waits until they are read. On any thread. Errors: local_fault, if
    // the system's cannot be loaded; usage, if the file cannot be read or holds no certificate.
    // Throws std::bad_alloc.
    Result<std::shared_ptr<x509_store_st>> store() const { return store_.get(); }

private:
    // The last of a future from std::async waits for its end.
    std::shared_future<Result<std::shared_ptr<x509_store_st>>> store_;
};

}  // namespace seqload::net
