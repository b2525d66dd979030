#include "seqload/net/client.hpp"

#include "connection.hpp"
#include "seqload/net/bell.hpp"
#include "tls_context.hpp"

#include <utility>
#include <vector>

namespace seqload::net {

namespace asio = boost::asio;

class Client::Pool {
public:
    Pool(const asio::any_io_executor& executor, const ClientOptions& options,
         std::unique_ptr<TlsContext> tls)
        : executor_(executor), options_(options), tls_(std::move(tls)), freed_(executor) {}

    asio::awaitable<std::expected<Exchange, Failure>> exchange(const Request& request) {
        while (in_use_ >= options_.connections)
            co_await freed_.wait();
        ++in_use_;
        auto result = co_await carry(request);
        --in_use_;
        freed_.ring();
        co_return result;
    }

    asio::awaitable<void> close() {
        while (!idle_.empty()) {
            const std::unique_ptr<Connection> connection = std::move(idle_.back());
            idle_.pop_back();
            co_await connection->close(std::chrono::seconds(1));
        }
    }

    const Traffic& traffic() const { return traffic_; }

private:
    asio::awaitable<std::expected<Exchange, Failure>> carry(const Request& request) {
        std::unique_ptr<Connection> connection = take_idle();
        if (connection) {
            auto result = co_await connection->exchange(request);
            // The peer closed the connection as we began to write: certainly not carried
            // out, so that a fresh connection may try.
            const bool cut_short =
                !result && result.error().step == Step::write && !result.error().request_left;
            if (!cut_short) {
                put_back(std::move(connection));
                co_return result;
            }
        }
        connection = std::make_unique<Connection>(executor_, options_, *tls_, traffic_);
        if (auto failure = co_await connection->open())
            co_return std::unexpected(std::move(*failure));
        auto result = co_await connection->exchange(request);
        put_back(std::move(connection));
        co_return result;
    }

    // The one used last that is still good: the others may then time out.
    std::unique_ptr<Connection> take_idle() {
        const auto oldest = std::chrono::steady_clock::now() - options_.idle_limit;
        while (!idle_.empty()) {
            std::unique_ptr<Connection> connection = std::move(idle_.back());
            idle_.pop_back();
            if (connection->idle_since() >= oldest && !connection->is_stale())
                return connection;
        }
        return nullptr;
    }

    void put_back(std::unique_ptr<Connection> connection) {
        if (connection->reusable())
            idle_.push_back(std::move(connection));
    }

    asio::any_io_executor executor_;
    ClientOptions options_;
    std::unique_ptr<TlsContext> tls_;
    Traffic traffic_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the one used last at the back
    unsigned in_use_ = 0;
    Bell freed_;
};

Result<std::unique_ptr<Client>> Client::create(const asio::any_io_executor& executor,
                                               const ClientOptions& options) {
    auto tls = TlsContext::create(options.ca_file);
    if (!tls)
        return std::unexpected(std::move(tls.error()));
    return std::unique_ptr<Client>(
        new Client(std::make_unique<Pool>(executor, options, std::move(*tls))));
}

Client::Client(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}

Client::~Client() = default;

asio::awaitable<std::expected<Exchange, Failure>> Client::exchange(const Request& request) {
    return pool_->exchange(request);
}

asio::awaitable<void> Client::close() { return pool_->close(); }

Traffic Client::traffic() const { return pool_->traffic(); }

}  // namespace seqload::net
