#pragma once

// Points in time as text, many of them, most on the same day: as
// seqload::to_text words them, without its price for each.

#include "seqload/base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::report {

class TimeText {
public:
    // Valid until the next call.
    std::string_view operator()(WallTime time);

private:
    void put(std::size_t place, std::size_t digits, std::chrono::milliseconds::rep number);

    std::optional<std::chrono::sys_days> day_;
    std::string text_;
};

}  // namespace seqload::report
