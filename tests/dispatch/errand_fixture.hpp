#pragma once

// A run of errands over scripted answers: no network, the state in memory unless
// said otherwise, time a million times faster.

#include "carried_out.hpp"
#include "seqload/dispatch/errand_run.hpp"
#include "state/new_run.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace asio = boost::asio;

using Answer = std::expected<net::Exchange, net::Failure>;

inline constexpr const char* errand_run_id = "20261124-080000-abcd";
inline constexpr std::uint64_t items_per_errand = 10;

inline Answer answer(unsigned status, std::string body = "good") {
    net::Exchange exchange;
    exchange.response.status = status;
    exchange.response.body = std::move(body);
    return exchange;
}

inline Answer rate_limited(const char* seconds) {
    Answer limited = answer(429, R"({"message":"… is 400 times per hour."})");
    limited->response.headers.add("retry-after", seconds);
    return limited;
}

inline Answer failure(bool request_left) {
    return std::unexpected(
        net::Failure{net::FailureKind::closed, net::Step::head, request_left, "it broke"});
}

// Numbered errands, each with its number as its target; good answers say "good". On
// record each is a removal of that number.
class NumberedErrands final : public ErrandBook {
public:
    struct End {
        std::uint64_t number;
        bool answered;
        unsigned http_status;
        std::string message;
        std::uint32_t attempts;
        std::string request_id;
    };

    explicit NumberedErrands(std::uint64_t errands) : errands_(errands) {}

    std::uint64_t size() const { return errands_; }

    std::optional<Errand> next() override {
        if (handed_out_ == errands_)
            return std::nullopt;
        Errand errand;
        errand.number = ++handed_out_;
        errand.request.target = std::to_string(errand.number);
        errand.items = items_per_errand;
        return errand;
    }

    std::optional<state::Change> sending(const Errand& errand, bool retried) override {
        return state::RemovalsInFlight{.contacts = errand.items, .retried = retried, .at = {}};
    }

    std::optional<state::Change> settle(const ErrandEnd& end) override {
        if (end.answered && end.body != "good")
            return std::nullopt;
        ends.push_back(
            {end.number, end.answered, end.http_status, end.message, end.attempts, end.request_id});
        const auto status =
            end.answered ? state::RemovalStatus::removed : state::RemovalStatus::failed;
        return state::RemovalsSettled{.outcomes = {{.number = end.number, .status = status}},
                                      .http_status = end.http_status,
                                      .attempts = end.attempts,
                                      .request_id = end.request_id,
                                      .at = end.at};
    }

    std::vector<End> ends;  // in the order in which they came

private:
    std::uint64_t errands_;
    std::uint64_t handed_out_ = 0;
};

struct ErrandFixture : ErrandListener {
    // What may be set before carry_out.
    std::function<Answer(const net::Request&, int)> answers;  // by the number of the request
    std::function<asio::awaitable<void>(const net::Request&)> under_way;  // before its answer
    std::function<void()> on_sent = [] {};  // the listener has heard of it
    std::function<void()> on_settled = [] {};
    std::function<void()> on_retry = [] {};
    std::function<void()> on_wait = [] {};
    const Clock* clock = nullptr;  // none: the fast one
    unsigned workers = 2;
    std::uint32_t attempts = 5;
    // A day of the fast clock is a tenth of a second: no outage unless asked for.
    Duration give_up_after = std::chrono::hours(24 * 365 * 10);

    // What can be looked at afterwards, and, with a single worker, by the listener.
    std::unique_ptr<state::Store> store;
    int requests = 0;
    std::uint64_t settled_items = 0;
    std::vector<std::string> troubles;
    std::vector<Window> waited_for;

    void request_sent(const Errand& /*errand*/) override { on_sent(); }
    void request_ended(const Errand& /*errand*/, const TryResult& /*result*/) override {}
    void settled(std::uint64_t items) override {
        settled_items += items;
        on_settled();
    }
    void will_retry(const Errand& /*errand*/, const TryResult& result,
                    Duration /*after*/) override {
        troubles.push_back(result.message);
        on_retry();
    }
    void waiting_for_quota(Window window, Duration /*left*/) override {
        waited_for.push_back(window);
        on_wait();
    }

    // Stops the run as a signal would: by the loop, between two steps.
    void stop_soon() {
        asio::post(*loop_, [this] { run_->stop(); });
    }

    state::RunRecord record() const {
        auto run = store->run(errand_run_id);
        REQUIRE(run);
        return *run;
    }

    std::vector<state::Removal> removals() const {
        auto read = store->removals(errand_run_id);
        REQUIRE(read);
        return *read;
    }

    // Puts the book's removals on record in that state.
    void begin(const NumberedErrands& book, std::unique_ptr<state::Store> opened) {
        store = std::move(opened);
        REQUIRE(store->begin_run(state::test::new_run(errand_run_id, "undo")));
        std::vector<state::AddedContact> contacts;
        for (std::uint64_t number = 1; number <= book.size(); ++number) {
            std::array<std::uint8_t, Id::size> bytes{};
            bytes.back() = static_cast<std::uint8_t>(number);
            contacts.push_back({static_cast<RowNumber>(number), Id(bytes), Id()});
        }
        REQUIRE(store->record_removals(errand_run_id, contacts, book.size()));
    }

    RunEnd carry_out(NumberedErrands& book) {
        if (!store)
            begin(book, std::move(*state::Store::open_in_memory()));
        asio::io_context loop(1);
        quota::Gate gate{QuotaLimits{}};
        const auto credentials = apollo::Credentials::key("secret");
        const SystemClock fast(1e6);
        Random random(1);
        const auto send = [&](const net::Request& request) -> asio::awaitable<Answer> {
            const int number = ++requests;
            if (under_way)
                co_await under_way(request);
            co_return answers(request, number);
        };
        ErrandRun run(loop.get_executor(),
                      {book, *store, gate, *credentials, clock != nullptr ? *clock : fast, random,
                       *this, send},
                      errand_run_id,
                      {.connections = workers,
                       .attempts = attempts,
                       .give_up_after = give_up_after,
                       .user_agent = {}});
        loop_ = &loop;
        run_ = &run;
        return carried_out(run, loop);
    }

private:
    asio::io_context* loop_ = nullptr;
    ErrandRun* run_ = nullptr;
};

}  // namespace seqload::dispatch
