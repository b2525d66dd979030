#include "seqload/input/spool.hpp"

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::input {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> disk_fault(std::string what, const fs::path& path, int error_number) {
    return fail(ErrorKind::local_fault, std::move(what) + ": " + system_message(error_number),
                path.string(), "is there space, and may you write there?");
}

Result<void> make_directory(const fs::path& directory) {
    std::error_code trouble;
    if (directory.has_parent_path())
        fs::create_directories(directory.parent_path(), trouble);
    if (::mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return disk_fault("cannot be made", directory, errno);
    return {};
}

Result<void> write_all(int target, const fs::path& path, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t written = ::write(target, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return disk_fault("the input cannot be copied here", path, errno);
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return {};
}

Result<void> copy_all(int source, const std::string& name, int target, const fs::path& path) {
    constexpr std::size_t block = std::size_t{1} << 18U;
    const auto buffer = std::make_unique_for_overwrite<char[]>(block);
    while (true) {
        const ssize_t size = ::read(source, buffer.get(), block);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return fail(ErrorKind::unusable_input, "cannot be read: " + system_message(errno),
                        name);
        if (size == 0)
            return {};
        if (auto written = write_all(target, path, buffer.get(), static_cast<std::size_t>(size));
            !written)
            return written;
    }
}

Result<void> sync(int descriptor, const fs::path& path) {
    if (::fsync(descriptor) != 0)
        return disk_fault("cannot be synced", path, errno);
    return {};
}

Result<void> sync_directory(const fs::path& directory) {
    const Descriptor descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.get() < 0)
        return disk_fault("cannot be opened", directory, errno);
    return sync(descriptor.get(), directory);
}

struct NewFile {
    fs::path path;
    Descriptor descriptor;
};

// "input-1", or "input-1.2" and so on where another run has left its own, which it may
// still need to be resumed.
Result<NewFile> create_beside_others(const fs::path& wanted) {
    constexpr int most = 100'000;
    fs::path path = wanted;
    for (int number = 2;; ++number) {
        Descriptor descriptor(::open(
            path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (descriptor.get() >= 0)
            return NewFile{std::move(path), std::move(descriptor)};
        if (errno != EEXIST || number > most)
            return disk_fault("the input cannot be copied here", path, errno);
        path = wanted;
        path += "." + std::to_string(number);
    }
}

}  // namespace

Result<InputFile> spool(const Descriptor& source, std::string name, const fs::path& directory,
                        const std::string& file_name) {
    const fs::path wanted = fs::absolute(directory) / file_name;
    if (auto made = make_directory(wanted.parent_path()); !made)
        return std::unexpected(std::move(made.error()));
    fs::path path;
    {
        auto target = create_beside_others(wanted);
        if (!target)
            return std::unexpected(std::move(target.error()));
        path = target->path;
        auto copied = copy_all(source.get(), name, target->descriptor.get(), path);
        if (copied)
            copied = sync(target->descriptor.get(), path);
        if (copied)
            copied = sync_directory(path.parent_path());
        if (!copied) {
            ::unlink(path.c_str());
            return std::unexpected(std::move(copied.error()));
        }
    }
    return InputFile::open(std::move(name), path);
}

}  // namespace seqload::input
