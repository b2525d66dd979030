#include "seqload/quota/quota_reading.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <limits>
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

// The fields of one window, in one spelling of its name.
struct WindowFields {
    std::string_view limit;
    std::string_view used;
    std::string_view left;
};

constexpr WindowFields minute_fields{"x-rate-limit-minute", "x-minute-usage",
                                     "x-minute-requests-left"};
constexpr WindowFields hour_fields{"x-rate-limit-hourly", "x-hourly-usage",
                                   "x-hourly-requests-left"};
constexpr WindowFields day_fields{"x-rate-limit-24-hour", "x-24-hour-usage",
                                  "x-24-hour-requests-left"};
constexpr WindowFields older_day_fields{"x-rate-limit-daily", "x-daily-usage",
                                        "x-daily-requests-left"};

WindowReading read_window(const HeaderFields& headers, const WindowFields& fields) {
    const auto field = [&headers](std::string_view name) -> std::optional<std::string_view> {
        const auto value = headers.find(name);
        return value ? std::optional(trimmed(*value)) : std::nullopt;
    };
    const auto number = [&field](std::string_view name) {
        const auto value = field(name);
        return value ? read_number(*value) : std::nullopt;
    };

    WindowReading reading;
    const auto limit = field(fields.limit);
    reading.unlimited = limit && limit->empty();
    // A limit of nothing would shut the endpoint for ever; Apollo says 403 for that.
    reading.limit = limit ? read_number(*limit) : std::nullopt;
    if (reading.limit == 0)
        reading.limit.reset();
    reading.used = number(fields.used);
    reading.left = number(fields.left);
    return reading;
}

WindowReading read_day(const HeaderFields& headers) {
    WindowReading reading = read_window(headers, day_fields);
    const WindowReading older = read_window(headers, older_day_fields);
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
    reading[Window::minute] = read_window(headers, minute_fields);
    reading[Window::hour] = read_window(headers, hour_fields);
    reading[Window::day] = read_day(headers);
    return reading;
}

}  // namespace seqload::quota
