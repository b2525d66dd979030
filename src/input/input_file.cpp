#include "seqload/input/input_file.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

namespace seqload::input {

namespace {

Identity identity_from(const struct stat& status) {
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .size = static_cast<std::uint64_t>(status.st_size),
            .modified_nanoseconds =
                std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

// Bytes from the descriptor until the buffer is full or the end is reached.
template <class ReadSome>
Result<std::size_t> read_fully(const std::string& name, std::size_t size, ReadSome read_some) {
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t count = read_some(filled);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(ErrorKind::unusable_input, "cannot be read: " + system_message(errno),
                        name);
        if (count == 0)
            break;
        filled += static_cast<std::size_t>(count);
    }
    return filled;
}

}  // namespace

Result<Identity> identity_of(int descriptor, const std::string& name) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0)
        return fail(ErrorKind::unusable_input, "cannot be read: " + system_message(errno), name);
    return identity_from(status);
}

std::unexpected<Error> cannot_be_opened(int error_number, const std::string& name) {
    const std::string what = "cannot be opened: " + system_message(error_number);
    if (error_number == EMFILE || error_number == ENFILE)
        return fail(ErrorKind::local_fault, what, name,
                    "allow this process more open files (ulimit -n, LimitNOFILE=)");
    return fail(ErrorKind::unusable_input, what, name);
}

Result<InputFile> InputFile::open(std::string name, std::filesystem::path path) {
    Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (descriptor.get() < 0)
        return cannot_be_opened(errno, name);
    struct stat status{};
    if (::fstat(descriptor.get(), &status) != 0)
        return fail(ErrorKind::unusable_input, "cannot be read: " + system_message(errno), name);
    if (!S_ISREG(status.st_mode))
        return fail(ErrorKind::unusable_input, "is not a regular file", name);
    return InputFile(std::move(name), std::move(path), std::move(descriptor),
                     identity_from(status));
}

InputFile::InputFile(std::string name, Descriptor pipe)
    : name_(std::move(name)), descriptor_(std::move(pipe)) {}

InputFile::InputFile(std::string name, std::filesystem::path path, Descriptor descriptor,
                     Identity identity)
    : name_(std::move(name)),
      path_(std::move(path)),
      descriptor_(std::move(descriptor)),
      identity_(identity) {}

std::optional<std::uint64_t> InputFile::size() const {
    return identity_ ? std::optional(identity_->size) : std::nullopt;
}

Result<std::size_t> InputFile::read_at(std::uint64_t offset, char* buffer, std::size_t size) {
    if (!is_pipe()) {
        return read_fully(name_, size, [&](std::size_t filled) {
            return ::pread(descriptor_.get(), buffer + filled, size - filled,
                           static_cast<off_t>(offset + filled));
        });
    }
    std::size_t filled = 0;
    if (offset < kept_.size()) {
        filled = kept_.copy(buffer, size, static_cast<std::size_t>(offset));
    }
    if (filled < size && offset + filled != pipe_offset_)
        throw std::logic_error("bytes of a pipe that were not kept are asked for again");
    const auto read = read_fully(name_, size - filled, [&](std::size_t more) {
        return ::read(descriptor_.get(), buffer + filled + more, size - filled - more);
    });
    if (!read)
        return std::unexpected(read.error());
    if (keeping_)
        kept_.append(buffer + filled, *read);
    pipe_offset_ += *read;
    return filled + *read;
}

void InputFile::begin_last_pass() {
    if (is_pipe() && !keeping_)
        throw std::logic_error("a pipe is read in a second pass");
    keeping_ = false;
}

Result<void> InputFile::check_block(std::size_t index, std::string_view block) {
    const std::uint64_t digest = XXH3_64bits(block.data(), block.size());
    if (index < fingerprint_.blocks.size()) {
        if (fingerprint_.blocks[index] != digest)
            return changed(joined("has changed since it was first read, near byte ",
                                  grouped(index * Fingerprint::block_size)));
        return {};
    }
    if (fingerprint_.complete)
        return changed("has grown since it was first read");
    fingerprint_.blocks.push_back(digest);
    return {};
}

Result<void> InputFile::check_end(std::uint64_t size, const std::array<std::uint64_t, 2>& whole) {
    if (fingerprint_.complete) {
        if (size != fingerprint_.size)
            return changed("has become shorter since it was first read");
        return {};
    }
    if (identity_ && size != identity_->size)
        return changed("changed while it was being read");
    fingerprint_.size = size;
    fingerprint_.whole = whole;
    fingerprint_.complete = true;
    return {};
}

Result<void> InputFile::unchanged() const {
    if (!identity_)
        return {};
    struct stat status{};
    if (::stat(path_.c_str(), &status) != 0)
        return changed("is not there any more: " + system_message(errno));
    const Identity now = identity_from(status);
    if (now.device != identity_->device || now.inode != identity_->inode)
        return changed("has been replaced by another file since it was first read");
    if (now != *identity_)
        return changed("has changed since it was first read");
    return {};
}

std::unexpected<Error> InputFile::changed(std::string what) const {
    return fail(ErrorKind::changed_input, std::move(what), name_,
                "put back what was there and resume, or start a new run");
}

}  // namespace seqload::input
