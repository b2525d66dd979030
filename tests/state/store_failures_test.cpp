#include "state/run_steps.hpp"
#include "state/state_fixture.hpp"
#include "support/failing_vfs.hpp"
#include "support/temporary_directory.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sqlite3.h>

namespace seqload::state {

namespace {

// A run large enough for its log to be moved into the database on the way.
std::vector<Step> large_run() {
    std::vector<Step> steps{
        [](Store& store) { return store.begin_run(new_run()); },
        [](Store& store) { return store.record_plan(run_id, plan_of(two_targets())); }};
    constexpr RowNumber batches = 60;
    for (RowNumber batch = 1; batch <= batches; ++batch) {
        std::vector<RowNumber> rows;
        for (RowNumber row = batch; row <= 12'000; row += batches)
            rows.push_back(row);
        steps.push_back(applying({in_flight(batch, contacts(rows)),
                                  settled(batch, all(rows, RowStatus::added, "", "detail"))}));
    }
    return steps;
}

// Takes step after step until one fails; how many succeeded, and the error.
struct Progress {
    std::size_t steps = 0;
    std::optional<Error> error;
};

Progress carry_out(const std::vector<Step>& steps, const std::filesystem::path& file,
                   const std::string& vfs) {
    auto store = Store::open(file, {.vfs = vfs});
    if (!store)
        return {.steps = 0, .error = store.error()};
    Progress progress;
    for (const Step& step : steps) {
        const Result<void> taken = step(**store);
        if (!taken) {
            progress.error = taken.error();
            const auto next = apply(**store, {});
            CHECK_FALSE(next.has_value());  // it does not go on into the unknown
            CHECK(next.error() == taken.error());
            break;
        }
        ++progress.steps;
    }
    return progress;
}

// Carries the steps out on a disk that fails at each point of them in turn, and
// looks at what is found afterwards on one that works. How many points there were.
long fail_at_each_point(const std::vector<Step>& steps, long stride, int result, bool once) {
    const auto facts = facts_after_each(steps);
    const test::TemporaryDirectory directory;
    test::FailingVfs vfs;
    long points = 0;
    for (long n = 0;; n += stride) {
        CAPTURE(n);
        const auto file = directory.path() / std::to_string(n) / "state.db";
        const long failed_before = vfs.failures();
        if (once) {
            vfs.fail_once(n, result);
        } else {
            vfs.fail_from(n, result);
        }
        const Progress progress = carry_out(steps, file, vfs.name());
        const bool failed = vfs.failures() > failed_before;
        vfs.heal();
        if (progress.error) {
            CHECK(progress.error->kind == ErrorKind::local_fault);
            CHECK(progress.error->where == file.string());
            CHECK_FALSE(progress.error->next.empty());
        }

        const std::string found = facts_of(*open_store(file, {.vfs = vfs.name()}));
        const bool without = found == facts[progress.steps];
        const bool whole = progress.error && found == facts[progress.steps + 1];
        CHECK((without || whole));

        std::filesystem::remove_all(file.parent_path());
        if (!failed)
            break;
        ++points;
    }
    return points;
}

}  // namespace

TEST_CASE(
    "a disk that dies at any write leaves every earlier change whole, and the last one whole "
    "or not at all") {
    const long points = fail_at_each_point(small_run(), 1, SQLITE_IOERR_WRITE, false);
    MESSAGE(points << " points of failure tried");
    CHECK(points > 60);
}

TEST_CASE("a disk that is full at any write leaves every earlier change whole") {
    CHECK(fail_at_each_point(small_run(), 1, SQLITE_FULL, false) > 60);
}

TEST_CASE("a single write that fails ends the writing, and leaves every earlier change whole") {
    CHECK(fail_at_each_point(small_run(), 1, SQLITE_IOERR_FSYNC, true) > 60);
}

TEST_CASE("a disk that dies while the log is moved into the database loses nothing") {
    const long points = fail_at_each_point(large_run(), 127, SQLITE_IOERR_WRITE, false);
    MESSAGE(points << " points of failure tried");
    CHECK(points > 30);
}

TEST_CASE("a full disk is told as such, with what to do") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    test::FailingVfs vfs;
    const auto store = begun(open_store(file, {.vfs = vfs.name()}));
    vfs.fail_from(0, SQLITE_FULL);
    CHECK(apply(*store, {in_flight(1, contacts({1}))}).error() ==
          Error{ErrorKind::local_fault, "the disk is full, the state could not be written",
                file.string(),
                "make room on its file system, then go on with seqload resume; nothing that was "
                "recorded is lost"});
    CHECK(must(store->open_batches(run_id)).empty());
}

TEST_CASE("a disk that fails to sync is told as such") {
    const test::TemporaryDirectory directory;
    test::FailingVfs vfs;
    const auto store = begun(open_store(directory.path() / "state.db", {.vfs = vfs.name()}));
    vfs.fail_from(0, SQLITE_IOERR_FSYNC);
    const Error error = apply(*store, {in_flight(1, contacts({1}))}).error();
    CHECK(error.what.starts_with("the disk failed while the state was read or written"));
    CHECK(error.next == "see that the disk is sound and has room, then go on with seqload resume");
}

}  // namespace seqload::state
