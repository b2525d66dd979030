#pragma once

// The time zone of this process for the length of a test: TimeZone zone("UTC0").

#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

namespace seqload::test {

class TimeZone {
public:
    // As the environment spells it; "AHEAD-2" is two hours ahead of UTC all the year.
    explicit TimeZone(const char* zone) {
        if (const char* before = std::getenv("TZ"))  // NOLINT(concurrency-mt-unsafe)
            before_ = before;
        set(zone);
    }
    ~TimeZone() { set(before_ ? before_->c_str() : nullptr); }
    TimeZone(const TimeZone&) = delete;
    TimeZone& operator=(const TimeZone&) = delete;

private:
    static void set(const char* zone) {
        if (zone == nullptr)
            ::unsetenv("TZ");  // NOLINT(concurrency-mt-unsafe)
        else
            ::setenv("TZ", zone, 1);  // NOLINT(concurrency-mt-unsafe)
        ::tzset();
    }

    std::optional<std::string> before_;
};

}  // namespace seqload::test
