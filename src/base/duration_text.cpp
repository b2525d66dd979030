#include "seqload/base/duration_text.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>

namespace seqload {

namespace {

using namespace std::chrono_literals;

struct Unit {
    std::string_view name;
    Duration length;
};

// Larger first: "ms" stands before "m" in the text only as a whole name.
constexpr std::array<Unit, 5> units{{{"d", 24h}, {"h", 1h}, {"m", 1min}, {"s", 1s}, {"ms", 1ms}}};

constexpr double longest_in_seconds = 100.0 * 365 * 24 * 3600;

std::string two_units(std::int64_t large, std::string_view large_name, std::int64_t small,
                      std::string_view small_name) {
    std::string text = std::to_string(large) + ' ' + std::string(large_name);
    if (small != 0)
        text += ' ' + std::to_string(small) + ' ' + std::string(small_name);
    return text;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    if (text == "0")
        return Duration(0);
    if (text.empty())
        return std::nullopt;

    double seconds = 0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        if (text.front() == '-')  // from_chars would take it, even before a zero
            return std::nullopt;
        double number = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number,
                                                    std::chars_format::fixed);
        if (failure != std::errc{} || !(number >= 0))
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));

        const auto name = text.substr(0, text.find_first_of("0123456789."));
        while (next_unit < units.size() && units[next_unit].name != name)
            ++next_unit;
        if (next_unit == units.size())
            return std::nullopt;
        seconds += number * std::chrono::duration<double>(units[next_unit].length).count();
        if (!(seconds <= longest_in_seconds))
            return std::nullopt;
        ++next_unit;
        text.remove_prefix(name.size());
    }
    return Duration(std::llround(seconds * 1e9));
}

std::optional<Duration> until_time_of_day(std::string_view text, WallTime now) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3)
        return std::nullopt;
    int hour = 0;
    int minute = 0;
    const char* const begin = text.data();
    const auto hours = std::from_chars(begin, begin + colon, hour);
    const auto minutes = std::from_chars(begin + colon + 1, begin + text.size(), minute);
    if (hours.ptr != begin + colon || minutes.ptr != begin + text.size() || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59)
        return std::nullopt;

    const std::time_t seconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::tm local{};
    if (::localtime_r(&seconds, &local) == nullptr)
        return std::nullopt;
    for (int days = 0; days <= 1; ++days) {
        std::tm wanted = local;
        wanted.tm_mday += days;
        wanted.tm_hour = hour;
        wanted.tm_min = minute;
        wanted.tm_sec = 0;
        wanted.tm_isdst = -1;
        const std::time_t then = std::mktime(&wanted);
        const auto left = WallTime(std::chrono::seconds(then)) - now;
        if (left > std::chrono::milliseconds(0))
            return left;
    }
    return std::nullopt;
}

std::string describe(Duration duration) {
    if (duration < Duration(0))
        return duration == Duration::min() ? describe(-Duration::max()) : '-' + describe(-duration);
    // Each unit is rounded to first and then chosen: 999.6 ms are "1.0 s", 59.7 s are "1 min".
    const auto nanoseconds = duration.count();
    // Not by adding half a millisecond: the longest duration has no room for it.
    const auto milliseconds =
        nanoseconds / 1'000'000 + (nanoseconds % 1'000'000 >= 500'000 ? 1 : 0);
    if (milliseconds < 1000)
        return std::to_string(milliseconds) + " ms";
    const auto tenths = (milliseconds + 50) / 100;
    if (tenths < 100)
        return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " s";
    const auto seconds = (milliseconds + 500) / 1000;
    if (seconds < 60)
        return std::to_string(seconds) + " s";
    if (seconds < 3600)
        return two_units(seconds / 60, "min", seconds % 60, "s");
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 24 * 60)
        return two_units(minutes / 60, "h", minutes % 60, "min");
    const auto hours = (minutes + 30) / 60;
    return two_units(hours / 24, "d", hours % 24, "h");
}

}  // namespace seqload
