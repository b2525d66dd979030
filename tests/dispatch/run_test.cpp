#include "seqload/dispatch/run.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace seqload::dispatch {

namespace {

namespace asio = boost::asio;

constexpr const char* run_id = "20261123-213622-k7q2";
using Answer = std::expected<net::Exchange, net::Failure>;

Id contact(RowNumber row) {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes[0] = 0x66;
    bytes[Id::size - 1] = static_cast<std::uint8_t>(row);
    return Id(bytes);
}

Answer answer(unsigned status, std::string body) {
    net::Exchange exchange;
    exchange.response.status = status;
    exchange.response.body = std::move(body);
    return exchange;
}

Answer all_added(const net::Request& request) {
    std::string body = R"({"contacts":[)";
    for (RowNumber row = 1; row < 100; ++row) {
        if (request.target.find(contact(row).text()) != std::string::npos)
            body += (body.ends_with('[') ? "\"" : ",\"") + contact(row).text() + '"';
    }
    return answer(200, body + R"(],"skipped_contact_ids":{}})");
}

Answer failure(bool request_left) {
    return std::unexpected(
        net::Failure{net::FailureKind::closed, net::Step::head, request_left, "it broke"});
}

class ScriptedSource final : public BatchSource {
public:
    explicit ScriptedSource(std::vector<Batch> batches) : batches_(std::move(batches)) {}

    Result<std::vector<Batch>> next() override { return std::exchange(batches_, {}); }
    Result<> still_stands() const override { return {}; }

private:
    std::vector<Batch> batches_;
};

class Counting final : public Listener {
public:
    int sent = 0;
    int ended = 0;

    void request_sent(const Job& /*job*/) override { ++sent; }
    void request_ended(Duration took) override {
        CHECK(took >= Duration(0));
        ++ended;
    }
    void rows_settled(std::span<const Outcome> /*outcomes*/) override {}
    void will_retry(const Job& /*job*/, std::string_view /*trouble*/, Duration /*after*/) override {
    }
    void batch_halved(const Job& /*job*/, std::string_view /*trouble*/) override {}
    void target_refused(TargetIndex /*target*/, std::string_view /*reason*/,
                        std::string_view /*message*/) override {}
    void knows_nobody() override {}
    void waiting(const Wait& /*wait*/) override {}
};

// A run over scripted answers: no network, the state in memory, time a million times faster.
struct Fixture {
    TargetTable targets;
    std::unique_ptr<state::Store> store;
    std::function<Answer(const net::Request&, int)> answers;  // by the number of the request
    std::function<void(Run&, int)> before_answer = [](Run&, int) {};
    int requests = 0;
    std::uint32_t attempts = 5;
    std::vector<state::Change> earlier;  // what a process that was killed had recorded
    state::BatchNumber last_batch = 0;
    plan::Canary canary{};
    Counting listener;
    std::function<bool(Run&, PassedCanary)> go_ahead;  // empty: nobody is asked

    Batch batch(char sequence, RowNumber first, RowNumber last) {
        Target target;
        target.sequence = *Id::parse(std::string(24, sequence));
        target.mailboxes = {*Id::parse(std::string(24, 'a'))};
        Batch made{.target = targets.intern(target), .contacts = {}, .labels = {}};
        for (RowNumber row = first; row <= last; ++row)
            made.contacts.push_back({row, contact(row)});
        return made;
    }

    RunEnd carry_out(std::vector<Batch> batches) {
        store = std::move(*state::Store::open_in_memory());
        REQUIRE(store->begin_run({.id = run_id,
                                  .command = "load",
                                  .api_url = {},
                                  .team = {},
                                  .options_json = "{}",
                                  .output_directory = "/",
                                  .started_at = {},
                                  .inputs = {}}));
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
            before_answer(*running, number);
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
                {.workers = 2,
                 .attempts = attempts,
                 // A day of the scaled clock is a tenth of a second: no outage here.
                 .give_up_after = std::chrono::hours(24 * 365 * 10),
                 .user_agent = "test",
                 .canary = canary});
        running = &run;
        RunEnd end;
        const auto carry = [&]() -> asio::awaitable<void> { end = co_await run.carry_out(); };
        asio::co_spawn(loop, carry, [](const std::exception_ptr& thrown) {
            if (thrown)
                std::rethrow_exception(thrown);
        });
        loop.run();
        return end;
    }

    // "status reason" of every settled row.
    std::map<RowNumber, std::string> fates() const {
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
};

}  // namespace

TEST_CASE_FIXTURE(Fixture,
                  "the listener hears of each request when it leaves and when it has ended") {
    answers = [](const net::Request& request, int number) {
        return number <= 2 ? failure(number == 1) : all_added(request);
    };
    CHECK(carry_out({batch('1', 1, 2), batch('2', 3, 4)}).reason == StopReason::finished);
    CHECK(requests == 4);
    CHECK(listener.sent == 4);
    CHECK(listener.ended == 4);
}

TEST_CASE_FIXTURE(Fixture, "every batch is sent once when all goes well") {
    answers = [](const net::Request& request, int) { return all_added(request); };
    const RunEnd end = carry_out({batch('1', 1, 3), batch('2', 4, 5)});
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 2);
    CHECK(fates() ==
          std::map<RowNumber, std::string>{
              {1, "added "}, {2, "added "}, {3, "added "}, {4, "added "}, {5, "added "}});
}

TEST_CASE_FIXTURE(Fixture, "who is there after a lost answer may be there because of us") {
    const std::string already = R"({"contacts":[],"skipped_contact_ids":{")" + contact(1).text() +
                                R"(":"contacts_already_exists_in_current_campaign"}})";
    answers = [&](const net::Request&, int number) {
        return number == 1 ? failure(true) : answer(200, already);
    };
    const RunEnd end = carry_out({batch('1', 1, 1)});
    CHECK(end.requests.sent == 2);
    CHECK(end.requests.retried == 1);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "already_in_sequence answer_lost"}});
}

TEST_CASE_FIXTURE(Fixture, "answers lost to the last attempt leave the rows unconfirmed") {
    attempts = 3;
    answers = [](const net::Request&, int) { return failure(true); };
    const RunEnd end = carry_out({batch('1', 1, 2)});
    CHECK(end.requests.sent == 3);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "unconfirmed answer_lost"},
                                                      {2, "unconfirmed answer_lost"}});
}

TEST_CASE_FIXTURE(Fixture, "a refusal after a lost answer does not make a row failed") {
    answers = [](const net::Request&, int number) {
        return number == 1 ? failure(true) : answer(404, "no such sequence");
    };
    carry_out({batch('1', 1, 1)});
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "unconfirmed answer_lost"}});
}

TEST_CASE_FIXTURE(Fixture, "a rejected batch is halved until the row at fault stands alone") {
    answers = [](const net::Request& request, int) {
        if (request.target.find(contact(3).text()) != std::string::npos)
            return answer(400, "{}");
        return all_added(request);
    };
    carry_out({batch('1', 1, 4)});
    CHECK(fates() == std::map<RowNumber, std::string>{
                         {1, "added "}, {2, "added "}, {3, "failed rejected"}, {4, "added "}});
}

TEST_CASE_FIXTURE(Fixture, "a 429 is no attempt") {
    attempts = 1;
    answers = [](const net::Request& request, int number) {
        if (number > 1)
            return all_added(request);
        Answer limited = answer(429, R"({"message":"400 times per hour"})");
        limited->response.headers.add("retry-after", "2");
        return limited;
    };
    const RunEnd end = carry_out({batch('1', 1, 1)});
    CHECK(end.requests.rate_limited == 1);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "added "}});
}

TEST_CASE_FIXTURE(Fixture, "a refused key stops the run and settles nothing") {
    answers = [](const net::Request&, int) { return answer(401, "Invalid API key."); };
    const RunEnd end = carry_out({batch('1', 1, 1), batch('2', 2, 2), batch('3', 3, 3)});
    CHECK(end.reason == StopReason::key_refused);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::refused_key);
    CHECK(fates().empty());
}

TEST_CASE_FIXTURE(Fixture, "a run taken up again sends first what was in flight, and in doubt") {
    const Batch in_flight = batch('1', 1, 2);
    const Batch fresh = batch('1', 3, 3);
    earlier = {state::BatchInFlight{.batch = 7, .content = in_flight, .attempt = 5, .at = {}}};
    last_batch = 7;
    std::vector<std::string> sent;
    answers = [&](const net::Request& request, int) {
        sent.push_back(request.target);
        if (sent.size() > 1)
            return all_added(request);
        return answer(200, R"({"contacts":[],"skipped_contact_ids":{")" + contact(1).text() +
                               R"(":"contacts_already_exists_in_current_campaign",")" +
                               contact(2).text() + R"(":"contact_not_found"}})");
    };
    const RunEnd end = carry_out({fresh});
    CHECK(end.reason == StopReason::finished);
    REQUIRE(sent.size() == 2);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "already_in_sequence answer_lost"},
                                                      {2, "skipped contact_not_found"},
                                                      {3, "added "}});
    CHECK(store->open_batches(run_id)->empty());
}

TEST_CASE_FIXTURE(Fixture, "a batch that was only waiting is not in doubt when it is sent again") {
    earlier = {
        state::BatchInFlight{.batch = 1, .content = batch('1', 1, 1), .attempt = 1, .at = {}},
        state::BatchWaiting{.batch = 1, .rate_limited = true, .at = {}}};
    last_batch = 1;
    answers = [](const net::Request&, int) {
        return answer(200, R"({"contacts":[],"skipped_contact_ids":{")" + contact(1).text() +
                               R"(":"contacts_already_exists_in_current_campaign"}})");
    };
    carry_out({});
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "already_in_sequence "}});
}

TEST_CASE_FIXTURE(Fixture, "a batch has all its attempts again when the run is taken up again") {
    attempts = 2;
    earlier = {
        state::BatchInFlight{.batch = 1, .content = batch('1', 1, 1), .attempt = 2, .at = {}}};
    last_batch = 1;
    answers = [](const net::Request& request, int number) {
        return number == 1 ? failure(true) : all_added(request);
    };
    carry_out({});
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "added "}});
    auto outcomes = store->outcomes(run_id);
    REQUIRE(outcomes);
    CHECK((*outcomes->next())->attempts == 4);
}

TEST_CASE_FIXTURE(Fixture, "a stopped run settles what is in flight and sends nothing more") {
    before_answer = [](Run& run, int) { run.stop(); };
    answers = [](const net::Request& request, int) { return all_added(request); };
    std::vector<Batch> batches;
    for (RowNumber row = 1; row <= 9; ++row)
        batches.push_back(batch('1', row, row));
    const RunEnd end = carry_out(std::move(batches));
    CHECK(end.reason == StopReason::interrupted);
    CHECK(fates().size() == end.requests.sent);
    CHECK(end.requests.sent <= 2);
}

TEST_CASE_FIXTURE(Fixture, "while a canary is open nothing else leaves, then all goes out") {
    canary.rows = 1;
    int tries_of_canary = 0;
    answers = [&](const net::Request& request, int) {
        const auto asks_for = [&](RowNumber row) {
            return request.target.find(contact(row).text()) != std::string::npos;
        };
        if (asks_for(3) || asks_for(10))
            CHECK(tries_of_canary == 3);
        if (asks_for(2) && ++tries_of_canary < 3)
            return failure(true);
        return all_added(request);
    };
    const RunEnd end =
        carry_out({batch('1', 1, 1), batch('2', 2, 2), batch('1', 3, 9), batch('2', 10, 19)});
    CHECK(end.reason == StopReason::finished);
    CHECK(tries_of_canary == 3);
    CHECK(end.requests.sent == 6);
    CHECK(fates().size() == 19);
}

TEST_CASE_FIXTURE(Fixture,
                  "after a canary that passed somebody is asked, and nothing is under way") {
    canary.rows = 2;
    answers = [](const net::Request& request, int) { return all_added(request); };
    int asked = 0;
    go_ahead = [&](Run& run, PassedCanary passed) {
        ++asked;
        CHECK(requests == 2);
        CHECK(run.requests().sent == 2);
        CHECK(passed.added == 4);
        CHECK(passed.already_in_sequence == 0);
        return true;
    };
    const RunEnd end =
        carry_out({batch('1', 1, 2), batch('2', 3, 4), batch('1', 5, 9), batch('2', 10, 19)});
    CHECK(asked == 1);
    CHECK(end.reason == StopReason::finished);
    CHECK(fates().size() == 19);
}

TEST_CASE_FIXTURE(Fixture, "without a go-ahead the canary is all that was sent") {
    canary.rows = 2;
    answers = [](const net::Request& request, int) { return all_added(request); };
    go_ahead = [](Run&, PassedCanary) { return false; };
    const RunEnd end = carry_out({batch('1', 1, 2), batch('1', 3, 9)});
    CHECK(end.reason == StopReason::canary);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::stopped);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "added "}, {2, "added "}});
}

TEST_CASE_FIXTURE(Fixture, "a run that is stopped while it asks was interrupted") {
    canary.rows = 2;
    answers = [](const net::Request& request, int) { return all_added(request); };
    go_ahead = [](Run& run, PassedCanary) {
        run.stop();
        return false;
    };
    const RunEnd end = carry_out({batch('1', 1, 2), batch('1', 3, 9)});
    CHECK(end.reason == StopReason::interrupted);
    CHECK(end.requests.sent == 1);
}

TEST_CASE_FIXTURE(Fixture, "a canary that is skipped stops the run before anything else leaves") {
    canary.rows = 2;
    answers = [](const net::Request&, int) {
        return answer(200, R"({"contacts":[")" + contact(1).text() +
                               R"("],"skipped_contact_ids":{")" + contact(2).text() +
                               R"(":"contact_not_found"}})");
    };
    const RunEnd end = carry_out({batch('1', 1, 2), batch('1', 3, 9)});
    CHECK(end.reason == StopReason::canary);
    CHECK(end.requests.sent == 1);
    REQUIRE(end.error);
    CHECK(end.error->what.find("row 2") != std::string::npos);
    CHECK(fates() ==
          std::map<RowNumber, std::string>{{1, "added "}, {2, "skipped contact_not_found"}});
}

TEST_CASE_FIXTURE(Fixture, "a canary that is halved fails with the row at fault") {
    canary.rows = 4;
    answers = [](const net::Request& request, int) {
        if (request.target.find(contact(3).text()) != std::string::npos)
            return answer(400, "{}");
        return all_added(request);
    };
    const RunEnd end = carry_out({batch('1', 1, 4), batch('1', 5, 9)});
    CHECK(end.reason == StopReason::canary);
    REQUIRE(end.error);
    CHECK(end.error->what.find("row 3") != std::string::npos);
    CHECK(fates().at(3) == "failed rejected");
    CHECK_FALSE(fates().contains(5));
}

TEST_CASE_FIXTURE(Fixture, "a canary that was in flight when its run was killed is one still") {
    canary = {.rows = 2, .passed = {0, 2}};
    earlier = {
        state::BatchInFlight{.batch = 1, .content = batch('1', 1, 2), .attempt = 1, .at = {}}};
    last_batch = 1;
    answers = [](const net::Request&, int) {
        return answer(200, R"({"contacts":[],"skipped_contact_ids":{")" + contact(1).text() +
                               R"(":"contacts_already_exists_in_current_campaign",")" +
                               contact(2).text() + R"(":"contact_not_found"}})");
    };
    const RunEnd end = carry_out({batch('2', 3, 9), batch('1', 10, 19)});
    CHECK(end.reason == StopReason::canary);
    CHECK(end.requests.sent == 1);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "already_in_sequence answer_lost"},
                                                      {2, "skipped contact_not_found"}});
}

}  // namespace seqload::dispatch
