#include "seqload/dispatch/errand_run.hpp"

#include "support/failing_vfs.hpp"
#include "support/temporary_directory.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>
#include <sqlite3.h>

namespace seqload::dispatch {

namespace {

namespace asio = boost::asio;

constexpr const char* run_id = "20261124-080000-abcd";
using Answer = std::expected<net::Exchange, net::Failure>;

Answer answer(unsigned status, std::string body = "good") {
    net::Exchange exchange;
    exchange.response.status = status;
    exchange.response.body = std::move(body);
    return exchange;
}

Answer failure(bool request_left) {
    return std::unexpected(
        net::Failure{net::FailureKind::closed, net::Step::head, request_left, "it broke"});
}

// Numbered errands, each with its number as its target; good answers say "good".
class Book final : public ErrandBook {
public:
    explicit Book(std::uint64_t errands) : errands_(errands) {}

    std::optional<Errand> next() override {
        if (handed_out_ == errands_)
            return std::nullopt;
        Errand errand;
        errand.number = ++handed_out_;
        errand.request.target = std::to_string(errand.number);
        errand.items = 10;
        return errand;
    }

    std::optional<state::Change> sending(const Errand& errand, bool retried) override {
        return state::RemovalsInFlight{.contacts = errand.items, .retried = retried, .at = {}};
    }

    std::optional<state::Change> settle(const ErrandEnd& end) override {
        if (end.answered && end.body != "good")
            return std::nullopt;
        ends.push_back({end.number, end.answered, end.http_status, end.message, end.attempts});
        return state::RequestsCounted{};
    }

    struct End {
        std::uint64_t number;
        bool answered;
        unsigned http_status;
        std::string message;
        std::uint32_t attempts;
    };
    std::vector<End> ends;

private:
    std::uint64_t errands_;
    std::uint64_t handed_out_ = 0;
};

struct Fixture : ErrandListener {
    std::unique_ptr<state::Store> store;
    std::function<Answer(const net::Request&, int)> answers;  // by the number of the request
    std::function<void(ErrandRun&, int)> before_answer = [](ErrandRun&, int) {};
    int requests = 0;
    std::uint32_t attempts = 5;
    // A day of the scaled clock is a tenth of a second: no outage unless asked for.
    Duration give_up_after = std::chrono::hours(24 * 365 * 10);
    std::uint64_t settled_items = 0;
    std::uint64_t sent_on_record = 0;  // when the listener heard of the last request
    std::vector<std::string> troubles;

    void request_sent() override {
        const auto run = store->run(run_id);
        REQUIRE(run);
        sent_on_record = run->requests.sent;
    }
    void settled(std::uint64_t items) override { settled_items += items; }
    void will_retry(std::string_view trouble, Duration /*after*/) override {
        troubles.emplace_back(trouble);
    }
    void waiting_for_quota(Window /*window*/, Duration /*left*/) override {}

    void begin(std::unique_ptr<state::Store> opened) {
        store = std::move(opened);
        REQUIRE(store->begin_run({.id = run_id,
                                  .command = "undo",
                                  .api_url = {},
                                  .team = {},
                                  .options_json = "{}",
                                  .output_directory = "/",
                                  .started_at = {},
                                  .inputs = {}}));
    }

    RunEnd carry_out(Book& book, unsigned workers = 2) {
        if (!store)
            begin(std::move(*state::Store::open_in_memory()));
        asio::io_context loop(1);
        quota::Gate gate{QuotaLimits{}};
        const auto credentials = apollo::Credentials::key("secret");
        const SystemClock clock(1e6);
        Random random(1);
        ErrandRun* running = nullptr;
        const auto send = [&](const net::Request& request) -> asio::awaitable<Answer> {
            const int number = ++requests;
            before_answer(*running, number);
            co_return answers(request, number);
        };
        ErrandRun run(loop.get_executor(),
                      {book, *store, gate, *credentials, clock, random, *this, send}, run_id,
                      {.workers = workers,
                       .attempts = attempts,
                       .give_up_after = give_up_after,
                       .user_agent = {}});
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
};

}  // namespace

TEST_CASE_FIXTURE(
    Fixture, "each errand is sent once when all goes well, and heard of when it is on record") {
    std::multiset<std::string> targets;
    answers = [&](const net::Request& request, int) {
        targets.insert(request.target);
        return answer(200);
    };
    Book book(5);
    const RunEnd end = carry_out(book, 1);
    CHECK(end.reason == StopReason::finished);
    CHECK(targets == std::multiset<std::string>{"1", "2", "3", "4", "5"});
    CHECK(end.requests.sent == 5);
    CHECK(sent_on_record == 5);
    CHECK(settled_items == 50);
    CHECK(store->run(run_id)->requests.sent == 5);
}

TEST_CASE_FIXTURE(Fixture, "what may be repeated is repeated until an answer comes") {
    answers = [](const net::Request&, int number) {
        switch (number) {
            case 1:
                return answer(503);
            case 2:
                return failure(true);
            case 3:
                return answer(200, "<html>");
            default:
                return answer(200);
        }
    };
    Book book(1);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 4);
    CHECK(end.requests.retried == 3);
    REQUIRE(book.ends.size() == 1);
    CHECK(book.ends.front().answered);
    CHECK(book.ends.front().attempts == 4);
    REQUIRE(troubles.size() == 3);
    CHECK(troubles.back() == "the answer is not what was expected");
    CHECK(store->run(run_id)->requests.retried == 3);
}

TEST_CASE_FIXTURE(Fixture, "a 429 is waited out and is no attempt") {
    attempts = 1;
    answers = [](const net::Request&, int number) {
        Answer limited = answer(429, R"({"message":"… is 400 times per hour."})");
        limited->response.headers.add("retry-after", "5");
        return number <= 3 ? limited : answer(200);
    };
    Book book(1);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.rate_limited == 3);
    REQUIRE(book.ends.size() == 1);
    CHECK(book.ends.front().answered);
    CHECK(book.ends.front().attempts == 1);
    CHECK(store->run(run_id)->requests.rate_limited == 3);
}

TEST_CASE_FIXTURE(Fixture,
                  "an errand whose attempts are spent is given up, and the next one goes on") {
    attempts = 2;
    answers = [](const net::Request& request, int) {
        return request.target == "1" ? answer(500) : answer(200);
    };
    Book book(2);
    const RunEnd end = carry_out(book, 1);
    CHECK(end.reason == StopReason::finished);
    REQUIRE(book.ends.size() == 2);
    CHECK(book.ends[0].number == 1);
    CHECK_FALSE(book.ends[0].answered);
    CHECK(book.ends[0].http_status == 500);
    CHECK(book.ends[0].attempts == 2);
    CHECK_FALSE(book.ends[0].message.empty());
    CHECK(book.ends[1].answered);
}

TEST_CASE_FIXTURE(Fixture, "an errand that is refused is not sent again") {
    for (const unsigned status : {404U, 422U, 400U}) {
        CAPTURE(status);
        requests = 0;
        store.reset();
        answers = [status](const net::Request&, int) {
            return answer(status, R"({"error":"no"})");
        };
        Book book(1);
        CHECK(carry_out(book).reason == StopReason::finished);
        CHECK(requests == 1);
        REQUIRE(book.ends.size() == 1);
        CHECK(book.ends.front().http_status == status);
    }
}

TEST_CASE_FIXTURE(Fixture, "a key that is refused ends everything, and nothing is settled by it") {
    answers = [](const net::Request&, int) { return answer(401, "Invalid access credentials."); };
    Book book(50);
    const RunEnd end = carry_out(book, 1);
    CHECK(end.reason == StopReason::key_refused);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::refused_key);
    CHECK(requests == 1);
    CHECK(book.ends.empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "when nothing gets through for long, the run stops and says what was last") {
    give_up_after = Duration::zero();
    answers = [](const net::Request&, int) { return failure(false); };
    Book book(3);
    const RunEnd end = carry_out(book, 1);
    CHECK(end.reason == StopReason::gave_up);
    REQUIRE(end.error);
    CHECK(end.error->what.find("it broke") != std::string::npos);
    CHECK(book.ends.empty());
}

TEST_CASE_FIXTURE(Fixture, "one that is stopped finishes what is under way, and begins nothing") {
    answers = [](const net::Request&, int) { return answer(200); };
    before_answer = [](ErrandRun& run, int number) {
        if (number == 3)
            run.stop();
    };
    Book book(50);
    const RunEnd end = carry_out(book, 1);
    CHECK(end.reason == StopReason::interrupted);
    CHECK(requests == 3);
    CHECK(book.ends.size() == 3);
    CHECK(settled_items == 30);
}

TEST_CASE_FIXTURE(Fixture, "without a record nothing is sent") {
    const test::TemporaryDirectory directory;
    test::FailingVfs vfs;
    auto opened = state::Store::open(directory.path() / "state.db", {.vfs = vfs.name()});
    REQUIRE(opened);
    begin(std::move(*opened));
    answers = [](const net::Request&, int) { return answer(200); };
    vfs.fail_from(0, SQLITE_FULL);
    Book book(3);
    const RunEnd end = carry_out(book, 1);
    CHECK(end.reason == StopReason::state_failed);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::local_fault);
    CHECK(requests == 0);
    CHECK(settled_items == 0);
    store.reset();
    vfs.heal();
}

}  // namespace seqload::dispatch
