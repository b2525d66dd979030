#include "seqload/base/whole_file.hpp"

#include "seqload/base/random.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = std::size_t{1} << 20U;
constexpr off_t worth_hurrying = off_t{8} << 20U;
constexpr std::size_t large_portion = buffer_size / 16;  // gathering more would only copy it

std::unexpected<Error> cannot(std::string_view what, int error_number, const fs::path& path) {
    return fail(ErrorKind::local_fault, std::string(what) + ": " + system_message(error_number),
                path.string(), "free space, or write to another directory");
}

constexpr std::size_t random_digits = 16;
constexpr std::string_view temporary_suffix = ".tmp";

std::string temporary_prefix(const fs::path& destination) {
    return "." + destination.filename().string() + ".";
}

// A name in the same directory that no other process thinks of.
fs::path temporary_beside(const fs::path& destination, Random& random) {
    std::array<char, random_digits + 1> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx",
                  static_cast<unsigned long long>(random.below(~0ULL)));
    return destination.parent_path() /
           (temporary_prefix(destination) + digits.data() + std::string(temporary_suffix));
}

bool is_temporary_of(const fs::path& destination, std::string_view name) {
    const std::string prefix = temporary_prefix(destination);
    return name.size() == prefix.size() + random_digits + temporary_suffix.size() &&
           name.starts_with(prefix) && name.ends_with(temporary_suffix) &&
           name.substr(prefix.size(), random_digits).find_first_not_of("0123456789abcdef") ==
               std::string_view::npos;
}

// Whoever writes a temporary file holds its lock, and the lock ends with the process:
// one that can be had was left behind. What cannot be removed is left for the next time.
void remove_leftovers(const fs::path& destination) {
    std::error_code ignored;
    for (fs::directory_iterator entry(destination.parent_path(), ignored), end;
         !ignored && entry != end; entry.increment(ignored)) {
        const fs::path& path = entry->path();
        if (!is_temporary_of(destination, path.filename().string()))
            continue;
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (descriptor < 0)
            continue;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            ::unlink(path.c_str());
        ::close(descriptor);
    }
}

// False if somebody took it for left behind before it was locked.
bool lock_new_file(int descriptor) {
    struct stat found{};
    // Where locks are not to be had, nobody else gets one either.
    ::flock(descriptor, LOCK_EX);
    return ::fstat(descriptor, &found) != 0 || found.st_nlink > 0;
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
    remove_leftovers(absolute);
    Random random;
    while (true) {
        fs::path temporary = temporary_beside(absolute, random);
        const int descriptor =
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (descriptor >= 0) {
            if (lock_new_file(descriptor))
                return WholeFile(std::move(absolute), std::move(temporary), descriptor);
            ::close(descriptor);
            continue;
        }
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
      size_(other.size_),
      hurried_(other.hurried_),
      error_(std::move(other.error_)) {}

WholeFile& WholeFile::operator=(WholeFile&& other) noexcept {
    if (this != &other) {
        discard();
        destination_ = std::move(other.destination_);
        temporary_ = std::move(other.temporary_);
        descriptor_ = std::exchange(other.descriptor_, -1);
        buffer_ = std::move(other.buffer_);
        size_ = other.size_;
        hurried_ = other.hurried_;
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
    if (bytes.size() < large_portion && buffer_.size() + bytes.size() <= buffer_size) {
        if (buffer_.capacity() < buffer_size)
            buffer_.reserve(buffer_size);
        buffer_ += bytes;
        return {};
    }
    if (auto flushed = flush(); !flushed)
        return remember(std::move(flushed));
    if (bytes.size() < large_portion) {
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
        size_ += written;
    }
    hurry();
    return {};
}

// Whatever waits in memory for sync() makes that long: the disk may as well begin. What it cannot
// do, or has no way to be told, sync() finds out.
void WholeFile::hurry() {
    if (size_ - hurried_ < worth_hurrying)
        return;
    ::sync_file_range(descriptor_, hurried_, size_ - hurried_, SYNC_FILE_RANGE_WRITE);
    hurried_ = size_;
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
