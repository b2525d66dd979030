#include "seqload/report/counters.hpp"

#include "counters_json.hpp"

namespace seqload::report {

namespace {

using Json = nlohmann::ordered_json;

Json unless_unlimited(const std::optional<std::uint32_t>& number) {
    return number ? Json(*number) : Json(nullptr);
}

std::optional<std::uint32_t> read_unless_unlimited(const Json& number) {
    return number.is_null() ? std::nullopt : std::optional(number.get<std::uint32_t>());
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
                            .left = read_unless_unlimited(of_window.at("left"))};
    }
    json.at("bytes").at("sent").get_to(counters.bytes.sent);
    json.at("bytes").at("received").get_to(counters.bytes.received);
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
                                           {"left", unless_unlimited(of_window.left)}};
    }
    return json;
}

Json to_json(const ByteCounters& bytes) {
    return {{"sent", bytes.sent}, {"received", bytes.received}};
}

std::string to_json_text(const Counters& counters) {
    const Json json = {{"requests", to_json(counters.requests)},
                       {"quota", quota_to_json(counters)},
                       {"bytes", to_json(counters.bytes)}};
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
