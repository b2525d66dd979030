#pragma once

// A sequence that only grows and of which hardly anything is looked at again, kept in
// blocks: as much as it may hold lies in memory, the other full blocks in a file
// (overflow_file.hpp). What came first stays in memory, for mostly that is wanted again
// most. Where the disk takes nothing, all of it stays.
//
// A block in which every element is blank, T(), is nowhere.

#include "seqload/base/mapped_memory.hpp"
#include "seqload/base/overflow_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace seqload {

// Not safe to share between threads while it grows; const access is. Reading what lies
// in the file throws as OverflowFile::read() does.
template <typename T, std::size_t block_elements>
class SpillingArray {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    static constexpr std::size_t block_bytes = block_elements * sizeof(T);
    static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

    // most_bytes: see keep_within().
    explicit SpillingArray(std::size_t most_bytes = unlimited, OverflowFile file = OverflowFile())
        : most_bytes_(most_bytes), file_(std::move(file)) {}

    void push_back(const T& value) {
        Block& block = last_block();
        const std::size_t place = size_ % block_elements;
        if (!block.memory) {
            block.memory = spare_ ? std::move(spare_) : mapped_array<T>(block_elements);
            std::fill_n(block.memory.get(), place, T());
            ++in_memory_;
        }
        block.memory[place] = value;
        ++size_;
    }

    // The same with T().
    void push_back_blank() {
        Block& block = last_block();
        const std::size_t place = size_++ % block_elements;
        if (block.memory)
            block.memory[place] = T();
    }

    T operator[](std::size_t index) const {
        const Block& block = blocks_[index / block_elements];
        if (block.memory) [[likely]]
            return block.memory[index % block_elements];
        T value{};
        if (block.begin)
            read(*block.begin + index % block_elements * sizeof(T), {&value, 1});
        return value;
    }

    // A hint that it will be looked at.
    void prefetch(std::size_t index) const {
        if (const Block& block = blocks_[index / block_elements]; block.memory)
            __builtin_prefetch(&block.memory[index % block_elements]);
    }

    // From now on it holds no more than so many bytes of memory, but always the block that is
    // being filled, another for the next, and 32 bytes for each block there is room for.
    void keep_within(std::size_t most_bytes) {
        most_bytes_ = most_bytes;
        spill(size_ / block_elements);
    }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    bool is_spilled() const { return file_.size() > 0; }

    // Memory held.
    std::size_t bytes() const {
        return blocks_.capacity() * sizeof(Block) + (in_memory_ + (spare_ ? 1 : 0)) * block_bytes;
    }

    // Looks at elements in their order, a whole block of the file at a time.
    class InOrder {
    public:
        explicit InOrder(const SpillingArray& array) : array_(&array) {}

        T operator[](std::size_t index) {
            const std::size_t number = index / block_elements;
            const Block& block = array_->blocks_[number];
            if (block.memory || !block.begin)
                return (*array_)[index];
            if (number != held_) {
                buffer_.resize(block_elements);
                array_->read(*block.begin, buffer_);
                held_ = number;
            }
            return buffer_[index % block_elements];
        }

    private:
        const SpillingArray* array_;
        std::vector<T> buffer_;
        std::size_t held_ = unlimited;
    };

    // Calls take(index, value) for each element in order, those of blocks that are nowhere
    // left out, and lets go of each block behind it: nothing is left, whatever is thrown.
    template <typename Take>
    void drain(const Take& take) {
        SpillingArray all =
            std::exchange(*this, SpillingArray(most_bytes_, OverflowFile(file_.directory())));
        InOrder elements(all);
        for (std::size_t number = 0; number < all.blocks_.size(); ++number) {
            Block& block = all.blocks_[number];
            const std::size_t begin = number * block_elements;
            const std::size_t end = std::min(begin + block_elements, all.size_);
            for (std::size_t i = begin; i < end && (block.memory || block.begin); ++i)
                take(i, elements[i]);
            block.memory.reset();
        }
    }

private:
    struct Block {
        MappedArray<T> memory;
        std::optional<std::uint64_t> begin;  // in the file
    };

    Block& last_block() {
        if (size_ == blocks_.size() * block_elements) {
            spill(blocks_.size());
            blocks_.emplace_back();
        }
        return blocks_.back();
    }

    // Of the first so many blocks, which are full.
    void spill(std::size_t full) {
        while (bytes() > most_bytes_ && full > 0) {
            Block& block = blocks_[--full];
            if (!block.memory)
                continue;
            spare_.reset();
            block.begin =
                file_.append(std::as_bytes(std::span(block.memory.get(), block_elements)));
            if (!block.begin)
                return;
            spare_ = std::move(block.memory);
            --in_memory_;
        }
    }

    void read(std::uint64_t begin, std::span<T> values) const {
        file_.read(begin, std::as_writable_bytes(values));
    }

    std::vector<Block> blocks_;
    std::size_t size_ = 0;
    std::size_t in_memory_ = 0;  // blocks
    MappedArray<T> spare_;       // the last one that went to the file, for the next one
    std::size_t most_bytes_;
    OverflowFile file_;
};

}  // namespace seqload
