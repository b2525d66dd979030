#include "seqload/base/local_time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>

namespace seqload {

namespace {

using namespace std::chrono_literals;

constexpr auto near = 10min;
constexpr auto same_year_at_most = std::chrono::hours(24) * 180;

std::tm local(std::chrono::sys_seconds time) {
    const std::time_t seconds = time.time_since_epoch().count();
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return parts;
}

bool is_same_day(const std::tm& left, const std::tm& right) {
    return left.tm_year == right.tm_year && left.tm_yday == right.tm_yday;
}

std::string formatted(const std::tm& parts, const char* format) {
    std::array<char, 64> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), format, &parts);
    return {text.data(), length};
}

}  // namespace

std::string local_time_text(WallTime time, WallTime now) {
    const auto away = time < now ? now - time : time - now;
    if (away < near)
        return formatted(local(std::chrono::ceil<std::chrono::seconds>(time)), "%H:%M:%S");
    const std::tm then = local(std::chrono::ceil<std::chrono::minutes>(time));
    if (is_same_day(then, local(std::chrono::floor<std::chrono::seconds>(now))))
        return formatted(then, "%H:%M");
    return formatted(then, away < same_year_at_most ? "%a %d %b %H:%M" : "%Y-%m-%d %H:%M");
}

}  // namespace seqload
