#include "plan_options_json.hpp"

#include "seqload/input/cell_values.hpp"
#include "seqload/input/column.hpp"
#include "seqload/model/id.hpp"
#include "whole_number.hpp"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace seqload::app {

namespace {

using Json = nlohmann::ordered_json;

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
    return read;
}

// A number of the limits that the option has on the command line.
std::uint32_t number_in(const Json& json, const char* name, std::uint32_t most) {
    const auto number = json.at(name).is_number_unsigned() ? json.at(name).get<std::uint64_t>() : 0;
    if (number < 1 || number > most)
        throw std::invalid_argument(std::string(name) + " is no number from 1 to " +
                                    std::to_string(most));
    return static_cast<std::uint32_t>(number);
}

}  // namespace

Id id_in(const Json& json) {
    const auto id = Id::parse(json.get<std::string>());
    if (!id)
        throw std::invalid_argument("an id cannot be read");
    return *id;
}

Json plan_options_json(const PlanOptions& options) {
    Json json;
    if (options.read.delimiter)
        json["delimiter"] = std::string(1, *options.read.delimiter);
    for (const auto& [column, header] : options.read.column_names)
        json["map"][std::string(input::name(column))] = header;
    json["defaults"] = defaults_json(options.read.defaults);
    json["exclude"] = Json::array();
    for (const std::string& file : options.excludes)
        json["exclude"].push_back(file);
    json["batch_size"] = options.batch_size;
    json["labels_per_request"] = options.labels_per_request;
    json["params"] = options.form == apollo::ParametersForm::query ? "query" : "body";
    if (options.canary > 0)
        json["canary"] = options.canary;
    return json;
}

PlanOptions plan_options_in(const Json& json, WallTime now) {
    PlanOptions options;
    options.read = read_options_in(json, now);
    options.excludes = json.at("exclude").get<std::vector<std::string>>();
    options.batch_size = number_in(json, "batch_size", most_in_a_batch);
    options.labels_per_request = number_in(json, "labels_per_request", most_labels_in_a_request);
    options.form =
        json.at("params") == "body" ? apollo::ParametersForm::body : apollo::ParametersForm::query;
    if (json.contains("canary"))
        options.canary = whole_number<std::uint32_t>(json.at("canary"));
    return options;
}

}  // namespace seqload::app
