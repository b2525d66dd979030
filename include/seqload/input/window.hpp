#pragma once

// The part of a byte stream that is being looked at: bytes come in at the back
// and are consumed at the front.

#include "seqload/base/error.hpp"
#include "seqload/input/byte_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace seqload::input {

class Window {
public:
    Window(std::unique_ptr<ByteStream> bytes, std::size_t capacity);

    // What has been read and not consumed; valid until fill().
    std::string_view text() const { return {buffer_.get() + begin_, end_ - begin_}; }

    // Whether nothing comes behind text().
    bool at_end() const { return at_end_; }

    // Where text() begins, counted from the start of the stream.
    std::uint64_t offset() const { return offset_; }

    void consume(std::size_t size) {
        begin_ += size;
        offset_ += size;
    }

    bool is_full() const { return end_ - begin_ == capacity_; }

    // Reads on, a part of what there is room for. At the end a line feed is added if
    // the last byte is none. Nothing is read where the window is full.
    Result<void> fill();

private:
    std::unique_ptr<ByteStream> bytes_;
    std::size_t capacity_;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0;
    bool at_end_ = false;
};

}  // namespace seqload::input
