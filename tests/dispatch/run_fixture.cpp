#include "run_fixture.hpp"

#include "carried_out.hpp"
#include "state/new_run.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace seqload::dispatch {

namespace {

namespace asio = boost::asio;

class ScriptedSource final : public BatchSource {
public:
    explicit ScriptedSource(std::vector<Batch> batches) : batches_(std::move(batches)) {}

    Result<std::vector<Batch>> next() override { return std::exchange(batches_, {}); }
    Result<> still_stands() const override { return {}; }

private:
    std::vector<Batch> batches_;
};

}  // namespace

Id RunFixture::contact(RowNumber row) {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes[0] = 0x66;
    bytes[Id::size - 1] = static_cast<std::uint8_t>(row);
    return Id(bytes);
}

Answer RunFixture::answer(unsigned status, std::string body) {
    net::Exchange exchange;
    exchange.response.status = status;
    exchange.response.body = std::move(body);
    return exchange;
}

Answer RunFixture::all_added(const net::Request& request) {
    std::string body = R"({"contacts":[)";
    for (RowNumber row = 1; row < 100; ++row) {
        if (request.target.find(contact(row).text()) != std::string::npos)
            body += (body.ends_with('[') ? "\"" : ",\"") + contact(row).text() + '"';
    }
    return answer(200, body + R"(],"skipped_contact_ids":{}})");
}

Answer RunFixture::failure(bool request_left) {
    return std::unexpected(
        net::Failure{net::FailureKind::closed, net::Step::head, request_left, "it broke"});
}

Batch RunFixture::batch(char sequence, RowNumber first, RowNumber last) {
    Target target;
    target.sequence = *Id::parse(std::string(24, sequence));
    target.mailboxes = {*Id::parse(std::string(24, 'a'))};
    Batch made{.target = targets.intern(target), .contacts = {}, .labels = {}};
    for (RowNumber row = first; row <= last; ++row)
        made.contacts.push_back({row, contact(row)});
    return made;
}

std::vector<Batch> RunFixture::batches_of_one_row(RowNumber rows) {
    std::vector<Batch> batches;
    for (RowNumber row = 1; row <= rows; ++row)
        batches.push_back(batch('1', row, row));
    return batches;
}

asio::awaitable<void> RunFixture::until_burst_is_full(asio::io_context& loop, int number) {
    constexpr int turns_at_most = 5'000'000;
    const int size = static_cast<int>(connections);
    const int full = (number + size - 1) / size * size;
    for (int turn = 0; requests < full && turn < turns_at_most; ++turn)
        co_await asio::post(loop, asio::use_awaitable);
}

// And a while longer, so that one too many would have its chance.
asio::awaitable<void> RunFixture::until_under_way(asio::io_context& loop) {
    constexpr int turns_at_most = 5'000'000;
    for (int turn = 0; most_under_way < wanted_under_way && turn < turns_at_most; ++turn)
        co_await asio::post(loop, asio::use_awaitable);
    for (int turn = 0; turn < 2'000; ++turn)
        co_await asio::post(loop, asio::use_awaitable);
}

RunEnd RunFixture::carry_out(std::vector<Batch> batches) {
    store = std::move(*state::Store::open_in_memory());
    REQUIRE(store->begin_run(state::test::new_run(run_id)));
    state::Plan plan{.targets = targets, .per_target = {}};
    plan.per_target.resize(targets.size());
    plan.rows = 99;
    REQUIRE(store->record_plan(run_id, plan));
    REQUIRE(store->apply(run_id, earlier));
    const auto open_batches = store->open_batches(run_id);
    REQUIRE(open_batches);

    asio::io_context loop(1);
    ScriptedSource source(std::move(batches));
    quota::Gate gate{QuotaLimits{}};
    auto credentials = apollo::Credentials::key("secret");
    const SystemClock clock(1e6);
    Random random(1);
    Run* running = nullptr;
    const auto send = [&](const net::Request& request) -> asio::awaitable<Answer> {
        const int number = ++requests;
        most_under_way = std::max(most_under_way, ++under_way);
        before_answer(*running, number);
        co_await asio::post(loop, asio::use_awaitable);
        if (number <= wanted_under_way)
            co_await until_under_way(loop);
        if (in_bursts)
            co_await until_burst_is_full(loop, number);
        --under_way;
        co_return answers(request, number);
    };
    std::function<asio::awaitable<bool>(PassedCanary)> asked;
    if (go_ahead) {
        asked = [&](PassedCanary passed) -> asio::awaitable<bool> {
            co_return go_ahead(*running, passed);
        };
    }
    Run run(loop.get_executor(),
            {targets,
             source,
             *store,
             gate,
             *credentials,
             clock,
             random,
             listener,
             send,
             {*open_batches, last_batch},
             std::nullopt,
             asked},
            run_id,
            {.connections = connections,
             .attempts = attempts,
             // A day of the scaled clock is a tenth of a second: no outage here.
             .give_up_after = std::chrono::hours(24 * 365 * 10),
             .user_agent = "test",
             .brake = brake,
             .canary = canary});
    running = &run;
    return carried_out(run, loop);
}

std::map<RowNumber, std::string> RunFixture::fates() const {
    std::map<RowNumber, std::string> result;
    auto outcomes = store->outcomes(run_id);
    REQUIRE(outcomes);
    while (auto outcome = *outcomes->next()) {
        const Outcome& row = outcome->outcome;
        const bool is_new =
            result.emplace(row.row, std::string(name(row.status)) + ' ' + row.reason).second;
        CHECK(is_new);
    }
    return result;
}

}  // namespace seqload::dispatch
