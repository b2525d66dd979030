#pragma once

// The sockets of the sandbox: takes connections on loopback, reads HTTP/1.1
// requests, asks the service and plays its scripts. Decides nothing.
//
// Only on the loop of the io_context.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/sandbox/certificates.hpp"
#include "seqload/sandbox/service.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

namespace seqload::sandbox {

class Server {
public:
    // All three must outlive the server, and service and clock the context's last handler.
    Server(boost::asio::io_context& context, Service& service, const Clock& clock,
           const Identity& identity);
    ~Server();

    // Listens on a loopback address, with TLS or without; port 0 takes a free one. The port taken.
    // Errors: kind usage for an address that is not loopback, local_fault for a port in use.
    Result<std::uint16_t> listen(const std::string& address, std::uint16_t port, bool with_tls);

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace seqload::sandbox
