#include "seqload/base/overflow_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload {

std::filesystem::path OverflowFile::usual_directory() {
    const char* const told = std::getenv("TMPDIR");
    return told != nullptr && std::string_view(told).starts_with('/') ? told : "/var/tmp";
}

// Where the file system knows no file without a name, this one has one for a moment.
bool OverflowFile::make() {
    descriptor_ = Descriptor(
        ::open(directory_.c_str(), O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (descriptor_.get() >= 0)
        return true;
    std::string path = (directory_ / "seqload-XXXXXX").string();
    descriptor_ = Descriptor(::mkostemp(path.data(), O_CLOEXEC));
    return descriptor_.get() >= 0 && ::unlink(path.c_str()) == 0;
}

std::optional<std::uint64_t> OverflowFile::append(std::span<const std::byte> bytes) {
    if (refused_ || (descriptor_.get() < 0 && !make())) {
        refused_ = true;
        return std::nullopt;
    }
    std::uint64_t end = size_;
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(end));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            refused_ = true;
            return std::nullopt;
        }
        end += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return std::exchange(size_, end);
}

void OverflowFile::read(std::uint64_t begin, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t size =
            ::pread(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(begin));
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0) {
            throw std::system_error(
                size == 0 ? EIO : errno, std::generic_category(),
                "what was set aside in " + directory_.string() + " cannot be read back");
        }
        begin += static_cast<std::uint64_t>(size);
        bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
}

}  // namespace seqload
