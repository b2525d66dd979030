#include "seqload/app/options.hpp"

#include "seqload/base/timestamp.hpp"

#include <nlohmann/json.hpp>

namespace seqload::app {

namespace {

nlohmann::ordered_json defaults_json(const input::RowDefaults& defaults) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    if (defaults.sequence)
        json["sequence_id"] = defaults.sequence->text();
    for (const Id& mailbox : defaults.mailboxes)
        json["email_account_id"].push_back(mailbox.text());
    if (!defaults.from_address.empty())
        json["send_email_from_email_address"] = defaults.from_address;
    if (defaults.user)
        json["user_id"] = defaults.user->text();
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

}  // namespace

std::string to_json_text(const LoadOptions& options) {
    const PlanOptions& plan = options.plan;
    nlohmann::ordered_json json;
    json["now"] = to_text(plan.read.now);
    if (plan.read.delimiter)
        json["delimiter"] = std::string(1, *plan.read.delimiter);
    for (const auto& [column, header] : plan.read.column_names)
        json["map"][std::string(input::name(column))] = header;
    json["defaults"] = defaults_json(plan.read.defaults);
    json["exclude"] = plan.excludes;
    json["batch_size"] = plan.batch_size;
    json["labels_per_request"] = plan.labels_per_request;
    json["params"] = plan.form == apollo::ParametersForm::query ? "query" : "body";
    json["passthrough"] = options.passthrough;
    json["spreadsheet_safe"] = options.spreadsheet_safe;
    json["fail_on_skipped"] = options.fail_on_skipped;
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace seqload::app
