#include "seqload/report/summary_json.hpp"

#include "counters_json.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/base/whole_file.hpp"

#include <initializer_list>
#include <utility>

namespace seqload::report {

namespace {

using Json = nlohmann::ordered_json;

Json inputs_to_json(const std::vector<InputSummary>& inputs) {
    Json json = Json::array();
    for (const InputSummary& input : inputs)
        json.push_back({{"file", input.file},
                        {"rows", input.rows},
                        {"bytes", input.bytes},
                        {"fingerprint", input.fingerprint}});
    return json;
}

Json rows_to_json(const state::StatusCounts& rows) {
    Json json = {{"total", rows.total()}};
    for (const RowStatus status : row_statuses)
        json[std::string(name(status))] = rows[status];
    return json;
}

Json contacts_to_json(std::uint64_t added, std::uint64_t skipped) {
    return {{"added", added}, {"skipped", skipped}};
}

Json reasons_to_json(const Summary& summary) {
    Json json = Json::object();
    for (const auto& [status, reasons] : summary.reasons) {
        Json& of_status = json[std::string(name(status))] = Json::object();
        for (const Summary::ReasonCount& counted : reasons)
            of_status[counted.reason] = counted.rows;
    }
    return json;
}

// The parameters besides the contacts, those that are set.
Json parameters_to_json(const Target& target) {
    Json json = {{"sequence_id", target.sequence.text()},
                 {"email_account_id", mailboxes_text(target)}};
    if (!target.from_address.empty())
        json["send_email_from_email_address"] = target.from_address;
    if (target.user)
        json["user_id"] = target.user->text();
    if (target.status != InitialStatus::unspecified)
        json["status"] = name(target.status);
    if (!target.auto_unpause_at.empty())
        json["auto_unpause_at"] = target.auto_unpause_at;
    for (std::size_t flag = 0; flag < flag_count; ++flag) {
        if (target.flags[flag])
            json[std::string(flag_names[flag])] = true;
    }
    return json;
}

Json targets_to_json(const std::vector<TargetSummary>& targets) {
    Json json = Json::array();
    for (const TargetSummary& summary : targets) {
        Json target = parameters_to_json(summary.target);
        target["rows"] = rows_to_json(summary.rows);
        target["contacts"] = contacts_to_json(summary.contacts_added, summary.contacts_skipped);
        target["requests"] = summary.requests;
        json.push_back(std::move(target));
    }
    return json;
}

Json requests_to_json(const Summary& summary) {
    Json json = to_json(summary.counters.requests);
    json["minimum"] = summary.minimum_requests;
    return json;
}

}  // namespace

std::string to_json_text(const Summary& summary) {
    const bool has_ended = !summary.stop_reason.empty();
    Json json;
    json["run_id"] = summary.run_id;
    json["command"] = summary.command;
    json["input"] = inputs_to_json(summary.inputs);
    json["started_at"] = to_text(summary.started_at);
    json["finished_at"] = summary.finished_at ? Json(to_text(*summary.finished_at)) : Json(nullptr);
    json["stop_reason"] = has_ended ? Json(summary.stop_reason) : Json(nullptr);
    json["exit_code"] = summary.exit_code ? Json(*summary.exit_code) : Json(nullptr);
    json["rows"] = rows_to_json(summary.rows);
    json["contacts"] = contacts_to_json(summary.contacts_added, summary.contacts_skipped);
    json["reasons"] = reasons_to_json(summary);
    json["targets"] = targets_to_json(summary.targets);
    if (summary.targets_left_out > 0)
        json["targets_left_out"] = summary.targets_left_out;
    json["requests"] = requests_to_json(summary);
    json["quota"] = quota_to_json(summary.counters);
    json["bytes"] = to_json(summary.counters.bytes);
    json["forecast"] = forecast_to_json(summary.counters);
    json["remaining"] = remaining_to_json(summary.counters);
    constexpr int indentation = 2;
    return json.dump(indentation, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<void> write_summary(const Summary& summary, const std::filesystem::path& destination) {
    return write_whole_file(destination, to_json_text(summary));
}

}  // namespace seqload::report
