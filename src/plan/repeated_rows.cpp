#include "seqload/plan/repeated_rows.hpp"

#include <bit>
#include <stdexcept>

namespace seqload::plan {

namespace {

constexpr std::size_t word_bits = 64;
constexpr std::size_t words_per_group = 8;

}  // namespace

RepeatedRows::RepeatedRows(RowNumber rows, RowNumber repeats) {
    if (repeats == 0)
        return;
    const std::size_t words = rows / word_bits + 1;
    bits_.resize(words);
    before_.reserve(words / words_per_group + 1);
    values_.reserve(repeats);
}

void RepeatedRows::add(RowNumber row, RowNumber repeated) {
    const std::size_t word = row / word_bits;
    if (word >= bits_.size())
        throw std::logic_error("a repeating row was not announced");
    while (before_.size() <= word / words_per_group)
        before_.push_back(static_cast<RowNumber>(values_.size()));
    bits_[word] |= std::uint64_t{1} << (row % word_bits);
    values_.push_back(repeated);
}

RowNumber RepeatedRows::repeated_by(RowNumber row) const {
    const std::size_t word = row / word_bits;
    if (word >= bits_.size() || (bits_[word] >> (row % word_bits) & 1U) == 0)
        return 0;
    std::size_t place = before_[word / words_per_group];
    for (std::size_t i = word / words_per_group * words_per_group; i < word; ++i)
        place += static_cast<std::size_t>(std::popcount(bits_[i]));
    const std::uint64_t lower = (std::uint64_t{1} << (row % word_bits)) - 1;
    return values_[place + static_cast<std::size_t>(std::popcount(bits_[word] & lower))];
}

std::size_t RepeatedRows::bytes() const {
    return bits_.capacity() * sizeof(std::uint64_t) +
           (before_.capacity() + values_.capacity()) * sizeof(RowNumber);
}

}  // namespace seqload::plan
