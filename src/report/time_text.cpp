#include "seqload/report/time_text.hpp"

#include "seqload/base/timestamp.hpp"

namespace seqload::report {

std::string_view TimeText::operator()(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    if (day != day_) {
        text_ = to_text(day);
        day_ = day;
    }
    // "2026-11-23T21:36:22.123Z"; a year beyond 9999 is longer in front.
    const std::chrono::hh_mm_ss clock(time - day);
    const std::size_t end = text_.size();
    put(end - 13, 2, clock.hours().count());
    put(end - 10, 2, clock.minutes().count());
    put(end - 7, 2, clock.seconds().count());
    put(end - 4, 3, clock.subseconds().count());
    return text_;
}

void TimeText::put(std::size_t place, std::size_t digits, std::chrono::milliseconds::rep number) {
    for (std::size_t digit = digits; digit-- > 0; number /= 10)
        text_[place + digit] = static_cast<char>('0' + number % 10);
}

}  // namespace seqload::report
