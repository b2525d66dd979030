#include "seqload/app/recorded_options.hpp"

#include "plan_options_json.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/input/column.hpp"
#include "whole_number.hpp"

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

std::string options_text(const Json& json) {
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
    connection.connections = whole_number<unsigned>(json.at("connections"));
    connection.timeout = std::chrono::milliseconds(json.at("timeout_ms").get<std::int64_t>());
    connection.attempts = whole_number<std::uint32_t>(json.at("attempts"));
    connection.give_up_after =
        std::chrono::milliseconds(json.at("give_up_after_ms").get<std::int64_t>());
    connection.time_scale = json.at("time_scale").get<double>();
    connection.reserve = json.value("reserve", 0.0);
    const Json limits = json.value("limits", Json::object());
    for (const Window window : windows) {
        const auto limit = limits.find(std::string(name(window)));
        connection.limits[window] = limit == limits.end()
                                        ? std::nullopt
                                        : std::optional(whole_number<std::uint32_t>(*limit));
    }
    connection.limits_given = limits_given_in(json);
    return connection;
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

// A run of before there were names: such columns meant nothing to it.
void take_names(const Json& json, input::ReadOptions& read) {
    if (json.contains("names")) {
        read.names = names_in(json.at("names"));
        return;
    }
    for (const input::Column column : input::name_columns)
        read.column_names.emplace_back(column, "");
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
    Json json = plan_options_json(options.plan);
    for (Json& file : json["exclude"])
        file = absolute(file.get<std::string>());
    json["names"] = names_json(options.plan.read.names);
    if (!options.approved.empty())
        json["approved"] = options.approved;
    json["yes"] = options.yes;
    json["check"] = options.check;
    json["check_age_ms"] = std::chrono::floor<std::chrono::milliseconds>(options.check_age).count();
    if (options.max_contacts)
        json["max_contacts"] = *options.max_contacts;
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
    return options_text(json);
}

Result<LoadOptions> recorded_load_options(const state::RunRecord& run) {
    return read_record(run, [&run](const Json& json) {
        LoadOptions options;
        PlanOptions& plan = options.plan;
        plan = plan_options_in(json, run.started_at);
        take_names(json, plan.read);
        options.api_url = run.api_url;
        options.output_directory = run.output_directory;
        options.approved = json.value("approved", "");
        options.yes = json.value("yes", false);
        options.check = json.value("check", false);
        if (json.contains("check_age_ms"))
            options.check_age =
                std::chrono::milliseconds(json.at("check_age_ms").get<std::int64_t>());
        if (json.contains("max_contacts"))
            options.max_contacts = json.at("max_contacts").get<std::uint64_t>();
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
    return options_text({{"mode", apollo::name(undo.mode)},
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
