#pragma once

// A server on 127.0.0.1 that does exactly what a script says, byte for byte, in
// the clear or in TLS. Every connection runs the script on a thread of its own,
// with plain blocking calls, so that a script reads as the story that it tells.
//
// The server ends with its object: whatever a script waits for on its socket
// then fails, and the script with it.

#include "support/tls_identity.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace seqload::test {

struct ServerOptions {
    std::optional<TlsIdentity> identity = std::nullopt;
    bool tls_at_once = true;  // where there is an identity; else the script calls start_tls
    int tls_at_least = 0;     // TLS1_2_VERSION …; 0: whatever OpenSSL offers
    int tls_at_most = 0;
    unsigned tickets = 2;    // sent after a TLS 1.3 handshake
    int receive_buffer = 0;  // bytes; 0: the system's
    std::string port = "0";  // 0: any free one
    // What else is to be set, before the first connection.
    std::function<void(SSL_CTX*)> prepare_tls = nullptr;
};

// The other side has gone, or the server is to end. Scripts need not catch it.
struct PeerGone {};

class LoopbackServer;

// One accepted connection, for the thread that runs its script.
class Peer {
public:
    Peer(LoopbackServer& server, int socket) : server_(server), socket_(socket) {}
    ~Peer() {
        SSL_free(tls_);
        ::close(socket_);
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    void start_tls();
    SSL* tls() const { return tls_; }

    // Head and body (by Content-Length) of the next request.
    std::string read_request();
    // Whatever comes next, at least a byte: the connection then stands on both sides.
    void read_something() { read_some(); }
    void write(std::string_view bytes);
    // An answer with status 200 and that body.
    void answer(std::string_view body) {
        write("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
              std::string(body));
    }
    // Returns when the other side has ended the connection.
    void wait_for_end() {
        try {
            while (true)
                read_some();
        } catch (const PeerGone&) {
            return;
        }
    }

    // Ends it in the orderly way, close_notify before FIN.
    void close() {
        if (tls_ != nullptr)
            SSL_shutdown(tls_);
        ::shutdown(socket_, SHUT_WR);
    }
    // FIN alone.
    void cut() { ::shutdown(socket_, SHUT_WR); }
    // RST, as the script ends right after it.
    void reset() {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        throw PeerGone{};
    }

    // From any thread: wakes the script.
    void abandon() { ::shutdown(socket_, SHUT_RDWR); }

private:
    void read_some() {
        char bytes[4096];
        const auto count = tls_ != nullptr
                               ? SSL_read(tls_, bytes, sizeof bytes)
                               : static_cast<int>(recv(socket_, bytes, sizeof bytes, 0));
        if (count <= 0)
            throw PeerGone{};
        unread_.append(bytes, static_cast<std::size_t>(count));
    }

    LoopbackServer& server_;
    int socket_;
    SSL* tls_ = nullptr;
    std::string unread_;
};

class LoopbackServer {
public:
    using Script = std::function<void(Peer&)>;

    explicit LoopbackServer(Script script, const ServerOptions& options = {})
        : script_(std::move(script)),
          options_(options),
          listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        if (options.identity)
            make_context();
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(options.port)));
        const int yes = 1;  // a server may follow another one on its port
        setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (options.receive_buffer > 0) {
            setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer,
                       sizeof options.receive_buffer);
        }
        socklen_t size = sizeof address;
        auto* const plain = reinterpret_cast<sockaddr*>(&address);
        if (bind(listener_, plain, size) != 0 || listen(listener_, 64) != 0 ||
            getsockname(listener_, plain, &size) != 0) {
            throw std::runtime_error("the test's server cannot listen");
        }
        port_ = std::to_string(ntohs(address.sin_port));
        accepting_ = std::thread([this] { accept_all(); });
    }

    ~LoopbackServer() {
        ending_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        accepting_.join();
        {
            const std::lock_guard lock(mutex_);
            for (Peer* peer : peers_)
                peer->abandon();
        }
        for (std::thread& each : scripts_)
            each.join();
        ::close(listener_);
    }

    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    const std::string& port() const { return port_; }

    // How many connections were taken so far.
    int connections() const { return connections_; }

    // Every request read so far, whole.
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    friend class Peer;

    void make_context() {
        context_.reset(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
        SSL_CTX* const context = context_.get();
        SSL_CTX_set_security_level(context, 0);  // it offers what a client must refuse
        SSL_CTX_set_min_proto_version(context, options_.tls_at_least);
        SSL_CTX_set_max_proto_version(context, options_.tls_at_most);
        SSL_CTX_set_num_tickets(context, options_.tickets);
        must(SSL_CTX_use_certificate(context, options_.identity->certificate.get()) == 1 &&
                 SSL_CTX_use_PrivateKey(context, options_.identity->key.get()) == 1,
             "use the certificate");
        if (options_.prepare_tls)
            options_.prepare_tls(context);
    }

    void accept_all() {
        while (true) {
            const int accepted = accept(listener_, nullptr, nullptr);
            if (accepted < 0 || ending_) {
                if (accepted >= 0)
                    ::close(accepted);
                return;
            }
            ++connections_;
            scripts_.emplace_back([this, accepted] { run(accepted); });
        }
    }

    void run(int accepted) {
        // OpenSSL writes without MSG_NOSIGNAL; a signal of this kind goes to its thread.
        sigset_t pipe_signal;
        sigemptyset(&pipe_signal);
        sigaddset(&pipe_signal, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_signal, nullptr);

        Peer peer(*this, accepted);
        {
            const std::lock_guard lock(mutex_);
            if (ending_)
                return;
            peers_.push_back(&peer);
        }
        try {
            if (context_ && options_.tls_at_once)
                peer.start_tls();
            script_(peer);
        } catch (const PeerGone&) {
            // The story has ended early, as stories on networks do.
        }
        const std::lock_guard lock(mutex_);
        peers_.remove(&peer);
    }

    Script script_;
    ServerOptions options_;
    std::shared_ptr<SSL_CTX> context_;
    int listener_;
    std::string port_;
    std::atomic<bool> ending_ = false;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;  // for the next two
    std::vector<std::string> requests_;
    std::list<Peer*> peers_;
    std::vector<std::thread> scripts_;  // the accepting thread's, until it is joined
    std::thread accepting_;
};

inline void Peer::start_tls() {
    tls_ = SSL_new(server_.context_.get());
    SSL_set_fd(tls_, socket_);
    if (SSL_accept(tls_) != 1)
        throw PeerGone{};
}

inline std::string Peer::read_request() {
    std::size_t head = 0;
    while ((head = unread_.find("\r\n\r\n")) == std::string::npos)
        read_some();
    std::size_t size = head + 4;
    const std::string_view length = "Content-Length: ";
    if (const auto at = unread_.find(length); at < head)
        size += std::stoul(unread_.substr(at + length.size()));
    while (unread_.size() < size)
        read_some();
    std::string request = unread_.substr(0, size);
    unread_.erase(0, size);
    const std::lock_guard lock(server_.mutex_);
    server_.requests_.push_back(request);
    return request;
}

inline void Peer::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count =
            tls_ != nullptr
                ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                : static_cast<int>(send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
        if (count <= 0)
            throw PeerGone{};
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace seqload::test
