#include "seqload/app/recorded_options.hpp"

#include "seqload/base/timestamp.hpp"

#include <chrono>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

namespace {

state::RunRecord record_of(const std::string& options_json) {
    state::RunRecord run;
    run.id = "20261124-080000-abcd";
    run.command = "load";
    run.api_url = "https://localhost:8443";
    run.options_json = options_json;
    run.output_directory = "/out";
    run.started_at = *parse_timestamp("2026-11-24T08:00:00Z");
    return run;
}

template <typename Value>
std::optional<Value> perhaps(const rc::Gen<Value>& generated) {
    return *rc::gen::arbitrary<bool>() ? std::optional<Value>(*generated) : std::nullopt;
}

Id any_id() {
    std::array<std::uint8_t, Id::size> bytes{};
    for (std::uint8_t& byte : bytes)
        byte = *rc::gen::arbitrary<std::uint8_t>();
    return Id(bytes);
}

ConnectionOptions any_connection() {
    ConnectionOptions connection;
    connection.api_key_file = *rc::gen::element<std::string>("", "/run/keys/apollo");
    connection.ca_file = *rc::gen::element<std::string>("", "/etc/our ca.pem");
    connection.connections = *rc::gen::inRange(1U, 64U);
    connection.timeout = std::chrono::milliseconds(*rc::gen::inRange(1, 100'000));
    connection.attempts = *rc::gen::inRange(1U, 20U);
    connection.give_up_after = std::chrono::milliseconds(*rc::gen::inRange(0, 10'000'000));
    connection.time_scale = *rc::gen::inRange(1, 5000) / 7.0;
    for (const Window window : windows)
        connection.limits[window] = perhaps(rc::gen::inRange(1U, 100'000U));
    return connection;
}

input::NameTable any_names() {
    input::NameTable names;
    for (const input::Column column : input::name_columns) {
        for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
            const auto name = *rc::gen::container<std::string>(rc::gen::inRange<char>(0x01, 0x7F));
            if (*rc::gen::arbitrary<bool>())
                names.put(column, name, any_id());
            else
                names.put(column, name, std::unexpected("nobody is called so"));
        }
    }
    return names;
}

input::RowDefaults any_defaults() {
    input::RowDefaults defaults;
    if (*rc::gen::arbitrary<bool>())
        defaults.sequence = any_id();
    for (int mailboxes = *rc::gen::inRange(0, 3); mailboxes > 0; --mailboxes)
        defaults.mailboxes.push_back(any_id());
    defaults.from_address = *rc::gen::element<std::string>("", "robin@mail.example.com");
    if (*rc::gen::arbitrary<bool>())
        defaults.user = any_id();
    defaults.sequence_called = *rc::gen::element<std::string>("", "Spring \"launch\"");
    defaults.mailboxes_called =
        *rc::gen::element(std::vector<std::string>(), std::vector<std::string>{"a@b.c", "d@e.f"});
    defaults.user_called = *rc::gen::element<std::string>("", "ann@b.c");
    defaults.status =
        *rc::gen::element(InitialStatus::unspecified, InitialStatus::active, InitialStatus::paused);
    defaults.auto_unpause_at = *rc::gen::element<std::string>("", "2027-01-01T08:00:00+01:00");
    for (std::size_t i = 0; i < flag_count; ++i)
        defaults.flags[i] = *rc::gen::arbitrary<bool>();
    return defaults;
}

bool same(const ConnectionOptions& left, const ConnectionOptions& right) {
    return left.api_key_file == right.api_key_file && left.ca_file == right.ca_file &&
           left.connections == right.connections && left.timeout == right.timeout &&
           left.attempts == right.attempts && left.give_up_after == right.give_up_after &&
           left.time_scale == right.time_scale && left.limits == right.limits;
}

bool same(const input::RowDefaults& left, const input::RowDefaults& right) {
    return left.sequence == right.sequence && left.mailboxes == right.mailboxes &&
           left.from_address == right.from_address && left.user == right.user &&
           left.status == right.status && left.auto_unpause_at == right.auto_unpause_at &&
           left.flags == right.flags && left.sequence_called == right.sequence_called &&
           left.mailboxes_called == right.mailboxes_called && left.user_called == right.user_called;
}

}  // namespace

TEST_CASE("a load is taken up with the options that it was begun with") {
    CHECK(rc::check([] {
        LoadOptions options;
        options.plan.read.delimiter = perhaps(rc::gen::element(',', ';', '\t', '|'));
        options.plan.read.defaults = any_defaults();
        options.plan.batch_size = *rc::gen::inRange(1U, 1000U);
        options.plan.labels_per_request = *rc::gen::inRange(1U, 50U);
        options.plan.form =
            *rc::gen::element(apollo::ParametersForm::query, apollo::ParametersForm::body);
        options.plan.canary = *rc::gen::inRange(0U, 50U);
        options.plan.excludes = *rc::gen::element(std::vector<std::string>(),
                                                  std::vector<std::string>{"/a.csv", "/b c.csv"});
        options.connection = any_connection();
        options.approved = *rc::gen::element<std::string>("", "0123456789abcdef");
        options.yes = *rc::gen::arbitrary<bool>();
        options.check = *rc::gen::arbitrary<bool>();
        options.check_age = std::chrono::milliseconds(*rc::gen::inRange(0, 10'000'000));
        options.allow_partial = *rc::gen::arbitrary<bool>();
        options.max_contacts = perhaps(rc::gen::inRange<std::uint64_t>(0, 5'000'000'000));
        options.skip_added = *rc::gen::arbitrary<bool>();
        options.expand_labels = *rc::gen::arbitrary<bool>();
        options.passthrough = *rc::gen::arbitrary<bool>();
        options.spreadsheet_safe = *rc::gen::arbitrary<bool>();
        options.fail_on_skipped = *rc::gen::arbitrary<bool>();
        options.brake.failed = perhaps(rc::gen::element(*dispatch::parse_tolerance("5%"),
                                                        *dispatch::parse_tolerance("0.25%")));
        options.brake.skipped = perhaps(rc::gen::just(*dispatch::parse_tolerance("20")));

        const auto run = record_of(to_json_text(options));
        const auto read = recorded_load_options(run);
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->plan.read.delimiter == options.plan.read.delimiter);
        RC_ASSERT(same(read->plan.read.defaults, options.plan.read.defaults));
        RC_ASSERT(read->plan.read.now == run.started_at);
        RC_ASSERT(read->plan.batch_size == options.plan.batch_size);
        RC_ASSERT(read->plan.labels_per_request == options.plan.labels_per_request);
        RC_ASSERT(read->plan.form == options.plan.form);
        RC_ASSERT(read->plan.canary == options.plan.canary);
        RC_ASSERT(read->plan.excludes == options.plan.excludes);
        RC_ASSERT(same(read->connection, options.connection));
        RC_ASSERT(read->plan.limits == options.connection.limits);
        RC_ASSERT(read->approved == options.approved);
        RC_ASSERT(read->yes == options.yes);
        RC_ASSERT(read->check == options.check);
        RC_ASSERT(read->check_age == options.check_age);
        RC_ASSERT(read->allow_partial == options.allow_partial);
        RC_ASSERT(read->max_contacts == options.max_contacts);
        RC_ASSERT(read->skip_added == options.skip_added);
        RC_ASSERT(read->expand_labels == options.expand_labels);
        RC_ASSERT(read->passthrough == options.passthrough);
        RC_ASSERT(read->spreadsheet_safe == options.spreadsheet_safe);
        RC_ASSERT(read->fail_on_skipped == options.fail_on_skipped);
        RC_ASSERT((read->brake.failed == options.brake.failed));
        RC_ASSERT((read->brake.skipped == options.brake.skipped));
        RC_ASSERT(read->api_url == run.api_url);
        RC_ASSERT(read->output_directory == run.output_directory);
    }));
}

TEST_CASE("what the names mean is taken up, and nobody need be asked again") {
    CHECK(rc::check([] {
        LoadOptions options;
        options.plan.read.names = any_names();
        const auto read = recorded_load_options(record_of(to_json_text(options)));
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->plan.read.names == options.plan.read.names);
        RC_ASSERT(read->plan.read.column_names.empty());
    }));
}

TEST_CASE("to a run from before there were names, columns that are called so mean nothing") {
    std::string record = to_json_text(LoadOptions());
    const std::string names = R"("names":{},)";
    REQUIRE(record.find(names) != std::string::npos);
    record.erase(record.find(names), names.size());
    const auto read = recorded_load_options(record_of(record));
    REQUIRE(read);
    CHECK(read->plan.read.names.empty());
    CHECK(read->plan.read.column_names ==
          std::vector<std::pair<input::Column, std::string>>{{input::Column::sequence, ""},
                                                             {input::Column::email_account, ""},
                                                             {input::Column::user, ""}});
}

TEST_CASE("names that were given to columns are taken up") {
    LoadOptions options;
    options.plan.read.column_names = {{input::Column::contact_id, "Lead: \"Apollo\" ID"},
                                      {input::Column::label, ""}};
    const auto read = recorded_load_options(record_of(to_json_text(options)));
    REQUIRE(read);
    CHECK(read->plan.read.column_names == options.plan.read.column_names);
}

TEST_CASE("paths are recorded whole, for a later command may start elsewhere") {
    LoadOptions options;
    options.plan.excludes = {"never.csv"};
    options.connection.ca_file = "ca.pem";
    options.connection.api_key_file = "key";
    const auto read = recorded_load_options(record_of(to_json_text(options)));
    REQUIRE(read);
    const auto here = std::filesystem::current_path();
    CHECK(read->plan.excludes.front() == (here / "never.csv").string());
    CHECK(read->connection.ca_file == (here / "ca.pem").string());
    CHECK(read->connection.api_key_file == (here / "key").string());
}

TEST_CASE("what paces a run may be given anew, and only that which is given changes") {
    CHECK(rc::check([] {
        const ConnectionOptions before = any_connection();
        ConnectionOptions after = before;
        apply(PaceOptions(), after);
        RC_ASSERT(same(after, before));

        PaceOptions given;
        given.connections = 7;
        given.limits[static_cast<std::size_t>(Window::hour)] = PaceOptions::unlimited;
        given.limits[static_cast<std::size_t>(Window::day)] = 11;
        apply(given, after);
        RC_ASSERT(after.connections == 7);
        RC_ASSERT(!after.limits[Window::hour].has_value());
        RC_ASSERT(after.limits[Window::day] == 11);
        RC_ASSERT(after.limits[Window::minute] == before.limits[Window::minute]);
        RC_ASSERT(after.attempts == before.attempts);
    }));
}

TEST_CASE("an undo is taken up with the options that it was begun with") {
    CHECK(rc::check([] {
        RecordedUndo undo;
        undo.connection = any_connection();
        undo.mode = *rc::gen::element(apollo::RemovalMode::remove, apollo::RemovalMode::stop,
                                      apollo::RemovalMode::mark_as_finished);
        undo.include_answer_lost = *rc::gen::arbitrary<bool>();
        undo.yes = *rc::gen::arbitrary<bool>();
        const auto read = recorded_undo(record_of(to_json_text(undo)));
        RC_ASSERT(read.has_value());
        RC_ASSERT(same(read->connection, undo.connection));
        RC_ASSERT(read->mode == undo.mode);
        RC_ASSERT(read->include_answer_lost == undo.include_answer_lost);
        RC_ASSERT(read->yes == undo.yes);
    }));
}

TEST_CASE("a record that cannot be read is told with the run and what to do") {
    const std::string whole = to_json_text(LoadOptions());
    for (const std::string& broken :
         {std::string(), std::string("{}"), std::string("[]"), whole.substr(0, whole.size() / 2),
          std::string(R"({"defaults": {"sequence_id": "short"}})")}) {
        CAPTURE(broken);
        const auto read = recorded_load_options(record_of(broken));
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == ErrorKind::local_fault);
        CHECK(read.error().what.starts_with("the options of the run cannot be read"));
        CHECK(read.error().where == "run 20261124-080000-abcd");
        CHECK_FALSE(read.error().next.empty());
    }
    CHECK_FALSE(recorded_undo(record_of(R"({"mode": "forget", "connection": {}})")));
}

}  // namespace seqload::app
