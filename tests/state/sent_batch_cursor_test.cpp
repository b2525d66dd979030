#include "state/state_fixture.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::state;

namespace {

std::vector<SentBatch> sent(const Store& store) {
    return all_of(store.sent_batches(run_id));
}

}  // namespace

TEST_CASE("batches are read in the order in which they left, whatever their numbers") {
    const auto store = begun_in_memory();
    CHECK(sent(*store).empty());
    must(apply(*store, {in_flight(2, contacts({1}), 1, 5), in_flight(1, contacts({2}), 1, 7),
                        settled(2, all({1}, RowStatus::added), 8)}));
    const auto read = sent(*store);
    REQUIRE(read.size() == 2);
    CHECK(read[0].batch == 2);
    CHECK(read[0].state == BatchState::settled);
    CHECK(read[0].sent_at == at(5));
    CHECK(read[0].changed_at == at(8));
    CHECK(read[0].http_status == 200);
    CHECK(read[0].attempts == 1);
    CHECK(read[1].batch == 1);
    CHECK(read[1].state == BatchState::in_flight);
    CHECK(read[1].http_status == std::nullopt);
    CHECK(read[1].request_id.empty());
}

TEST_CASE("of a batch that was tried again the last try counts, and one never sent is not there") {
    const auto store = begun_in_memory();
    must(apply(*store, {in_flight(1, contacts({1}), 1, 1), BatchInDoubt{.batch = 1, .at = at(2)},
                        in_flight(1, std::nullopt, 2, 30),
                        BatchSettled{.batch = 2,
                                     .content = contacts({2}),
                                     .outcomes = all({2}, RowStatus::failed, "mailbox_inactive"),
                                     .at = at(31)}}));
    const auto read = sent(*store);
    REQUIRE(read.size() == 1);
    CHECK(read[0].sent_at == at(30));
    CHECK(read[0].attempts == 2);
}
