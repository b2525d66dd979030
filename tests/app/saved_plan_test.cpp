#include "seqload/app/saved_plan.hpp"

#include "seqload/base/timestamp.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace seqload;
using app::differences;
using app::read_saved_plan;
using app::SavedPlan;
using Lines = std::vector<std::string>;

namespace {

SavedPlan some_plan() {
    SavedPlan plan;
    plan.made_by = "seqload 1.2.3";
    plan.made_at = *parse_timestamp("2026-11-23T21:36:22.500Z");
    plan.files = {{"leads.csv", 1'234, "00112233445566778899aabbccddeeff", 12}};
    plan.options = R"({"defaults":{"sequence_id":"66e9e215ece19801b2199901"},"batch_size":100})";
    plan.totals.rows = 12;
    plan.totals.to_send = 10;
    plan.totals.duplicate = 1;
    plan.totals.invalid = 1;
    plan.targets_in_all = 1;
    plan.targets = {{R"({"sequence_id":"66e9e215ece19801b2199901"})", 9, 1, 2}};
    plan.requests = 2;
    plan.digest = "ffeeddccbbaa99887766554433221100";
    return plan;
}

SavedPlan reread(const SavedPlan& plan) {
    return read_saved_plan(to_json_text(plan), "plan.json").value();
}

Lines lines_after(void (*change)(SavedPlan&)) {
    SavedPlan now = some_plan();
    change(now);
    return differences(some_plan(), now);
}

}  // namespace

TEST_CASE("a plan reads back as it was saved") {
    const SavedPlan plan = reread(some_plan());
    CHECK(plan.made_by == "seqload 1.2.3");
    CHECK(plan.made_at == some_plan().made_at);
    CHECK(plan.files == some_plan().files);
    CHECK(plan.options == some_plan().options);
    CHECK(plan.totals == some_plan().totals);
    CHECK(plan.targets == some_plan().targets);
    CHECK(plan.requests == 2);
    CHECK(differences(plan, some_plan()).empty());
}

TEST_CASE("what differs is named, with what was approved and what is there now") {
    CHECK(lines_after([](SavedPlan& now) { now.files[0].bytes = 1'300; }) ==
          Lines{"leads.csv: 1,234 bytes approved, 1,300 now"});
    CHECK(lines_after([](SavedPlan& now) { now.files[0].fingerprint = "0"; }) ==
          Lines{"leads.csv: the same size, but another content than was approved"});
    CHECK(lines_after([](SavedPlan& now) { now.options = R"({"defaults":{},"batch_size":50})"; }) ==
          Lines{"option batch_size: 100 approved, 50 now",
                "option defaults: nothing approved, null now",
                "option sequence_id: \"66e9e215ece19801b2199901\" approved, nothing now"});
    CHECK(lines_after([](SavedPlan& now) { now.totals.to_send = 11; }) ==
          Lines{"rows to send: 10 approved, 11 now"});
    CHECK(
        lines_after([](SavedPlan& now) { now.targets[0].contacts = 8; }) ==
        Lines{R"(target {"sequence_id":"66e9e215ece19801b2199901"}: contacts: 9 approved, 8 now)"});
    CHECK(lines_after([](SavedPlan& now) { now.targets[0].target = "{}"; }).size() == 2);
    CHECK(lines_after([](SavedPlan& now) { now.digest.back() = '1'; }) ==
          Lines{"as many rows, but not the same ones: has an --exclude list changed?"});
}

TEST_CASE("another name of the same file, program or time is no difference") {
    CHECK(lines_after([](SavedPlan& now) {
              now.files[0].name = "./leads.csv";
              now.made_by = "seqload 2.0.0";
              now.made_at += std::chrono::hours(1);
          }).empty());
}

TEST_CASE("so many differences are named, and the others counted") {
    SavedPlan now = some_plan();
    for (int i = 0; i < 100; ++i)
        now.targets.push_back({std::to_string(i), 1, 0, 1});
    const Lines lines = differences(some_plan(), now);
    CHECK(lines.size() == 21);
    CHECK(lines.back() == "… and 80 differences more");
}

TEST_CASE("what is no plan is refused with a reason") {
    for (const std::string text : {"", "[]", "{}", "{\"format\":\"seqload plan\",\"version\":2}",
                                   "{\"format\":\"seqload plan\",\"version\":1}", "\xff"}) {
        CAPTURE(text);
        const auto read = read_saved_plan(text, "plan.json");
        REQUIRE(!read);
        CHECK(read.error().kind == ErrorKind::unusable_input);
        CHECK(read.error().where == "plan.json");
    }
    for (std::size_t length = 0; length < to_json_text(some_plan()).size() - 1; ++length)
        CHECK(!read_saved_plan(to_json_text(some_plan()).substr(0, length), "plan.json"));
}

TEST_CASE("options that no plan of ours has are refused, not carried out") {
    auto json = nlohmann::json::parse(to_json_text(some_plan()));
    const auto with_options = [&](const nlohmann::json& options) {
        json["options"] = options;
        return read_saved_plan(json.dump(), "plan.json");
    };
    for (const auto& options : {nlohmann::json(7), nlohmann::json(), nlohmann::json::array()})
        CHECK_FALSE(with_options(options));

    const auto empty = with_options(nlohmann::json::object());
    REQUIRE(empty);
    CHECK_FALSE(differences(*empty, some_plan()).empty());
    CHECK_FALSE(app::options_for(*empty, {}, "plan.json"));
}

TEST_CASE("a plan with a number that cannot be is refused") {
    for (const auto& number : {nlohmann::json(-1), nlohmann::json(1.5), nlohmann::json(1e300)}) {
        CAPTURE(number.dump());
        for (const char* member : {"/requests", "/version", "/rows/total", "/targets/0/labels"}) {
            auto json = nlohmann::json::parse(to_json_text(some_plan()));
            json[nlohmann::json::json_pointer(member)] = number;
            CHECK_FALSE(read_saved_plan(json.dump(), "plan.json"));
        }
    }
}

TEST_CASE("a plan that is nested without end is refused") {
    std::string text = to_json_text(some_plan());
    const std::string number = "100";
    text.replace(text.find(number), number.size(),
                 std::string(1'000'000, '[') + std::string(1'000'000, ']'));
    const auto read = read_saved_plan(text, "plan.json");
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("deeper than any plan") != std::string::npos);
}

TEST_CASE("a plan whose requests would have room for nobody, or for everybody, is refused") {
    SavedPlan approved = some_plan();
    for (const std::string number : {"0", "-1", "10001", "1e9", "\"100\"", "null"}) {
        CAPTURE(number);
        approved.options = R"({"defaults":{},"exclude":[],"batch_size":)" + number +
                           R"(,"labels_per_request":1,"params":"query"})";
        const auto options = app::options_for(approved, {}, "plan.json");
        REQUIRE_FALSE(options);
        CHECK(options.error().kind == ErrorKind::unusable_input);
        CHECK(options.error().what.find("batch_size is no number from 1 to 10000") !=
              std::string::npos);
    }
}

TEST_CASE("what is not given is as in the plan, and what is given stands") {
    app::PlanOptions planned;
    planned.batch_size = 50;
    planned.read.defaults.sequence = Id::parse("66e9e215ece19801b2199901");
    SavedPlan approved = some_plan();
    approved.options = app::shaping_options(planned);

    const auto as_planned = app::options_for(approved, {}, "plan.json");
    REQUIRE(as_planned);
    CHECK(as_planned->batch_size == 50);
    CHECK(as_planned->read.defaults.sequence == planned.read.defaults.sequence);
    CHECK(as_planned->files == Lines{"leads.csv"});

    app::PlanOptions given;
    given.batch_size = 20;
    given.files = {"other.csv"};
    given.read.defaults.status = InitialStatus::paused;
    const auto as_given = app::options_for(approved, given, "plan.json");
    REQUIRE(as_given);
    CHECK(as_given->batch_size == 20);
    CHECK(as_given->read.defaults.sequence == planned.read.defaults.sequence);
    CHECK(as_given->read.defaults.status == InitialStatus::paused);
    CHECK(as_given->files == Lines{"other.csv"});
}
