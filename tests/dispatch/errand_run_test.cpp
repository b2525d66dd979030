#include "dispatch/errand_fixture.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::dispatch {

TEST_CASE_FIXTURE(ErrandFixture, "each errand is sent once when all goes well") {
    std::multiset<std::string> targets;
    answers = [&](const net::Request& request, int) {
        targets.insert(request.target);
        return answer(200);
    };
    NumberedErrands book(5);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK_FALSE(end.error);
    CHECK(targets == std::multiset<std::string>{"1", "2", "3", "4", "5"});
    CHECK(end.requests.sent == 5);
    CHECK(settled_items == 50);
}

TEST_CASE("whatever comes back, each errand ends exactly once, in no more tries than it may have") {
    enum class Fate { good, rubbish, fault, lost, refused, limited };
    constexpr std::size_t script_ends = 300;  // from then on all is good
    CHECK(rc::check([] {
        const auto errands = *rc::gen::inRange<std::uint64_t>(0, 30);
        const auto script =
            *rc::gen::nonEmpty(rc::gen::container<std::vector<Fate>>(rc::gen::element(
                Fate::good, Fate::rubbish, Fate::fault, Fate::lost, Fate::refused, Fate::limited)));
        ErrandFixture run;
        run.workers = *rc::gen::inRange(1U, 7U);
        run.attempts = *rc::gen::inRange(1U, 5U);

        std::map<std::string, std::vector<Fate>> tries;
        std::uint64_t limited = 0;
        run.answers = [&](const net::Request& request, int number) {
            const auto place = static_cast<std::size_t>(number);
            const Fate fate = place > script_ends ? Fate::good : script[place % script.size()];
            if (fate == Fate::limited) {
                ++limited;
                return rate_limited("5");
            }
            tries[request.target].push_back(fate);
            switch (fate) {
                case Fate::rubbish:
                    return answer(200, "<html>");
                case Fate::fault:
                    return answer(503);
                case Fate::lost:
                    return failure(true);
                case Fate::refused:
                    return answer(422);
                default:
                    return answer(200);
            }
        };
        NumberedErrands book(errands);
        const RunEnd end = run.carry_out(book);

        RC_ASSERT(end.reason == StopReason::finished);
        RC_ASSERT(book.ends.size() == errands);
        RC_ASSERT(tries.size() == errands);
        const auto on_record = run.removals();
        for (const NumberedErrands::End& ended : book.ends) {
            const auto& fates = tries.at(std::to_string(ended.number));
            RC_ASSERT(ended.attempts == fates.size());
            RC_ASSERT(fates.size() <= run.attempts);
            RC_ASSERT(ended.answered == (fates.back() == Fate::good));
            const bool spent = fates.size() == run.attempts;
            RC_ASSERT((ended.answered || fates.back() == Fate::refused || spent));
            for (std::size_t i = 0; i + 1 < fates.size(); ++i)
                RC_ASSERT((fates[i] != Fate::good && fates[i] != Fate::refused));
            RC_ASSERT((on_record.at(ended.number - 1).status == state::RemovalStatus::removed) ==
                      ended.answered);
        }
        const auto sent = static_cast<std::uint64_t>(run.requests);
        RC_ASSERT(end.requests.sent == sent);
        RC_ASSERT(end.requests.retried == sent - errands);
        RC_ASSERT(end.requests.rate_limited == limited);
        RC_ASSERT((run.record().requests == state::RequestTotals{sent, sent - errands, limited}));
        RC_ASSERT(run.settled_items == errands * items_per_errand);
    }));
}

TEST_CASE_FIXTURE(ErrandFixture, "what may be repeated is repeated until an answer comes") {
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
    NumberedErrands book(1);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 4);
    CHECK(end.requests.retried == 3);
    REQUIRE(book.ends.size() == 1);
    CHECK(book.ends.front().answered);
    CHECK(book.ends.front().attempts == 4);
    REQUIRE(troubles.size() == 3);
    CHECK(troubles[1] == "it broke");
    CHECK(troubles[2] == "the answer is not what was expected");
}

TEST_CASE_FIXTURE(ErrandFixture,
                  "an errand whose attempts are spent is given up, and the next one goes on") {
    attempts = 2;
    workers = 1;
    answers = [](const net::Request& request, int) {
        return request.target == "1" ? answer(500) : answer(200);
    };
    NumberedErrands book(2);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::finished);
    REQUIRE(book.ends.size() == 2);
    CHECK(book.ends[0].number == 1);
    CHECK_FALSE(book.ends[0].answered);
    CHECK(book.ends[0].http_status == 500);
    CHECK(book.ends[0].attempts == 2);
    CHECK_FALSE(book.ends[0].message.empty());
    CHECK(book.ends[1].answered);
}

TEST_CASE_FIXTURE(ErrandFixture,
                  "what was given up has the status of its last answer, which no 429 is") {
    attempts = 2;
    workers = 1;
    answers = [](const net::Request& request, int number) {
        if (request.target == "2")
            return number == 3 ? rate_limited("5") : failure(true);
        Answer fault = answer(503);
        fault->response.headers.add("x-request-id", "r-1");
        return number == 1 ? fault : failure(true);
    };
    NumberedErrands book(2);
    CHECK(carry_out(book).reason == StopReason::finished);
    REQUIRE(book.ends.size() == 2);
    CHECK(book.ends[0].message == "it broke");
    CHECK(book.ends[0].http_status == 503);
    CHECK(book.ends[0].request_id == "r-1");
    CHECK(book.ends[1].attempts == 2);
    CHECK(book.ends[1].http_status == 0);
    CHECK(book.ends[1].request_id.empty());
}

TEST_CASE_FIXTURE(ErrandFixture, "an errand that is refused is not sent again") {
    for (const unsigned status : {404U, 422U, 400U}) {
        CAPTURE(status);
        requests = 0;
        store.reset();
        answers = [status](const net::Request&, int) {
            return answer(status, R"({"error":"secret may not"})");
        };
        NumberedErrands book(1);
        CHECK(carry_out(book).reason == StopReason::finished);
        CHECK(requests == 1);
        REQUIRE(book.ends.size() == 1);
        CHECK_FALSE(book.ends.front().answered);
        CHECK(book.ends.front().http_status == status);
        // What echoes the key is written down without it.
        CHECK(book.ends.front().message.find("*** may not") != std::string::npos);
    }
}

TEST_CASE_FIXTURE(ErrandFixture,
                  "a key that is refused ends everything, and nothing is settled by it") {
    workers = 1;
    for (const auto& [status, body] :
         {std::pair{401U, "Invalid access credentials."},
          std::pair{403U, R"({"error":"no","error_code":"API_INACCESSIBLE"})"}}) {
        CAPTURE(status);
        requests = 0;
        store.reset();
        answers = [&](const net::Request&, int number) {
            return number == 1 ? answer(200) : answer(status, body);
        };
        NumberedErrands book(50);
        const RunEnd end = carry_out(book);
        CHECK(end.reason == StopReason::key_refused);
        REQUIRE(end.error);
        CHECK(end.error->kind == ErrorKind::refused_key);
        CHECK(requests == 2);
        CHECK(book.ends.size() == 1);
        CHECK(removals()[1].status == state::RemovalStatus::waiting);
    }
}

}  // namespace seqload::dispatch
