#include "state_file.hpp"

#include "seqload/base/joined.hpp"

#include <atomic>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::state {

namespace {

constexpr mode_t private_folder = 0700;
constexpr mode_t private_file = 0600;

constexpr std::string_view elsewhere =
    "make it accessible to you, or name another file with --state";

class OpenedFile {
public:
    OpenedFile(const std::filesystem::path& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, private_file)) {}
    OpenedFile(const OpenedFile&) = delete;
    OpenedFile& operator=(const OpenedFile&) = delete;
    ~OpenedFile() {
        if (is_open())
            ::close(descriptor_);
    }

    bool is_open() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

std::unexpected<Error> failed(std::string_view doing, const std::filesystem::path& path,
                              int error_number) {
    return fail(ErrorKind::local_fault, joined(doing, ": ", system_message(error_number)),
                path.string(), std::string(elsewhere));
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const OpenedFile opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open() || ::fsync(opened.get()) != 0)
        return failed("the folder for the state cannot be synced", folder, errno);
    return {};
}

// Outermost first. Another process may make them at the same time.
Result<void> make_folders(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> missing;
    std::error_code ignored;
    for (auto path = folder; !path.empty() && !std::filesystem::exists(path, ignored);
         path = path.parent_path())
        missing.push_back(path);
    for (; !missing.empty(); missing.pop_back()) {
        const std::filesystem::path& path = missing.back();
        if (::mkdir(path.c_str(), private_folder) != 0 && errno != EEXIST)
            return failed("the folder for the state cannot be made", path, errno);
        const auto parent = path.parent_path();
        if (auto synced = sync_folder(parent.empty() ? "." : parent); !synced)
            return synced;
    }
    return {};
}

// An empty file of that name, unless there is one. It gets its name when it is
// closed already: see prepare_state_file.
Result<void> make_file(const std::filesystem::path& file) {
    static std::atomic<unsigned> made{0};
    auto draft = file;
    draft += joined(".new-", std::to_string(::getpid()), "-", std::to_string(++made));
    int error_number = 0;
    {
        const OpenedFile opened(draft, O_RDWR | O_CREAT | O_EXCL);
        // A umask may have taken rights from us, too.
        if (!opened.is_open() || ::fchmod(opened.get(), private_file) != 0)
            error_number = errno;
    }
    if (error_number == 0 && ::link(draft.c_str(), file.c_str()) != 0 && errno != EEXIST)
        error_number = errno;
    ::unlink(draft.c_str());
    if (error_number != 0)
        return failed("the state cannot be made", file, error_number);
    return {};
}

Result<void> make_private(const std::filesystem::path& file, const struct stat& status) {
    const bool is_ours = status.st_uid == ::geteuid();
    if (is_ours && (status.st_mode & 0777U) != private_file &&
        ::chmod(file.c_str(), private_file) != 0)
        return failed("the state cannot be made private", file, errno);
    return {};
}

}  // namespace

Result<void> prepare_state_file(const std::filesystem::path& file, bool create) {
    struct stat status{};
    bool is_there = ::stat(file.c_str(), &status) == 0;
    if (!is_there && errno == ENOENT && !create)
        return fail(ErrorKind::usage, "there is no state: nothing was ever loaded with it",
                    file.string(), "name the file that earlier runs used with --state");
    if (!is_there && errno == ENOENT) {
        if (auto made = make_folders(file.parent_path()); !made)
            return made;
        if (auto made = make_file(file); !made)
            return made;
        is_there = ::stat(file.c_str(), &status) == 0;
    }
    if (!is_there)
        return failed("the state cannot be opened", file, errno);
    if (!S_ISREG(status.st_mode))
        return fail(ErrorKind::local_fault, "the state must be a regular file", file.string(),
                    "name another file with --state");
    if (auto made_private = make_private(file, status); !made_private)
        return made_private;
    if (::access(file.c_str(), R_OK | W_OK) != 0)
        return failed("the state cannot be opened", file, errno);
    return {};
}

}  // namespace seqload::state
