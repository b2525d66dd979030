#pragma once

// An authority that the tests' clients trust, and servers with its certificates.

#include "net/client_fixture.hpp"
#include "support/temporary_directory.hpp"
#include "support/tls_identity.hpp"

#include <string>

namespace seqload::net {

inline const test::TlsIdentity& authority() {
    static const test::TlsIdentity made = test::make_authority("the tests' authority");
    return made;
}

inline const std::string& authority_file() {
    static const test::TemporaryDirectory directory;
    static const std::string file = [] {
        const std::string path = (directory.path() / "ca.pem").string();
        test::write_pem(authority(), path);
        return path;
    }();
    return file;
}

// For localhost, 127.0.0.1 and ::1, with nothing wrong.
inline const test::TlsIdentity& localhost_identity() {
    static const test::TlsIdentity made = test::make_identity({}, &authority());
    return made;
}

// For https to the server under that name or address.
inline ClientOptions tls_options(const test::LoopbackServer& server,
                                 const std::string& host = "localhost") {
    ClientOptions options = plain_options(server);
    options.endpoint.tls = true;
    options.endpoint.host = host;
    options.ca_file = authority_file();
    return options;
}

inline void answer_all(test::Peer& peer) {
    while (true) {
        peer.read_request();
        peer.answer("hello");
    }
}

}  // namespace seqload::net
