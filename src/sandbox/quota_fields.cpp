#include "seqload/sandbox/quota_fields.hpp"

#include "seqload/base/joined.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace seqload::sandbox {
namespace {

std::string_view field_name(Window window) {
    constexpr std::array<std::string_view, 3> names{"minute", "hourly", "24-hour"};
    return names[static_cast<std::size_t>(window)];
}

}  // namespace

void add_quota_fields(Answer& answer, const QuotaWindows& quota, SteadyTime now) {
    for (const Window window : windows) {
        const auto limit = quota.limits()[window];
        const std::string_view unit = field_name(window);
        answer.fields.add(joined("x-rate-limit-", unit), limit ? std::to_string(*limit) : "");
        if (!limit)
            continue;
        answer.fields.add(joined("x-", unit, "-usage"), std::to_string(quota.used(window, now)));
        answer.fields.add(joined("x-", unit, "-requests-left"),
                          std::to_string(quota.left(window, now).value_or(0)));
    }
}

std::uint64_t retry_after_seconds(Duration wait) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return static_cast<std::uint64_t>(std::max<std::int64_t>(1, seconds));
}

Answer refusal_answer(Route route, const QuotaWindows& quota, const Refusal& refusal) {
    const std::uint32_t limit = quota.limits()[refusal.window].value_or(0);
    Answer answer = message_answer(
        429, joined("The maximum number of api calls allowed for ", info(route).public_name, " is ",
                    std::to_string(limit), " times per ", name(refusal.window),
                    ". Please upgrade your plan from "
                    "https://app.apollo.io/#/settings/plans/upgrade."));
    answer.fields.add("retry-after", std::to_string(retry_after_seconds(refusal.wait)));
    return answer;
}

nlohmann::ordered_json usage_json(const QuotaWindows& quota, SteadyTime now) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const Window window : {Window::day, Window::hour, Window::minute}) {
        const auto limit = quota.limits()[window];
        const auto left = quota.left(window, now);
        using Json = nlohmann::ordered_json;
        json[std::string(name(window))] = {{"limit", limit ? Json(*limit) : Json()},
                                           {"consumed", quota.used(window, now)},
                                           {"left_over", left ? Json(*left) : Json()}};
    }
    return json;
}

}  // namespace seqload::sandbox
