#include "seqload/apollo/retry_after.hpp"

#include "seqload/base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace seqload::apollo {

namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr seconds longest = days(366);

// Up to nine digits; nullopt for anything else.
std::optional<int> number(std::string_view digits) {
    if (digits.empty() || digits.size() > 9)
        return std::nullopt;
    int value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        value = value * 10 + (digit - '0');
    }
    return value;
}

std::optional<Duration> delay(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const auto value = number(text);
    return value ? std::min<Duration>(seconds(*value), longest) : Duration(longest);
}

std::optional<unsigned> month(std::string_view name) {
    static constexpr std::array<std::string_view, 12> names{
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    const auto place = std::ranges::find(names, lowered(name));
    if (place == names.end())
        return std::nullopt;
    return static_cast<unsigned>(place - names.begin()) + 1;
}

// "08:49:37"; a leap second is taken as the one after it.
std::optional<seconds> time_of_day(std::string_view text) {
    const auto parts = split(text, ':');
    if (parts.size() != 3)
        return std::nullopt;
    const auto hour = number(parts[0]);
    const auto minute = number(parts[1]);
    const auto second = number(parts[2]);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + seconds(*second);
}

// A two-digit year that seems to be more than 50 years ahead is past (RFC 9110, 5.6.7).
int full_year(int two_digits, WallTime now) {
    const std::chrono::year_month_day today(std::chrono::floor<days>(now));
    const int this_year = static_cast<int>(today.year());
    const int year = this_year - this_year % 100 + two_digits;
    return year > this_year + 50 ? year - 100 : year;
}

// The words of a date: blanks, commas and hyphens part them.
std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found(1);
    for (const char letter : text) {
        if (letter != ' ' && letter != ',' && letter != '-') {
            found.back() += letter;
        } else if (!found.back().empty()) {
            found.emplace_back();
        }
    }
    if (found.back().empty())
        found.pop_back();
    return found;
}

}  // namespace

std::optional<WallTime> parse_http_date(std::string_view text, WallTime now) {
    // Sun, 06 Nov 1994 08:49:37 GMT | Sunday, 06-Nov-94 08:49:37 GMT | Sun Nov  6 08:49:37 1994
    auto parts = words(text);
    const bool asctime = parts.size() == 5;
    if (asctime) {
        parts = {parts[0], parts[2], parts[1], parts[4], parts[3], "GMT"};
    } else if (parts.size() != 6 || !equal_ignoring_case(parts[5], "GMT")) {
        return std::nullopt;
    }
    const auto day = number(parts[1]);
    const auto month_number = month(parts[2]);
    auto year = number(parts[3]);
    const auto time = time_of_day(parts[4]);
    if (!day || !month_number || !year || !time)
        return std::nullopt;
    if (parts[3].size() == 2)
        year = full_year(*year, now);
    if (*year > 9999)
        return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(*year),
                                           std::chrono::month(*month_number),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok())
        return std::nullopt;
    return WallTime(std::chrono::sys_days(date) + *time);
}

std::optional<Duration> read_retry_after(const HeaderFields& headers, WallTime now) {
    const auto field = headers.find("retry-after");
    if (!field)
        return std::nullopt;
    const std::string_view text = trimmed(*field);
    if (const auto told = delay(text))
        return told;
    const auto until = parse_http_date(text, now);
    if (!until)
        return std::nullopt;
    const auto date_field = headers.find("date");
    const auto date = date_field ? parse_http_date(trimmed(*date_field), now) : std::nullopt;
    // In whole milliseconds: a far date would overflow nanoseconds.
    const std::chrono::milliseconds wait = *until - date.value_or(now);
    return std::clamp<std::chrono::milliseconds>(wait, seconds(0), longest);
}

}  // namespace seqload::apollo
