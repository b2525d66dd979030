#include "seqload/net/client.hpp"

#include "connection.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/net/bell.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include <boost/asio/this_coro.hpp>

namespace seqload::net {

namespace asio = boost::asio;

class Client::Pool {
public:
    Pool(const asio::any_io_executor& loop, Common common)
        : loop_(loop), common_(std::move(common)), freed_(loop) {}

    // self: the pool lives on until the exchange has ended.
    static asio::awaitable<std::expected<Exchange, Failure>> exchange(std::shared_ptr<Pool> self,
                                                                      const Request& request) {
        while (self->in_use_ >= self->common_.options.connections && !self->closed_) {
            co_await self->freed_.wait();
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none)
                co_return self->not_begun("cancelled");
        }
        if (self->closed_)
            co_return self->not_begun("the client is closed");
        const Place place(*self);
        co_return co_await self->carry(request);
    }

    void close() {
        closed_ = true;
        for (const auto& connection : idle_)
            connection->close();
        idle_.clear();
        freed_.ring();
    }

    const Traffic& traffic() const { return common_.traffic; }

private:
    // One of the connections that may be in use at once.
    class Place {
    public:
        explicit Place(Pool& pool) : pool_(pool) { ++pool_.in_use_; }
        ~Place() {
            --pool_.in_use_;
            pool_.freed_.ring();
        }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

    private:
        Pool& pool_;
    };

    std::unexpected<Failure> not_begun(std::string_view why) const {
        return std::unexpected(
            Failure{FailureKind::cancelled, Step::resolve, false,
                    joined(common_.options.endpoint.host_and_port(), ": ", why)});
    }

    asio::awaitable<std::expected<Exchange, Failure>> carry(const Request& request) {
        std::unique_ptr<Connection> connection = take_idle();
        if (connection) {
            auto result = co_await connection->exchange(request);
            // The peer closed the connection as we began to write: certainly not carried
            // out, so that a fresh connection may try.
            const bool cut_short =
                !result && result.error().step == Step::write && !result.error().request_left;
            if (!cut_short) {
                put_back(std::move(connection), result.has_value());
                co_return result;
            }
        }
        connection = std::make_unique<Connection>(loop_, common_);
        auto failure = co_await connection->open();
        if (failure)
            co_return std::unexpected(std::move(*failure));
        auto result = co_await connection->exchange(request);
        put_back(std::move(connection), result.has_value());
        co_return result;
    }

    // The one used last that is still good: the others may then time out.
    std::unique_ptr<Connection> take_idle() {
        const auto oldest = std::chrono::steady_clock::now() - common_.options.idle_limit;
        const auto is_too_old = [&](const auto& each) {
            if (each->idle_since() >= oldest)
                return false;
            each->close();
            return true;
        };
        std::erase_if(idle_, is_too_old);
        while (!idle_.empty()) {
            std::unique_ptr<Connection> connection = std::move(idle_.back());
            idle_.pop_back();
            if (!connection->is_stale())
                return connection;
            connection->close();
        }
        return nullptr;
    }

    void put_back(std::unique_ptr<Connection> connection, bool was_answered) {
        if (connection->reusable() && !closed_) {
            idle_.push_back(std::move(connection));
        } else if (was_answered) {
            connection->close();
        }
    }

    asio::any_io_executor loop_;
    Common common_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the one used last at the back
    unsigned in_use_ = 0;
    bool closed_ = false;
    Bell freed_;
};

Result<std::unique_ptr<Client>> Client::create(const asio::any_io_executor& executor,
                                               const ClientOptions& options) {
    if (options.connections == 0)
        throw std::invalid_argument("a client without connections waits for ever");
    Common common{options, nullptr, Traffic{}, std::nullopt};
    if (options.endpoint.tls) {
        const auto authorities = options.authorities
                                     ? options.authorities
                                     : std::make_shared<const Authorities>(options.ca_file);
        auto tls = TlsContext::create(*authorities);
        if (!tls)
            return std::unexpected(std::move(tls.error()));
        common.tls = std::move(*tls);
    }
    return std::unique_ptr<Client>(new Client(std::make_shared<Pool>(executor, std::move(common))));
}

Client::Client(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}

Client::~Client() = default;

asio::awaitable<std::expected<Exchange, Failure>> Client::exchange(const Request& request) {
    return Pool::exchange(pool_, request);
}

asio::awaitable<void> Client::close() {
    pool_->close();
    co_return;
}

Traffic Client::traffic() const {
    return pool_->traffic();
}

}  // namespace seqload::net
