#include "seqload/base/whole_file.hpp"

#include "seqload/base/random.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = std::size_t{1} << 20U;

std::unexpected<Error> cannot(std::string_view what, int error_number, const fs::path& path) {
    return fail(ErrorKind::local_fault, std::string(what) + ": " + system_message(error_number),
                path.string(), "free space, or write to another directory");
}

// A name in the same directory that no other process thinks of.
fs::path temporary_beside(const fs::path& destination, Random& random) {
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx",
                  static_cast<unsigned long long>(random.below(~0ULL)));
    return destination.parent_path() /
           ("." + destination.filename().string() + "." + digits.data() + ".tmp");
}

// Renaming onto a device or a pipe would take its place in the file system.
Result<void> check_replaceable(const fs::path& destination) {
    struct stat found{};
    if (::stat(destination.c_str(), &found) != 0 || S_ISREG(found.st_mode))
        return {};
    return fail(ErrorKind::local_fault, "is no regular file and is not replaced by one",
                destination.string(), "choose another name");
}

Result<void> sync_directory(const fs::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return cannot("cannot be opened", errno, directory);
    // Some file systems have nothing to sync about a directory and say EINVAL.
    const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
    const int error_number = errno;
    ::close(descriptor);
    if (!synced)
        return cannot("cannot be synced", error_number, directory);
    return {};
}

}  // namespace

Result<WholeFile> WholeFile::create(const fs::path& destination, mode_t mode) {
    std::error_code trouble;
    fs::path absolute = fs::absolute(destination, trouble);
    if (trouble)
        return cannot("cannot be written", trouble.value(), destination);
    if (auto replaceable = check_replaceable(absolute); !replaceable)
        return std::unexpected(std::move(replaceable.error()));
    Random random;
    while (true) {
        fs::path temporary = temporary_beside(absolute, random);
        const int descriptor =
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (descriptor >= 0)
            return WholeFile(std::move(absolute), std::move(temporary), descriptor);
        if (errno != EEXIST && errno != EINTR)
            return cannot("cannot be written", errno, absolute);
    }
}

WholeFile::WholeFile(fs::path destination, fs::path temporary, int descriptor)
    : destination_(std::move(destination)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor) {}

WholeFile::WholeFile(WholeFile&& other) noexcept
    : destination_(std::move(other.destination_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)),
      error_(std::move(other.error_)) {}

WholeFile& WholeFile::operator=(WholeFile&& other) noexcept {
    if (this != &other) {
        discard();
        destination_ = std::move(other.destination_);
        temporary_ = std::move(other.temporary_);
        descriptor_ = std::exchange(other.descriptor_, -1);
        buffer_ = std::move(other.buffer_);
        error_ = std::move(other.error_);
    }
    return *this;
}

WholeFile::~WholeFile() {
    discard();
}

void WholeFile::discard() noexcept {
    if (descriptor_ < 0)
        return;
    ::close(std::exchange(descriptor_, -1));
    ::unlink(temporary_.c_str());
}

Result<void> WholeFile::write(std::string_view bytes) {
    if (error_)
        return std::unexpected(*error_);
    if (descriptor_ < 0)
        throw std::logic_error("a file is written to after its commit");
    if (buffer_.size() + bytes.size() <= buffer_size) {
        if (buffer_.capacity() < buffer_size)
            buffer_.reserve(buffer_size);
        buffer_ += bytes;
        return {};
    }
    if (auto flushed = flush(); !flushed)
        return remember(std::move(flushed));
    if (bytes.size() < buffer_size) {
        buffer_ += bytes;
        return {};
    }
    return remember(write_out(bytes));
}

Result<void> WholeFile::sync() {
    if (error_)
        return std::unexpected(*error_);
    if (descriptor_ < 0)
        throw std::logic_error("a file is synced after its commit");
    auto flushed = flush();
    if (flushed && ::fsync(descriptor_) != 0)
        flushed = cannot("cannot be synced", errno, destination_);
    return remember(std::move(flushed));
}

Result<void> WholeFile::commit() {
    if (!error_ && descriptor_ < 0)
        throw std::logic_error("a file is committed twice");
    if (auto synced = sync(); !synced)
        return synced;
    return remember(put_in_place());
}

Result<void> WholeFile::put_in_place() {
    // Network file systems tell of a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0) {
        const int error_number = errno;
        ::unlink(temporary_.c_str());
        return cannot("cannot be written", error_number, destination_);
    }
    if (::rename(temporary_.c_str(), destination_.c_str()) != 0) {
        const int error_number = errno;
        ::unlink(temporary_.c_str());
        return cannot("cannot be put in place", error_number, destination_);
    }
    return sync_directory(destination_.parent_path());
}

Result<void> WholeFile::flush() {
    auto written = write_out(buffer_);
    buffer_.clear();
    return written;
}

Result<void> WholeFile::write_out(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return cannot("cannot be written", errno, destination_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> WholeFile::remember(Result<void> result) {
    if (!result)
        error_ = result.error();
    return result;
}

Result<void> write_whole_file(const fs::path& destination, std::string_view bytes, mode_t mode) {
    auto file = WholeFile::create(destination, mode);
    if (!file)
        return std::unexpected(std::move(file.error()));
    if (auto written = file->write(bytes); !written)
        return written;
    return file->commit();
}

}  // namespace seqload
