#pragma once

// A run over scripted answers: no network, the state in memory, time a million times faster.

#include "seqload/dispatch/run.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace seqload::dispatch {

using Answer = std::expected<net::Exchange, net::Failure>;

class CountingListener final : public Listener {
public:
    int sent = 0;
    int ended = 0;
    std::vector<std::string> settled_by;     // Apollo's ids of requests
    std::vector<std::string> retried_after;  // likewise

    void request_sent(const Job& /*job*/) override { ++sent; }
    void request_ended(const Job& /*job*/, const TryResult& /*result*/, Duration took) override {
        CHECK(took >= Duration(0));
        ++ended;
    }
    void rows_settled(const Job& /*job*/, const state::StatusCounts& /*rows*/,
                      std::string_view request_id) override {
        settled_by.emplace_back(request_id);
    }
    void will_retry(const Job& /*job*/, const TryResult& result, Duration /*after*/) override {
        retried_after.push_back(result.request_id);
    }
    void batch_halved(const Job& /*job*/, const TryResult& /*result*/) override {}
    void target_refused(const Job& /*job*/, const TryResult& /*result*/) override {}
    void knows_nobody() override {}
    void waiting(const Wait& /*wait*/) override {}
};

struct RunFixture {
    TargetTable targets;
    std::unique_ptr<state::Store> store;
    std::function<Answer(const net::Request&, int)> answers;  // by the number of the request
    std::function<void(Run&, int)> before_answer = [](Run&, int) {};
    int requests = 0;
    int under_way = 0;
    int most_under_way = 0;
    int wanted_under_way = 0;  // the first so many requests end no earlier than all are under way
    bool in_bursts = false;    // answers come when each connection waits for one, all at once
    unsigned connections = 2;
    std::uint32_t attempts = 5;
    Brake::Limits brake{};
    std::vector<state::Change> earlier;  // what a process that was killed had recorded
    state::BatchNumber last_batch = 0;
    plan::Canary canary{};
    CountingListener listener;
    std::function<bool(Run&, PassedCanary)> go_ahead;  // empty: nobody is asked

    static constexpr const char* run_id = "20261123-213622-k7q2";
    static Id contact(RowNumber row);
    static Answer answer(unsigned status, std::string body);
    static Answer all_added(const net::Request& request);
    static Answer failure(bool request_left);

    Batch batch(char sequence, RowNumber first, RowNumber last);
    // One for each row, from 1 on, all of one target.
    std::vector<Batch> batches_of_one_row(RowNumber rows);
    RunEnd carry_out(std::vector<Batch> batches);
    boost::asio::awaitable<void> until_under_way(boost::asio::io_context& loop);
    boost::asio::awaitable<void> until_burst_is_full(boost::asio::io_context& loop, int number);
    // "status reason" of every settled row.
    std::map<RowNumber, std::string> fates() const;
};

}  // namespace seqload::dispatch
