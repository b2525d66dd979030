#include "run_fixture.hpp"
#include "seqload/apollo/settle.hpp"

#include <array>
#include <map>
#include <new>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::dispatch {

TEST_CASE_FIXTURE(RunFixture,
                  "the listener hears of each request when it leaves and when it has ended") {
    answers = [](const net::Request& request, int number) {
        return number <= 2 ? failure(number == 1) : all_added(request);
    };
    CHECK(carry_out({batch('1', 1, 2), batch('2', 3, 4)}).reason == StopReason::finished);
    CHECK(requests == 4);
    CHECK(listener.sent == 4);
    CHECK(listener.ended == 4);
}

TEST_CASE_FIXTURE(RunFixture, "the listener is told what Apollo called a request") {
    answers = [](const net::Request& request, int number) {
        Answer made = number == 1 ? answer(503, "down") : all_added(request);
        made->response.headers.add("x-request-id", "request " + std::to_string(number));
        return made;
    };
    carry_out({batch('1', 1, 2)});
    CHECK(listener.retried_after == std::vector<std::string>{"request 1"});
    CHECK(listener.settled_by == std::vector<std::string>{"request 2"});
}

TEST_CASE_FIXTURE(RunFixture, "the end of a run is told with the request that it came by") {
    answers = [](const net::Request&, int) {
        Answer made = answer(401, "wrong key");
        made->response.headers.add("x-request-id", "the last");
        return made;
    };
    const RunEnd end = carry_out({batch('1', 1, 2)});
    CHECK(end.reason == StopReason::key_refused);
    CHECK(end.request_id == "the last");
}

TEST_CASE_FIXTURE(RunFixture, "every batch is sent once when all goes well") {
    answers = [](const net::Request& request, int) { return all_added(request); };
    const RunEnd end = carry_out({batch('1', 1, 3), batch('2', 4, 5)});
    CHECK(end.reason == StopReason::finished);
    CHECK(end.requests.sent == 2);
    CHECK(fates() ==
          std::map<RowNumber, std::string>{
              {1, "added "}, {2, "added "}, {3, "added "}, {4, "added "}, {5, "added "}});
}

TEST_CASE_FIXTURE(
    RunFixture, "a worker that runs out of memory stops the run, and what is in flight stays so") {
    answers = [](const net::Request& request, int number) {
        if (number == 1)
            throw std::bad_alloc();
        return all_added(request);
    };
    const RunEnd end = carry_out({batch('1', 1, 3), batch('2', 4, 5), batch('3', 6, 6)});
    CHECK(end.reason == StopReason::machine_failed);
    CHECK(end.error.value().what == "there is not enough memory");
    CHECK(store->open_batches(run_id).value().size() >= 1);
    CHECK_FALSE(fates().contains(1));
}

TEST_CASE_FIXTURE(RunFixture, "who is there after a lost answer may be there because of us") {
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

TEST_CASE_FIXTURE(RunFixture, "answers lost to the last attempt leave the rows unconfirmed") {
    attempts = 3;
    answers = [](const net::Request&, int) { return failure(true); };
    const RunEnd end = carry_out({batch('1', 1, 2)});
    CHECK(end.requests.sent == 3);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "unconfirmed answer_lost"},
                                                      {2, "unconfirmed answer_lost"}});
}

TEST_CASE_FIXTURE(RunFixture, "a refusal after a lost answer does not make a row failed") {
    answers = [](const net::Request&, int number) {
        return number == 1 ? failure(true) : answer(404, "no such sequence");
    };
    carry_out({batch('1', 1, 1)});
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "unconfirmed answer_lost"}});
}

TEST_CASE_FIXTURE(RunFixture, "a rejected batch is halved until the row at fault stands alone") {
    answers = [](const net::Request& request, int) {
        if (request.target.find(contact(3).text()) != std::string::npos)
            return answer(400, "{}");
        return all_added(request);
    };
    carry_out({batch('1', 1, 4)});
    CHECK(fates() == std::map<RowNumber, std::string>{
                         {1, "added "}, {2, "added "}, {3, "failed rejected"}, {4, "added "}});
}

TEST_CASE_FIXTURE(RunFixture, "a 429 is no attempt") {
    attempts = 2;
    answers = [](const net::Request& request, int number) {
        if (number > 1)  // the first attempt fails, and there is one more
            return number == 2 ? failure(true) : all_added(request);
        Answer limited = answer(429, R"({"message":"400 times per hour"})");
        limited->response.headers.add("retry-after", "2");
        return limited;
    };
    const RunEnd end = carry_out({batch('1', 1, 1)});
    CHECK(end.requests.rate_limited == 1);
    CHECK(end.requests.sent == 3);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "added "}});
}

TEST_CASE_FIXTURE(RunFixture,
                  "batches that never left are tried again for as long as nothing gets through") {
    attempts = 2;
    answers = [](const net::Request& request, int number) {
        return number <= 6 ? failure(false) : all_added(request);
    };
    const RunEnd end = carry_out({batch('1', 1, 1)});
    CHECK(end.requests.sent == 7);
    CHECK(fates() == std::map<RowNumber, std::string>{{1, "added "}});
}

TEST_CASE_FIXTURE(RunFixture, "a refused key stops the run and settles nothing") {
    answers = [](const net::Request&, int) { return answer(401, "Invalid API key."); };
    const RunEnd end = carry_out({batch('1', 1, 1), batch('2', 2, 2), batch('3', 3, 3)});
    CHECK(end.reason == StopReason::key_refused);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::refused_key);
    CHECK(fates().empty());
}

TEST_CASE_FIXTURE(RunFixture, "a run taken up again sends first what was in flight, and in doubt") {
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

TEST_CASE_FIXTURE(RunFixture,
                  "a batch that was only waiting is not in doubt when it is sent again") {
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

TEST_CASE_FIXTURE(RunFixture, "a batch has all its attempts again when the run is taken up again") {
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

TEST_CASE_FIXTURE(RunFixture, "a stopped run settles what is in flight and sends nothing more") {
    before_answer = [](Run& run, int) { run.stop(); };
    answers = [](const net::Request& request, int) { return all_added(request); };
    const RunEnd end = carry_out(batches_of_one_row(9));
    CHECK(end.reason == StopReason::interrupted);
    CHECK(fates().size() == end.requests.sent);
    CHECK(end.requests.sent <= 2);
}

TEST_CASE_FIXTURE(RunFixture, "as many requests are under way as there are connections") {
    connections = 3;
    wanted_under_way = 3;
    answers = [](const net::Request& request, int) { return all_added(request); };
    CHECK(carry_out(batches_of_one_row(40)).reason == StopReason::finished);
    CHECK(fates().size() == 40);
    CHECK(most_under_way == 3);
}

TEST_CASE_FIXTURE(RunFixture,
                  "a request leaves when what became of the last one is on disk, and no later") {
    connections = 1;
    std::vector<std::size_t> in_flight;
    before_answer = [&](Run&, int) { in_flight.push_back(store->open_batches(run_id)->size()); };
    answers = [](const net::Request& request, int) { return all_added(request); };
    carry_out(batches_of_one_row(9));
    CHECK(in_flight == std::vector<std::size_t>(9, 1));
    CHECK(most_under_way == 1);
}

TEST_CASE_FIXTURE(RunFixture,
                  "what has departed before there was a connection is taken back by a stop") {
    connections = 4;
    in_bursts = true;  // so that three of four answers come during a commit
    before_answer = [](Run& run, int number) {
        if (number == 72)  // the last of a burst: no connection is free
            run.stop();
    };
    answers = [](const net::Request& request, int) { return all_added(request); };
    const RunEnd end = carry_out(batches_of_one_row(99));
    CHECK(end.reason == StopReason::interrupted);
    CHECK(most_under_way == 4);
    CHECK(requests == 72);
    CHECK(fates().size() == 72);
    CHECK(end.requests.sent == 72);
    CHECK(end.requests.retried == 0);
    CHECK(store->run(run_id)->requests.sent == 72);
    const auto open = store->open_batches(run_id);
    REQUIRE(open);
    CHECK(!open->empty());
    CHECK(open->size() <= 4);
    for (const state::OpenBatch& each : *open) {
        CHECK(each.state == state::BatchState::waiting);
        CHECK(each.attempts == 0);
    }
}

TEST_CASE_FIXTURE(RunFixture, "nothing leaves after the answer that the brake stops at") {
    connections = 1;
    brake.failed = Tolerance{.is_share = false, .amount = 1};
    answers = [](const net::Request& request, int number) {
        return number == 2 ? answer(404, "no such sequence") : all_added(request);
    };
    const RunEnd end = carry_out({batch('1', 1, 2), batch('2', 3, 4), batch('3', 5, 6)});
    CHECK(end.reason == StopReason::brake);
    CHECK(requests == 2);
    CHECK(fates().size() == 4);
}

TEST_CASE_FIXTURE(RunFixture, "a run that cannot write down what came of it ends by that alone") {
    connections = 1;
    const Batch only = batch('1', 1, 1);
    before_answer = [&](Run& run, int) {
        run.stop();
        const state::Change elsewhere = state::BatchSettled{
            .batch = 1, .outcomes = apollo::all(only, RowStatus::added, "", ""), .at = {}};
        REQUIRE(store->apply(run_id, std::array{elsewhere}));
    };
    answers = [](const net::Request& request, int) { return all_added(request); };
    const RunEnd end = carry_out({only});
    CHECK(end.reason == StopReason::state_failed);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::local_fault);
}

}  // namespace seqload::dispatch
