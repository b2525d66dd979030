#pragma once

// A client with a loop of its own, told in one line what to do.

#include "seqload/net/client.hpp"
#include "support/loopback_server.hpp"

#include <chrono>
#include <exception>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace seqload::net {

// For http to the server. A test that waits for no deadline must never meet one.
inline ClientOptions plain_options(const test::LoopbackServer& server) {
    ClientOptions options;
    options.endpoint = Endpoint{.tls = false, .host = "127.0.0.1", .port = server.port()};
    options.timeout = std::chrono::seconds(30);
    return options;
}

// How long a test that waits for a deadline waits.
constexpr std::chrono::milliseconds short_time{200};

inline Request get(std::string target) {
    return Request{.method = "GET", .target = std::move(target), .headers = {}, .body = {}};
}

class TestClient {
public:
    explicit TestClient(const ClientOptions& options)
        : client_(std::move(Client::create(loop_.get_executor(), options).value())) {}

    using Result = std::expected<Exchange, Failure>;

    Result send(const Request& request) { return at_once({request}).front(); }
    Result get(std::string target = "/") { return send(net::get(std::move(target))); }

    // All of them begun before the first one ends.
    std::vector<Result> at_once(const std::vector<Request>& requests) {
        std::vector<Result> results(requests.size());
        for (std::size_t i = 0; i < requests.size(); ++i) {
            boost::asio::co_spawn(loop_, client_->exchange(requests[i]),
                                  [&results, i](const std::exception_ptr& trouble, Result result) {
                                      if (trouble)
                                          std::rethrow_exception(trouble);
                                      results[i] = std::move(result);
                                  });
        }
        run();
        return results;
    }

    void close() {
        boost::asio::co_spawn(loop_, client_->close(), [](const std::exception_ptr& trouble) {
            if (trouble)
                std::rethrow_exception(trouble);
        });
        run();
    }

    void run() {
        loop_.restart();
        loop_.run();
    }

    Traffic traffic() const { return client_->traffic(); }
    Client& client() { return *client_; }
    boost::asio::io_context& loop() { return loop_; }

private:
    boost::asio::io_context loop_;
    std::unique_ptr<Client> client_;
};

}  // namespace seqload::net
