#include "seqload/app/recorded_options.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/input/cell_values.hpp"
#include "seqload/input/column.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;

std::string absolute(const std::string& path) {
    std::error_code failure;
    const auto whole = std::filesystem::absolute(path, failure);
    return path.empty() || failure ? path : whole.string();
}

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json connection_json(const ConnectionOptions& connection) {
    Json json;
    if (!connection.api_key_file.empty())
        json["api_key_file"] = absolute(connection.api_key_file);
    if (!connection.ca_file.empty())
        json["ca_file"] = absolute(connection.ca_file);
    json["connections"] = connection.connections;
    json["timeout_ms"] = connection.timeout.count();
    json["attempts"] = connection.attempts;
    json["give_up_after_ms"] =
        std::chrono::ceil<std::chrono::milliseconds>(connection.give_up_after).count();
    json["time_scale"] = connection.time_scale;
    json["reserve"] = connection.reserve;
    for (const Window window : windows) {
        if (const auto limit = connection.limits[window])
            json["limits"][std::string(name(window))] = *limit;
    }
    json["limits_given"] = Json::array();
    for (const Window window : windows) {
        if (connection.limits_given[static_cast<std::size_t>(window)])
            json["limits_given"].push_back(name(window));
    }
    return json;
}

// Runs recorded before that was told apart go on with the limits they have.
std::array<bool, windows.size()> limits_given_in(const Json& json) {
    std::array<bool, windows.size()> given{};
    if (!json.contains("limits_given")) {
        given.fill(true);
        return given;
    }
    const auto names = json.at("limits_given").get<std::vector<std::string>>();
    for (const Window window : windows)
        given[static_cast<std::size_t>(window)] =
            std::ranges::find(names, name(window)) != names.end();
    return given;
}

ConnectionOptions connection_in(const Json& json) {
    ConnectionOptions connection;
    connection.api_key_file = json.value("api_key_file", "");
    connection.ca_file = json.value("ca_file", "");
    connection.connections = json.at("connections").get<unsigned>();
    connection.timeout = std::chrono::milliseconds(json.at("timeout_ms").get<std::int64_t>());
    connection.attempts = json.at("attempts").get<std::uint32_t>();
    connection.give_up_after =
        std::chrono::milliseconds(json.at("give_up_after_ms").get<std::int64_t>());
    connection.time_scale = json.at("time_scale").get<double>();
    connection.reserve = json.value("reserve", 0.0);
    const Json limits = json.value("limits", Json::object());
    for (const Window window : windows) {
        const auto limit = limits.find(std::string(name(window)));
        connection.limits[window] =
            limit == limits.end() ? std::nullopt : std::optional(limit->get<std::uint32_t>());
    }
    connection.limits_given = limits_given_in(json);
    return connection;
}

Json defaults_json(const input::RowDefaults& defaults) {
    Json json = Json::object();
    if (defaults.sequence)
        json["sequence_id"] = defaults.sequence->text();
    if (!defaults.sequence_called.empty())
        json["sequence"] = defaults.sequence_called;
    for (const Id& mailbox : defaults.mailboxes)
        json["email_account_id"].push_back(mailbox.text());
    for (const std::string& address : defaults.mailboxes_called)
        json["email_account"].push_back(address);
    if (!defaults.from_address.empty())
        json["send_email_from_email_address"] = defaults.from_address;
    if (defaults.user)
        json["user_id"] = defaults.user->text();
    if (!defaults.user_called.empty())
        json["user"] = defaults.user_called;
    if (defaults.status != InitialStatus::unspecified)
        json["status"] = name(defaults.status);
    if (!defaults.auto_unpause_at.empty())
        json["auto_unpause_at"] = defaults.auto_unpause_at;
    for (std::size_t i = 0; i < flag_count; ++i) {
        if (defaults.flags[i])
            json[std::string(flag_names[i])] = true;
    }
    return json;
}

Id id_in(const Json& json) {
    const auto id = Id::parse(json.get<std::string>());
    if (!id)
        throw std::invalid_argument("an id cannot be read");
    return *id;
}

input::RowDefaults defaults_in(const Json& json) {
    input::RowDefaults defaults;
    if (json.contains("sequence_id"))
        defaults.sequence = id_in(json.at("sequence_id"));
    defaults.sequence_called = json.value("sequence", "");
    for (const Json& mailbox : json.value("email_account_id", Json::array()))
        defaults.mailboxes.push_back(id_in(mailbox));
    defaults.mailboxes_called = json.value("email_account", std::vector<std::string>());
    defaults.from_address = json.value("send_email_from_email_address", "");
    if (json.contains("user_id"))
        defaults.user = id_in(json.at("user_id"));
    defaults.user_called = json.value("user", "");
    if (json.contains("status"))
        defaults.status = input::parse_status(json.at("status").get<std::string>())
                              .value_or(InitialStatus::unspecified);
    defaults.auto_unpause_at = json.value("auto_unpause_at", "");
    for (std::size_t i = 0; i < flag_count; ++i)
        defaults.flags[i] = json.value(std::string(flag_names[i]), false);
    return defaults;
}

// By column a list of [name, id], or [name, null, why there is none].
Json names_json(const input::NameTable& names) {
    Json json = Json::object();
    for (const input::Column column : input::name_columns) {
        Json list = Json::array();
        for (const auto& [name, meaning] : names.of(column)) {
            if (meaning)
                list.push_back({name, meaning->text()});
            else
                list.push_back({name, nullptr, meaning.error()});
        }
        if (!list.empty())
            json[std::string(input::name(column))] = std::move(list);
    }
    return json;
}

input::NameTable names_in(const Json& json) {
    input::NameTable names;
    for (const input::Column column : input::name_columns) {
        for (const Json& one : json.value(std::string(input::name(column)), Json::array())) {
            const auto name = one.at(0).get<std::string>();
            if (one.at(1).is_null())
                names.put(column, name, std::unexpected(one.at(2).get<std::string>()));
            else
                names.put(column, name, id_in(one.at(1)));
        }
    }
    return names;
}

input::ReadOptions read_options_in(const Json& json, WallTime now) {
    input::ReadOptions read;
    read.now = now;
    if (json.contains("delimiter"))
        read.delimiter = json.at("delimiter").get<std::string>().at(0);
    const Json map = json.value("map", Json::object());
    for (const auto& [name, header] : map.items()) {
        const auto column = input::column_named(name);
        if (!column)
            throw std::invalid_argument("a column cannot be read");
        read.column_names.emplace_back(*column, header.get<std::string>());
    }
    read.defaults = defaults_in(json.at("defaults"));
    if (json.contains("names")) {
        read.names = names_in(json.at("names"));
    } else {
        // A run of before there were names: such columns meant nothing to it.
        for (const input::Column column : input::name_columns)
            read.column_names.emplace_back(column, "");
    }
    return read;
}

// The run's options, read by read; whatever goes wrong in it is damage.
template <typename Read>
auto read_record(const state::RunRecord& run, const Read& read) -> Result<decltype(read(Json()))> {
    try {
        return read(Json::parse(run.options_json));
    } catch (const std::exception& trouble) {
        return fail(ErrorKind::local_fault,
                    joined("the options of the run cannot be read: ", trouble.what()),
                    "run " + run.id,
                    "load its input anew: whoever is in a sequence is not added twice");
    }
}

}  // namespace

std::string to_json_text(const LoadOptions& options) {
    const PlanOptions& plan = options.plan;
    Json json;
    if (plan.read.delimiter)
        json["delimiter"] = std::string(1, *plan.read.delimiter);
    for (const auto& [column, header] : plan.read.column_names)
        json["map"][std::string(input::name(column))] = header;
    json["defaults"] = defaults_json(plan.read.defaults);
    json["names"] = names_json(plan.read.names);
    json["exclude"] = Json::array();
    for (const std::string& file : plan.excludes)
        json["exclude"].push_back(absolute(file));
    json["batch_size"] = plan.batch_size;
    json["labels_per_request"] = plan.labels_per_request;
    json["params"] = plan.form == apollo::ParametersForm::query ? "query" : "body";
    if (plan.canary > 0)
        json["canary"] = plan.canary;
    json["yes"] = options.yes;
    json["check"] = options.check;
    json["allow_partial"] = options.allow_partial;
    json["skip_added"] = options.skip_added;
    json["expand_labels"] = options.expand_labels;
    json["passthrough"] = options.passthrough;
    json["spreadsheet_safe"] = options.spreadsheet_safe;
    json["fail_on_skipped"] = options.fail_on_skipped;
    if (!options.outputs.junit.empty())
        json["junit"] = absolute(options.outputs.junit);
    if (!options.outputs.metrics.empty())
        json["metrics"] = absolute(options.outputs.metrics);
    if (options.brake.failed)
        json["max_failed"] = to_text(*options.brake.failed);
    if (options.brake.skipped)
        json["max_skipped"] = to_text(*options.brake.skipped);
    json["connection"] = connection_json(options.connection);
    return text_of(json);
}

Result<LoadOptions> recorded_load_options(const state::RunRecord& run) {
    return read_record(run, [&run](const Json& json) {
        LoadOptions options;
        PlanOptions& plan = options.plan;
        plan.read = read_options_in(json, run.started_at);
        plan.excludes = json.at("exclude").get<std::vector<std::string>>();
        plan.batch_size = json.at("batch_size").get<std::uint32_t>();
        plan.labels_per_request = json.at("labels_per_request").get<std::uint32_t>();
        plan.form = json.at("params") == "body" ? apollo::ParametersForm::body
                                                : apollo::ParametersForm::query;
        plan.canary = json.value("canary", 0U);
        options.api_url = run.api_url;
        options.output_directory = run.output_directory;
        options.yes = json.value("yes", false);
        options.check = json.value("check", false);
        options.allow_partial = json.value("allow_partial", false);
        options.skip_added = json.value("skip_added", false);
        options.expand_labels = json.value("expand_labels", false);
        options.passthrough = json.at("passthrough").get<bool>();
        options.spreadsheet_safe = json.at("spreadsheet_safe").get<bool>();
        options.fail_on_skipped = json.at("fail_on_skipped").get<bool>();
        options.outputs.junit = json.value("junit", "");
        options.outputs.metrics = json.value("metrics", "");
        options.brake.failed = dispatch::parse_tolerance(json.value("max_failed", ""));
        options.brake.skipped = dispatch::parse_tolerance(json.value("max_skipped", ""));
        // Runs recorded by the first version do not have it.
        if (json.contains("connection"))
            options.connection = connection_in(json.at("connection"));
        plan.limits = without_reserve(options.connection.limits, options.connection.reserve);
        return options;
    });
}

std::string to_json_text(const RecordedUndo& undo) {
    return text_of({{"mode", apollo::name(undo.mode)},
                    {"include_answer_lost", undo.include_answer_lost},
                    {"yes", undo.yes},
                    {"connection", connection_json(undo.connection)}});
}

Result<RecordedUndo> recorded_undo(const state::RunRecord& run) {
    return read_record(run, [](const Json& json) {
        const auto mode = apollo::parse_removal_mode(json.at("mode").get<std::string>());
        if (!mode)
            throw std::invalid_argument("the mode of an undo cannot be read");
        return RecordedUndo{.connection = connection_in(json.at("connection")),
                            .mode = *mode,
                            .include_answer_lost = json.value("include_answer_lost", false),
                            .yes = json.value("yes", false)};
    });
}

}  // namespace seqload::app
