#pragma once

// A sequence that only grows, kept in blocks: where a vector would copy all into a
// place twice as large, and hold both meanwhile, this takes one more block.

#include <cstddef>
#include <utility>
#include <vector>

namespace seqload {

// Not safe to share between threads while it grows; const access is.
template <typename T>
class BlockArray {
public:
    static constexpr std::size_t block_size = std::size_t{1} << 12U;  // elements

    void push_back(T value) {
        if (size_ % block_size == 0)
            blocks_.emplace_back().reserve(blocks_.size() == 1 ? first_room : block_size);
        std::vector<T>& last = blocks_.back();
        // Only the first block grows, by half; a copy's last one may, too.
        if (last.size() == last.capacity())
            last.reserve(last.size() + last.size() / 2 + 1);
        last.push_back(std::move(value));
        ++size_;
    }

    const T& operator[](std::size_t index) const {
        return blocks_[index / block_size][index % block_size];
    }
    T& operator[](std::size_t index) { return blocks_[index / block_size][index % block_size]; }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    // Memory held, that of what the elements themselves own aside.
    std::size_t bytes() const {
        std::size_t bytes = blocks_.capacity() * sizeof blocks_.front();
        for (const std::vector<T>& block : blocks_)
            bytes += block.capacity() * sizeof(T);
        return bytes;
    }

private:
    static constexpr std::size_t first_room = 8;

    std::vector<std::vector<T>> blocks_;
    std::size_t size_ = 0;
};

}  // namespace seqload
