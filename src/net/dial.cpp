#include "seqload/net/dial.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/net/address_turns.hpp"
#include "seqload/net/bell.hpp"
#include "seqload/net/deadline.hpp"
#include "seqload/net/endpoint.hpp"

#include <algorithm>
#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Shared with the look-up's handler, which may come long after the deadline.
struct LookUp {
    explicit LookUp(const asio::any_io_executor& loop) : resolver(loop), done(loop) {}

    tcp::resolver resolver;
    Bell done;
    bool answered = false;
    boost::system::error_code code;
    Addresses addresses;
};

void start(const std::shared_ptr<LookUp>& look_up, const std::string& host,
           const std::string& port) {
    // Without the flag address_configured: it would take away the loopback addresses
    // of a machine that has no other network.
    look_up->resolver.async_resolve(
        host, port, tcp::resolver::numeric_service,
        [look_up](const boost::system::error_code& code, const tcp::resolver::results_type& found) {
            look_up->answered = true;
            look_up->code = code;
            for (const auto& entry : found)
                look_up->addresses.push_back(entry.endpoint());
            look_up->done.ring();
        });
}

std::string reason(const boost::system::error_code& code) {
    return code == asio::error::timed_out ? std::string("timed out") : code.message();
}

}  // namespace

asio::awaitable<std::expected<Addresses, Failure>> look_up(
    asio::any_io_executor loop, const std::string& host, const std::string& port,
    std::chrono::steady_clock::time_point deadline) {
    boost::system::error_code code;
    const auto port_number = static_cast<asio::ip::port_type>(std::stoul(port));
    const auto address = asio::ip::make_address(host, code);
    if (!code)
        co_return Addresses{tcp::endpoint(address, port_number)};
    if (is_loopback(host))
        co_return Addresses{tcp::endpoint(asio::ip::address_v4::loopback(), port_number),
                            tcp::endpoint(asio::ip::address_v6::loopback(), port_number)};

    const auto look_up = std::make_shared<LookUp>(loop);
    start(look_up, host, port);
    const auto left = deadline - std::chrono::steady_clock::now();
    co_await look_up->done.wait(left);

    if (std::chrono::steady_clock::now() >= deadline) {
        code = asio::error::timed_out;
    } else if (!look_up->answered) {
        code = asio::error::operation_aborted;
    } else if (!look_up->code && look_up->addresses.empty()) {
        code = asio::error::no_data;
    } else {
        code = look_up->code;
    }
    if (code)
        co_return std::unexpected(failure_from(Step::resolve, code, host));
    co_return std::move(look_up->addresses);
}

void keep_loopback_only(Addresses& addresses) {
    std::erase_if(addresses, [](const auto& each) { return !each.address().is_loopback(); });
}

void put_first(Addresses& addresses, const std::optional<asio::ip::address>& address) {
    const auto is_it = [&](const auto& each) { return each.address() == address; };
    const auto found = std::ranges::find_if(addresses, is_it);
    if (found != addresses.end())
        std::rotate(addresses.begin(), found, found + 1);
}

asio::awaitable<std::optional<Failure>> connect_in_turn(
    tcp::socket& socket, const Addresses& addresses, const std::string& peer,
    std::chrono::steady_clock::time_point deadline) {
    AddressTurns turns(addresses.size(), deadline);
    boost::system::error_code code = asio::error::timed_out;
    std::string story;
    while (const auto turn = turns.next(std::chrono::steady_clock::now())) {
        const tcp::endpoint& address = addresses[turn->address];
        Deadline limit(socket.get_executor(), turn->until, [&socket] {
            boost::system::error_code ignored;
            socket.close(ignored);
        });
        const auto [outcome] =
            co_await socket.async_connect(address, asio::as_tuple(asio::use_awaitable));
        if (!outcome) {
            boost::system::error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            socket.set_option(asio::socket_base::keep_alive(true), ignored);
            co_return std::nullopt;
        }
        code = limit.judged(outcome);
        if (code == asio::error::operation_aborted)
            break;
        story +=
            joined(story.empty() ? "" : "; ", address.address().to_string(), ": ", reason(code));
        boost::system::error_code ignored;
        socket.close(ignored);
    }
    Failure failure = failure_from(Step::connect, code, peer);
    if (addresses.size() > 1)
        failure.what = joined(peer, ": ", name(Step::connect), ": ", story);
    co_return failure;
}

}  // namespace seqload::net
