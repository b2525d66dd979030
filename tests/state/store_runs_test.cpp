#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::state {

namespace {

InputFile read_file() {
    return {.name = "(standard input)",
            .path = "/var/out/input-1",
            .bytes = 3'000'000,
            .fingerprint = "0123456789abcdef0123456789abcdef",
            .block_digests = {1, 0xfedcba9876543210, 3},
            .rows = 42,
            .modified_ns = -1'700'000'000'123'456'789,
            .device = 0xfffffffffffffff1,
            .inode = 77};
}

Target every_parameter() {
    Target target;
    target.sequence = id(1);
    target.mailboxes = {id(2), id(3)};
    target.from_address = "me+sales@example.com";
    target.user = id(4);
    target.status = InitialStatus::paused;
    target.auto_unpause_at = "2026-12-01T09:00:00+01:00";
    target.flags = Flags(0b101010101);
    return target;
}

}  // namespace

TEST_CASE("a run comes back as it was begun, also after the state was closed") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    NewRun begun_run = new_run();
    begun_run.inputs = {read_file(), {.name = "b.csv", .path = "/data/b.csv"}};
    must(open_store(file)->begin_run(begun_run));

    const RunRecord run = must(open_store(file)->run(run_id));
    CHECK(run.id == run_id);
    CHECK(run.command == "load");
    CHECK(run.api_url == "https://api.apollo.io");
    CHECK(run.team == "a1b2c3d4");
    CHECK(run.options_json == R"({"batch_size":100})");
    CHECK(run.output_directory == "/var/seqload-out");
    CHECK(run.started_at == at(0));
    CHECK(run.inputs == begun_run.inputs);
    CHECK_FALSE(run.planned_rows);
    CHECK_FALSE(run.minimum_requests);
    CHECK_FALSE(run.ending);
}

TEST_CASE("a plan comes back with every parameter of its targets, in their order") {
    TargetTable targets = [] {
        TargetTable table;
        table.intern(every_parameter());
        Target plain;
        plain.sequence = id(9);
        plain.mailboxes = {id(8)};
        table.intern(plain);
        return table;
    }();
    const std::vector<TargetPlan> per_target{{.rows = 250, .labels = 0, .requests = 3},
                                             {.rows = 0, .labels = 2, .requests = 2}};
    const auto store = must(Store::open_in_memory());
    must(store->begin_run(new_run()));
    CHECK_FALSE(must(store->plan(run_id)));
    must(store->record_plan(run_id, {.targets = targets,
                                     .per_target = per_target,
                                     .rows = 300,
                                     .minimum_requests = 5,
                                     .inputs = {read_file()}}));

    const std::optional<RecordedPlan> plan = must(store->plan(run_id));
    REQUIRE(plan);
    CHECK(plan->targets.size() == 2);
    CHECK(plan->targets[0] == every_parameter());
    CHECK(plan->targets[1] == targets[1]);
    CHECK(plan->per_target == per_target);
    CHECK(plan->rows == 300);
    CHECK(plan->minimum_requests == 5);

    const RunRecord run = must(store->run(run_id));
    CHECK(run.planned_rows == 300);
    CHECK(run.minimum_requests == 5);
    CHECK(run.inputs == std::vector{read_file()});  // as the first pass found them
}

TEST_CASE("a plan without inputs leaves those that the run began with") {
    const auto store = begun_in_memory();
    CHECK(must(store->run(run_id)).inputs == new_run().inputs);
}

TEST_CASE("a run has one plan, which says of each target what is planned for it") {
    const auto planned = begun_in_memory();
    CHECK(planned->record_plan(run_id, plan_of(two_targets())).error().what ==
          "this contradicts what is on record: the run has a plan already");

    const auto begun_only = must(Store::open_in_memory());
    must(begun_only->begin_run(new_run()));
    Plan plan = plan_of(two_targets());
    plan.per_target.pop_back();
    CHECK_FALSE(begun_only->record_plan(run_id, plan).has_value());
    CHECK_FALSE(must(begun_only->plan(run_id)));
}

TEST_CASE("a run ends, and ends anew after it was taken up again") {
    const auto store = begun_in_memory();
    const Ending stopped{.stop_reason = "interrupted",
                         .exit_code = 130,
                         .finished_at = at(60),
                         .counters_json = R"({"requests":{"sent":1}})"};
    must(store->end_run(run_id, stopped));
    CHECK(must(store->run(run_id)).ending == stopped);

    Ending finished = stopped;
    finished.stop_reason = "finished";
    finished.exit_code = 0;
    finished.finished_at = at(7200);
    must(apply(*store, {in_flight(1, contacts({1}))}));
    must(store->end_run(run_id, finished));
    CHECK(must(store->run(run_id)).ending == finished);
}

TEST_CASE("runs are listed with the one that began last in front") {
    const auto store = must(Store::open_in_memory());
    CHECK(must(store->runs()).empty());
    CHECK_FALSE(must(store->latest_run()));
    must(store->begin_run(new_run("20261123-213622-zzzz")));
    must(store->begin_run(new_run("20261123-213622-aaaa")));
    const auto runs = must(store->runs());
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].id == "20261123-213622-aaaa");
    CHECK(runs[1].id == "20261123-213622-zzzz");
    CHECK(must(store->latest_run()) == runs[0].id);
}

TEST_CASE("a run that is on record is not begun again") {
    const auto store = begun_in_memory();
    const auto again = store->begin_run(new_run());
    CHECK(again.error().what ==
          "this contradicts what is on record: there is a run 20261123-213622-k7q2 already");
}

TEST_CASE("a run that is not on record is a matter of usage") {
    const auto store = begun_in_memory();
    const RunId other = "20270101-000000-0000";
    const Error expected{ErrorKind::usage, "there is no run 20270101-000000-0000 on record",
                         ":memory:", "\"seqload runs\" lists the runs on record"};
    CHECK(store->run(other).error() == expected);
    CHECK(store->plan(other).error() == expected);
    CHECK(store->counts(other).error() == expected);
    CHECK(store->outcomes(other).error() == expected);
    CHECK(store->label_contacts(other).error() == expected);
    CHECK(store->open_batches(other).error() == expected);
    CHECK(store->apply(other, {}).error() == expected);
}

}  // namespace seqload::state
