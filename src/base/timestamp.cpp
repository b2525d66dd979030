#include "seqload/base/timestamp.hpp"

#include <array>
#include <cstdio>

namespace seqload {

namespace {

// Takes the text from the front, one expected piece at a time.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    std::optional<int> digits(std::size_t count) {
        if (rest_.size() < count)
            return std::nullopt;
        int number = 0;
        for (const char digit : rest_.substr(0, count)) {
            if (digit < '0' || digit > '9')
                return std::nullopt;
            number = number * 10 + (digit - '0');
        }
        rest_.remove_prefix(count);
        return number;
    }

    bool one_of(std::string_view choices) {
        if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos)
            return false;
        taken_ = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }

    char taken() const { return taken_; }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
    char taken_ = 0;
};

std::optional<std::chrono::milliseconds> read_fraction(Scanner& scanner) {
    int thousandths = 0;
    int count = 0;
    while (const auto digit = scanner.digits(1)) {
        if (count < 3)
            thousandths = thousandths * 10 + *digit;
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    for (; count < 3; ++count)
        thousandths *= 10;
    return std::chrono::milliseconds(thousandths);
}

std::optional<std::chrono::minutes> read_zone(Scanner& scanner) {
    if (scanner.one_of("Zz"))
        return std::chrono::minutes(0);
    if (!scanner.one_of("+-"))
        return std::nullopt;
    const bool west = scanner.taken() == '-';
    const auto hours = scanner.digits(2);
    if (!hours || *hours > 23)
        return std::nullopt;
    int minutes = 0;
    const bool colon = scanner.one_of(":");
    if (colon || !scanner.at_end()) {
        const auto read = scanner.digits(2);
        if (!read || *read > 59)
            return std::nullopt;
        minutes = *read;
    }
    const auto offset = std::chrono::minutes(*hours * 60 + minutes);
    return west ? -offset : offset;
}

}  // namespace

std::string to_text(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 64> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<WallTime> parse_timestamp(std::string_view text) {
    using namespace std::chrono;
    Scanner scanner(text);

    const auto year_number = scanner.digits(4);
    if (!year_number || !scanner.one_of("-"))
        return std::nullopt;
    const auto month_number = scanner.digits(2);
    if (!month_number || !scanner.one_of("-"))
        return std::nullopt;
    const auto day_number = scanner.digits(2);
    if (!day_number || !scanner.one_of("Tt "))
        return std::nullopt;
    const year_month_day date(year(*year_number), month(static_cast<unsigned>(*month_number)),
                              day(static_cast<unsigned>(*day_number)));
    if (!date.ok())
        return std::nullopt;

    const auto hour = scanner.digits(2);
    if (!hour || *hour > 23 || !scanner.one_of(":"))
        return std::nullopt;
    const auto minute = scanner.digits(2);
    if (!minute || *minute > 59)
        return std::nullopt;
    int second = 0;
    milliseconds fraction(0);
    if (scanner.one_of(":")) {
        const auto read = scanner.digits(2);
        if (!read || *read > 59)
            return std::nullopt;
        second = *read;
        if (scanner.one_of(".,")) {
            const auto part = read_fraction(scanner);
            if (!part)
                return std::nullopt;
            fraction = *part;
        }
    }
    const auto zone = read_zone(scanner);
    if (!zone || !scanner.at_end())
        return std::nullopt;

    return WallTime(sys_days(date)) + hours(*hour) + minutes(*minute) + seconds(second) + fraction -
           *zone;
}

}  // namespace seqload
