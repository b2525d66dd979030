#include "run_fixture.hpp"

#include <map>
#include <string>

#include <doctest/doctest.h>

namespace seqload::dispatch {

TEST_CASE_FIXTURE(RunFixture, "while a canary is open nothing else leaves, then all goes out") {
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

TEST_CASE_FIXTURE(RunFixture,
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

TEST_CASE_FIXTURE(RunFixture, "without a go-ahead the canary is all that was sent") {
    canary.rows = 2;
    answers = [](const net::Request& request, int) { return all_added(request); };
    go_ahead = [](Run&, PassedCanary) { return false; };
    const RunEnd end = carry_out({batch('1', 1, 2), batch('1', 3, 9)});
    CHECK(end.reason == StopReason::canary);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::stopped);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "added "}, {2, "added "}});
}

TEST_CASE_FIXTURE(RunFixture, "a run that is stopped while it asks was interrupted") {
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

TEST_CASE_FIXTURE(RunFixture,
                  "a canary that is skipped stops the run before anything else leaves") {
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

TEST_CASE_FIXTURE(RunFixture, "a canary that is halved fails with the row at fault") {
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

TEST_CASE_FIXTURE(RunFixture, "a canary that was in flight when its run was killed is one still") {
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
