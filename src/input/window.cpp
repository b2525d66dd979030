#include "seqload/input/window.hpp"

#include <cstring>
#include <utility>

namespace seqload::input {

Window::Window(std::unique_ptr<ByteStream> bytes, std::size_t capacity)
    : bytes_(std::move(bytes)),
      capacity_(capacity),
      // One more for the line feed that is added at the end.
      buffer_(std::make_unique_for_overwrite<char[]>(capacity + 1)) {}

Result<void> Window::fill() {
    if (at_end_)
        return {};
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    const std::size_t room = capacity_ - end_;
    const auto read = bytes_->read(buffer_.get() + end_, room);
    if (!read)
        return std::unexpected(read.error());
    end_ += *read;
    at_end_ = *read < room;
    if (at_end_ && end_ > 0 && buffer_[end_ - 1] != '\n')
        buffer_[end_++] = '\n';
    return {};
}

}  // namespace seqload::input
