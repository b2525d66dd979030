#pragma once

// Text that is appended to, in memory that is taken once and can be handed to another.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace seqload::report {

class GrowingText {
public:
    std::string_view text() const { return {memory_.get(), size_}; }
    std::size_t size() const { return size_; }

    // The memory stays.
    void clear() { size_ = 0; }

    // Where so many bytes more may be written, behind the text; keep() says how many were.
    char* room(std::size_t bytes) {
        if (capacity_ - size_ < bytes)
            grow(bytes);
        return memory_.get() + size_;
    }
    void keep(std::size_t bytes) { size_ += bytes; }

    void append(char character) {
        *room(1) = character;
        keep(1);
    }
    void append(std::string_view text) { keep(text.copy(room(text.size()), text.size())); }

    void swap(GrowingText& other) noexcept {
        memory_.swap(other.memory_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

private:
    static constexpr std::size_t least = std::size_t{4} << 10U;

    void grow(std::size_t bytes) {
        capacity_ = std::max({least, 2 * capacity_, size_ + bytes});
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
        text().copy(larger.get(), size_);
        memory_ = std::move(larger);
    }

    std::unique_ptr<char[]> memory_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace seqload::report
