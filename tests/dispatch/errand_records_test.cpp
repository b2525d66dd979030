// What of errands is on record when: before a request leaves, and before anybody hears.

#include "dispatch/errand_fixture.hpp"
#include "support/failing_vfs.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cstdint>

#include <doctest/doctest.h>
#include <sqlite3.h>

namespace seqload::dispatch {

namespace {

std::uint64_t settled_on_record(const ErrandFixture& fixture) {
    const auto removals = fixture.removals();
    const auto waiting =
        std::ranges::count(removals, state::RemovalStatus::waiting, &state::Removal::status);
    return removals.size() - static_cast<std::uint64_t>(waiting);
}

// The state in a file, on a disk that can be made to fail.
struct OnDisk : ErrandFixture {
    test::TemporaryDirectory directory;
    test::FailingVfs vfs;

    ~OnDisk() override { store.reset(); }

    std::unique_ptr<state::Store> open() {
        auto opened = state::Store::open(directory.path() / "state.db", {.vfs = vfs.name()});
        REQUIRE(opened);
        return std::move(*opened);
    }
};

}  // namespace

TEST_CASE_FIXTURE(ErrandFixture, "a request leaves, and is heard of, when it is on record") {
    workers = 1;
    std::uint64_t heard = 0;
    on_sent = [&] { CHECK(record().requests.sent == ++heard); };
    answers = [&](const net::Request&, int number) {
        CHECK(record().requests.sent == static_cast<std::uint64_t>(number));
        return number == 1 ? answer(503) : answer(200);
    };
    NumberedErrands book(3);
    CHECK(carry_out(book).requests.sent == 4);
    CHECK(heard == 4);
    CHECK(record().requests == state::RequestTotals{.sent = 4, .retried = 1});
}

TEST_CASE_FIXTURE(ErrandFixture, "an end is heard of when it is on record, be it good or bad") {
    workers = 1;
    attempts = 2;
    on_settled = [&] { CHECK(settled_on_record(*this) * items_per_errand == settled_items); };
    answers = [](const net::Request& request, int) {
        if (request.target == "1")
            return answer(500);
        return request.target == "2" ? answer(422) : answer(200);
    };
    NumberedErrands book(3);
    carry_out(book);
    CHECK(settled_items == 3 * items_per_errand);
    const auto on_record = removals();
    CHECK(on_record[0].status == state::RemovalStatus::failed);
    CHECK(on_record[0].attempts == 2);
    CHECK(on_record[0].http_status == 500);
    CHECK(on_record[1].status == state::RemovalStatus::failed);
    CHECK(on_record[1].attempts == 1);
    CHECK(on_record[2].status == state::RemovalStatus::removed);
}

TEST_CASE_FIXTURE(ErrandFixture, "a 429 is on record as one") {
    answers = [](const net::Request&, int number) {
        return number <= 3 ? rate_limited("5") : answer(200);
    };
    NumberedErrands book(1);
    CHECK(carry_out(book).requests.rate_limited == 3);
    CHECK(record().requests == state::RequestTotals{.sent = 4, .retried = 3, .rate_limited = 3});
}

TEST_CASE_FIXTURE(OnDisk, "without a record nothing is sent") {
    NumberedErrands book(3);
    begin(book, open());
    answers = [](const net::Request&, int) { return answer(200); };
    vfs.fail_from(0, SQLITE_FULL);
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::state_failed);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::local_fault);
    CHECK(requests == 0);
    CHECK(settled_items == 0);
    store.reset();
    vfs.heal();
}

TEST_CASE_FIXTURE(OnDisk, "an answer that cannot be recorded is told to nobody, and all stops") {
    workers = 1;
    NumberedErrands book(5);
    begin(book, open());
    answers = [&](const net::Request&, int number) {
        if (number == 2)
            vfs.fail_from(0, SQLITE_FULL);
        return answer(200);
    };
    const RunEnd end = carry_out(book);
    CHECK(end.reason == StopReason::state_failed);
    REQUIRE(end.error);
    CHECK(end.error->kind == ErrorKind::local_fault);
    CHECK(requests == 2);
    CHECK(settled_items == items_per_errand);

    store.reset();
    vfs.heal();
    store = open();
    CHECK(settled_on_record(*this) == 1);
    CHECK(removals()[0].status == state::RemovalStatus::removed);
}

}  // namespace seqload::dispatch
