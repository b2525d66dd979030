#pragma once

// Numbers as decimal text, each mostly the one after the last: then its digits are counted up.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seqload::report {

class NumberText {
public:
    // Valid until the next call.
    std::string_view operator()(std::uint64_t number);

private:
    void count_up();
    void put(std::uint64_t number);

    std::array<char, 20> digits_{};  // the largest number has as many
    std::size_t begin_ = 0;          // in front of it are none
    std::uint64_t number_ = 0;       // 0: nothing was asked yet, or that
};

}  // namespace seqload::report
