#include "seqload/quota/quota_reading.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace seqload::quota {

namespace {

constexpr auto largest = std::numeric_limits<std::uint32_t>::max();

// Digits only; what does not fit is the largest number.
std::optional<std::uint32_t> read_number(std::string_view text) {
    if (text.empty())
        return std::nullopt;
    std::uint64_t number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        number = std::min<std::uint64_t>(number * 10 + static_cast<unsigned>(digit - '0'), largest);
    }
    return static_cast<std::uint32_t>(number);
}

// One window's fields in one spelling of its name.
WindowReading read_window(const HeaderFields& headers, const std::string& spelling) {
    const auto field = [&headers](const std::string& name) -> std::optional<std::string_view> {
        const auto value = headers.find(name);
        return value ? std::optional(trimmed(*value)) : std::nullopt;
    };
    const auto number = [&field](const std::string& name) {
        const auto value = field(name);
        return value ? read_number(*value) : std::nullopt;
    };

    WindowReading reading;
    const auto limit = field("x-rate-limit-" + spelling);
    reading.unlimited = limit && limit->empty();
    // A limit of nothing would shut the endpoint for ever; Apollo says 403 for that.
    reading.limit = limit ? read_number(*limit) : std::nullopt;
    if (reading.limit == 0)
        reading.limit.reset();
    reading.used = number("x-" + spelling + "-usage");
    reading.left = number("x-" + spelling + "-requests-left");
    return reading;
}

WindowReading read_day(const HeaderFields& headers) {
    WindowReading reading = read_window(headers, "24-hour");
    const WindowReading older = read_window(headers, "daily");
    if (!reading.unlimited && !reading.limit) {
        reading.unlimited = older.unlimited;
        reading.limit = older.limit;
    }
    if (!reading.used)
        reading.used = older.used;
    if (!reading.left)
        reading.left = older.left;
    return reading;
}

}  // namespace

std::optional<std::uint32_t> WindowReading::counted() const {
    std::optional<std::uint32_t> counted = used;
    if (limit && left) {
        const std::uint32_t gone = *limit - std::min(*limit, *left);
        counted = std::max(counted.value_or(0), gone);
    }
    return counted;
}

QuotaReading read_quota(const HeaderFields& headers) {
    QuotaReading reading;
    reading[Window::minute] = read_window(headers, "minute");
    reading[Window::hour] = read_window(headers, "hourly");
    reading[Window::day] = read_day(headers);
    return reading;
}

}  // namespace seqload::quota
