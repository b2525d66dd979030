#include "seqload/input/window.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace seqload::input {

namespace {

// What is read at a time: it stays near the core that reads it.
constexpr std::size_t portion = std::size_t{256} << 10U;

// So little may be moved to the front though there is room behind it.
constexpr std::size_t cheap_to_move = std::size_t{16} << 10U;

}  // namespace

Window::Window(std::unique_ptr<ByteStream> bytes, std::size_t capacity)
    : bytes_(std::move(bytes)),
      capacity_(capacity),
      // One more for the line feed that is added at the end.
      buffer_(std::make_unique_for_overwrite<char[]>(capacity + 1)) {}

Result<void> Window::fill() {
    if (at_end_)
        return {};
    const std::size_t rest = end_ - begin_;
    if (rest <= cheap_to_move || capacity_ - end_ < portion) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, rest);
        end_ = rest;
        begin_ = 0;
    }
    const std::size_t wanted = std::min(capacity_ - end_, portion);
    const auto read = bytes_->read(buffer_.get() + end_, wanted);
    if (!read)
        return std::unexpected(read.error());
    end_ += *read;
    at_end_ = *read < wanted;
    if (at_end_ && end_ > begin_ && buffer_[end_ - 1] != '\n')
        buffer_[end_++] = '\n';
    return {};
}

}  // namespace seqload::input
