#include "seqload/report/counters.hpp"

#include "counters_json.hpp"
#include "seqload/base/timestamp.hpp"

#include <chrono>

namespace seqload::report {

namespace {

using Json = nlohmann::ordered_json;

Json unless_unlimited(const std::optional<std::uint32_t>& number) {
    return number ? Json(*number) : Json(nullptr);
}

std::optional<std::uint32_t> read_unless_unlimited(const Json& number) {
    return number.is_null() ? std::nullopt : std::optional(number.get<std::uint32_t>());
}

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

Json unless_unknown(const std::optional<WallTime>& time) {
    return time ? Json(to_text(*time)) : Json(nullptr);
}

// What an older seqload did not write down is not known. Throws nlohmann::json::exception.
std::optional<WallTime> read_time(const Json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null())
        return std::nullopt;
    return parse_timestamp(found->get<std::string>());
}

// Likewise. Longer than anybody waits is damage, and no duration.
std::optional<Duration> read_duration(const Json& json, const char* name) {
    constexpr double century = 100.0 * 366 * 24 * 3600;
    const auto length = json.at(name).get<double>();
    if (!(length >= 0 && length <= century))
        return std::nullopt;
    return std::chrono::round<Duration>(std::chrono::duration<double>(length));
}

std::optional<QuotaForecast> read_forecast(const Json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null())
        return std::nullopt;
    return QuotaForecast{.requests = found->at("requests").get<std::uint64_t>(),
                         .duration = read_duration(*found, "duration_seconds").value_or(Duration()),
                         .finishes_at = read_time(*found, "finishes_at").value_or(WallTime())};
}

// Throws nlohmann::json::exception.
Counters read(const Json& json) {
    Counters counters;
    const Json& requests = json.at("requests");
    requests.at("sent").get_to(counters.requests.sent);
    requests.at("retried").get_to(counters.requests.retried);
    requests.at("rate_limited").get_to(counters.requests.rate_limited);
    for (const Window window : windows) {
        const Json& of_window = json.at("quota").at(name(window));
        counters[window] = {.limit = read_unless_unlimited(of_window.at("limit")),
                            .used = of_window.at("used").get<std::uint32_t>(),
                            .left = read_unless_unlimited(of_window.at("left")),
                            .resets_at = read_time(of_window, "resets_at")};
    }
    json.at("bytes").at("sent").get_to(counters.bytes.sent);
    json.at("bytes").at("received").get_to(counters.bytes.received);
    counters.forecast = read_forecast(json, "forecast");
    if (counters.forecast)
        counters.took = read_duration(json.at("forecast"), "took_seconds").value_or(Duration());
    counters.remaining = read_forecast(json, "remaining");
    return counters;
}

}  // namespace

Json to_json(const RequestCounters& requests) {
    return {{"sent", requests.sent},
            {"retried", requests.retried},
            {"rate_limited", requests.rate_limited}};
}

Json quota_to_json(const Counters& counters) {
    Json json = Json::object();
    for (const Window window : windows) {
        const WindowCounters& of_window = counters[window];
        json[std::string(name(window))] = {{"limit", unless_unlimited(of_window.limit)},
                                           {"used", of_window.used},
                                           {"left", unless_unlimited(of_window.left)},
                                           {"resets_at", unless_unknown(of_window.resets_at)}};
    }
    return json;
}

Json to_json(const ByteCounters& bytes) {
    return {{"sent", bytes.sent}, {"received", bytes.received}};
}

namespace {

Json to_json(const QuotaForecast& forecast) {
    return {{"requests", forecast.requests},
            {"duration_seconds", seconds(forecast.duration)},
            {"finishes_at", to_text(forecast.finishes_at)}};
}

}  // namespace

Json forecast_to_json(const Counters& counters) {
    if (!counters.forecast)
        return nullptr;
    Json json = to_json(*counters.forecast);
    json["took_seconds"] = seconds(counters.took);
    return json;
}

Json remaining_to_json(const Counters& counters) {
    return counters.remaining ? to_json(*counters.remaining) : Json(nullptr);
}

std::string to_json_text(const Counters& counters) {
    const Json json = {{"requests", to_json(counters.requests)},
                       {"quota", quota_to_json(counters)},
                       {"bytes", to_json(counters.bytes)},
                       {"forecast", forecast_to_json(counters)},
                       {"remaining", remaining_to_json(counters)}};
    return json.dump();
}

Result<Counters> read_counters(std::string_view json_text) {
    if (json_text.empty())
        return Counters();
    try {
        return read(Json::parse(json_text));
    } catch (const Json::exception&) {
        return fail(ErrorKind::local_fault, "the run's counters on record are damaged", "state",
                    "restore the state from a copy");
    }
}

}  // namespace seqload::report
