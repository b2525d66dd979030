#pragma once

// The certificate authority of a sandbox, and the certificate it serves with.

#include "seqload/base/error.hpp"

#include <filesystem>
#include <string>

namespace seqload::sandbox {

struct Identity {
    std::filesystem::path ca_file;
    std::string certificate;  // PEM: the server's, then the authority's
    std::string key;          // PEM
};

// Takes the authority from DIR/ca.pem and DIR/ca-key.pem, or makes one and writes it there, and has
// it sign a new certificate for localhost, 127.0.0.1 and ::1 (DIR/server.pem, DIR/server-key.pem).
// The keys are readable by their owner only. Makes DIR if it is missing. Errors: kind local_fault.
Result<Identity> prepare_identity(const std::filesystem::path& directory);

}  // namespace seqload::sandbox
