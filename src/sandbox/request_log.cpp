#include "seqload/sandbox/request_log.hpp"

#include "seqload/base/timestamp.hpp"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

using Json = nlohmann::ordered_json;

std::string_view route_name(const RequestRecord& record) {
    return record.route ? info(*record.route).name : "other";
}

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

double milliseconds(Duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

Json milliseconds_or_null(const std::optional<Duration>& duration) {
    return duration ? Json(milliseconds(*duration)) : Json();
}

Json windows_json(const RequestRecord& record) {
    if (!record.windows_then)
        return {};
    Json json = Json::object();
    for (const Window window : windows) {
        const WindowRecord& state = (*record.windows_then)[static_cast<std::size_t>(window)];
        json[std::string(name(window))] = {{"limit", state.limit ? Json(*state.limit) : Json()},
                                           {"used", state.used},
                                           {"opened_ms", milliseconds_or_null(state.opened)}};
    }
    return json;
}

Json id_list(const std::vector<Id>& ids) {
    Json list = Json::array();
    for (const Id& id : ids)
        list.push_back(id.text());
    return list;
}

Json asked_json(const Asked& asked) {
    return {{"sequence_ids", id_list(asked.sequences)},
            {"contact_ids", id_list(asked.contacts)},
            {"label_names", asked.labels}};
}

Json record_json(const RequestRecord& record, const std::string& id) {
    Json faults = Json::array();
    for (const FaultKind fault : record.faults)
        faults.push_back(name(fault));
    return {{"number", record.number},
            {"id", id},
            {"connection", record.connection},
            {"route", route_name(record)},
            {"path_id", record.path_id},
            {"virtual_seconds", seconds(record.arrived)},
            {"virtual_ms", milliseconds(record.arrived)},
            {"decided_ms", milliseconds_or_null(record.decided)},
            {"answered_ms", milliseconds_or_null(record.answered)},
            {"at", to_text(record.arrived_at)},
            {"wall_ms", record.arrived_at.time_since_epoch().count()},
            {"status", record.status == 0 ? Json() : Json(record.status)},
            {"processed", record.is_processed},
            {"whole", record.is_whole},
            {"counted", record.is_counted},
            {"refused_by", record.refused_by ? Json(name(*record.refused_by)) : Json()},
            {"windows", windows_json(record)},
            {"faults", std::move(faults)},
            {"contacts", record.contacts},
            {"labels", record.labels},
            {"added", record.added},
            {"skipped", record.skipped},
            {"ended", record.ended},
            {"form", record.has_body ? "body" : "query"},
            {"target_bytes", record.target_bytes},
            {"body_bytes", record.body_bytes},
            {"answer_bytes", record.answer_bytes},
            {"unknown_parameters", record.unknown_parameters}};
}

// Where a request is counted.
enum Column : std::uint8_t {
    total,
    ok,
    redirected,
    faulty,
    rate_limited,
    broken,
    unanswered,
    counted
};

constexpr std::array<std::string_view, 8> columns{"total", "2xx", "3xx",        "4xx",
                                                  "429",   "5xx", "unanswered", "counted"};

Column column_of(const RequestRecord& record) {
    if (record.status == 0 || !record.is_whole)
        return unanswered;
    if (record.status == 429)
        return rate_limited;
    if (record.status >= 500)
        return broken;
    if (record.status >= 400)
        return faulty;
    return record.status >= 300 ? redirected : ok;
}

}  // namespace

RequestRecord& RequestLog::open(RequestRecord record) {
    record.number = count() + 1;
    records_.push_back(std::move(record));
    return records_.back();
}

std::string RequestLog::json(const LogExcerpt& excerpt,
                             const std::function<std::string(RequestNumber)>& request_id) const {
    std::string json = "{\"requests\":[";
    for (std::size_t at = excerpt.from > 0 ? excerpt.from - 1 : 0; at < records_.size(); ++at) {
        if (excerpt.route && records_[at].route != excerpt.route)
            continue;
        json += json.back() == '[' ? "" : ",\n";
        Json record = record_json(records_[at], request_id(records_[at].number));
        if (excerpt.with_asked)
            record["asked"] = asked_json(records_[at].asked);
        json += record.dump();
    }
    json += "]}";
    return json;
}

std::string RequestLog::counts_json() const {
    std::array<std::array<std::uint64_t, columns.size()>, route_count + 1> counts{};
    for (const RequestRecord& record : records_) {
        auto& row = counts[record.route ? static_cast<std::size_t>(*record.route) : route_count];
        ++row[total];
        ++row[column_of(record)];
        row[counted] += record.is_counted ? 1 : 0;
    }
    Json json = Json::object();
    for (std::size_t route = 0; route <= route_count; ++route) {
        Json row = Json::object();
        for (std::size_t column = 0; column < columns.size(); ++column)
            row[std::string(columns[column])] = counts[route][column];
        json[std::string(route < route_count ? info(routes[route]).name : "other")] = row;
    }
    return json.dump();
}

std::string spendings_json(const std::vector<OtherSpending>& spendings, SteadyTime started,
                           std::optional<Route> only) {
    Json list = Json::array();
    for (const OtherSpending& spending : spendings) {
        if (!only || spending.route == *only)
            list.push_back({{"route", info(spending.route).name},
                            {"virtual_ms", milliseconds(spending.at - started)},
                            {"requests", spending.requests},
                            {"refused", spending.refused}});
    }
    return list.dump();
}

}  // namespace seqload::sandbox
