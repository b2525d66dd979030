#include "state/state_fixture.hpp"
#include "support/failing_vfs.hpp"
#include "support/other_process.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::state {

namespace {

using test::OtherProcess;
using test::TemporaryDirectory;

NewRun run_of(const RunId& name, const std::string& fingerprint) {
    NewRun run = new_run(name);
    run.inputs = {{.name = "people.csv",
                   .path = "/data/people.csv",
                   .bytes = 420,
                   .fingerprint = fingerprint}};
    return run;
}

// Begins a run of that input in another process, which then waits to be ended.
OtherProcess loading(const std::filesystem::path& file, const NewRun& run) {
    return OtherProcess([file, run] {
        const auto store = open_store(file);
        must(store->begin_run(run));
        must(store->record_plan(run.id, plan_of(two_targets())));
        OtherProcess::say_ready_and_wait();
    });
}

}  // namespace

TEST_CASE("a run that a process carries out is not given to another, until that one dies") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto other = loading(file, run_of(run_id, "aa"));
    const auto store = open_store(file);
    const std::string process = std::to_string(other.id());
    CHECK(must(store->run(run_id)).process == other.id());
    CHECK(must(store->runs()).front().process == other.id());
    CHECK(store->take(run_id).error() ==
          Error{ErrorKind::local_fault,
                "run 20261123-213622-k7q2 is being carried out by process " + process,
                file.string(), "wait for it, or stop it"});

    other.kill();
    CHECK_FALSE(must(store->run(run_id)).process);
    must(store->take(run_id));  // the refusal did not hurt the store
    CHECK(must(store->run(run_id)).process == ::getpid());
    must(store->take(run_id));  // it has it already
}

TEST_CASE("two stores of one process keep each other out as well") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto first = begun(open_store(file));
    const auto second = open_store(file);
    CHECK_FALSE(second->take(run_id).has_value());
    must(second->begin_run(new_run("another")));  // different runs work side by side
    CHECK(must(second->run(run_id)).process == ::getpid());
    first.reset();
    CHECK_FALSE(must(second->run(run_id)).process);
    must(second->take(run_id));
}

TEST_CASE("an input that is being loaded is not loaded a second time") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto other = loading(file, run_of("first", "aa"));
    const auto store = open_store(file);
    must(store->begin_run(run_of(run_id, "aa")));
    const Error expected{
        ErrorKind::local_fault,
        "process " + std::to_string(other.id()) + " is loading the same input in run first",
        "people.csv", "wait for it, or stop it"};
    CHECK(store->record_plan(run_id, plan_of(two_targets())).error() == expected);
    CHECK_FALSE(must(store->plan(run_id)));
    CHECK(store->refuse_rivals(run_id).error() == expected);
    must(store->end_run(run_id, {.stop_reason = "local_fault",
                                 .exit_code = 6,
                                 .finished_at = at(9),
                                 .counters_json = "{}"}));

    other.kill();
    must(store->record_plan(run_id, plan_of(two_targets())));
    must(store->refuse_rivals(run_id));
}

TEST_CASE(
    "a finished load that is held, to be verified or undone, keeps nobody from loading anew") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto holder = open_store(file);
    must(holder->begin_run(run_of("first", "aa")));
    must(holder->record_plan("first", plan_of(two_targets())));
    const auto store = open_store(file);
    must(store->begin_run(run_of(run_id, "aa")));
    must(holder->end_run("first", {"interrupted", 130, at(9), "{}"}));
    CHECK_FALSE(store->record_plan(run_id, plan_of(two_targets())).has_value());
    must(holder->end_run("first", {"finished", 1, at(9), "{}"}));
    must(store->record_plan(run_id, plan_of(two_targets())));
}

TEST_CASE("the inputs that the first pass found decide, and nothing of a refused plan stays") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto other = loading(file, run_of("first", "aa"));
    const auto store = open_store(file);
    must(store->begin_run(run_of(run_id, "")));
    Plan plan = plan_of(two_targets());
    plan.inputs = run_of(run_id, "aa").inputs;
    CHECK_FALSE(store->record_plan(run_id, plan).has_value());
    CHECK(must(store->run(run_id)).inputs == run_of(run_id, "").inputs);
    plan.inputs.front().fingerprint = "bb";
    must(store->record_plan(run_id, plan));
}

TEST_CASE("different inputs, hosts and inputs without a fingerprint work side by side") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto first = loading(file, run_of("first", "aa"));
    auto unread = loading(file, run_of("unread", ""));
    const auto store = open_store(file);

    NewRun other_bytes = run_of("other bytes", "aa");
    other_bytes.inputs.front().bytes = 421;
    NewRun other_host = run_of("other host", "aa");
    other_host.api_url = "https://other.example";
    for (const NewRun& run :
         {run_of("second", "bb"), run_of("unread, too", ""), other_bytes, other_host}) {
        CAPTURE(run.id);
        must(store->begin_run(run));
        CHECK(store->record_plan(run.id, plan_of(two_targets())).has_value());
    }
}

TEST_CASE("a run that could not be recorded is not locked") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    test::FailingVfs vfs;
    const auto first = open_store(file, {.vfs = vfs.name()});
    vfs.fail_from(0, SQLITE_FULL);
    CHECK_FALSE(first->begin_run(new_run("first")).has_value());
    vfs.heal();
    const auto second = open_store(file);
    must(second->begin_run(new_run("second")));  // and gets the number of the first
}

TEST_CASE("the file of the locks lies beside the state, for its owner alone") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const mode_t before = ::umask(0777);
    auto store = open_store(file);
    ::umask(before);
    struct stat status{};
    REQUIRE(::stat((file.string() + "-locks").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600);
    CHECK(status.st_size == 0);
    store = open_store(file);
}

}  // namespace seqload::state
