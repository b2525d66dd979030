#include "run_locks.hpp"

#include "seqload/base/joined.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::state {

namespace {

struct flock byte_of(std::int64_t run, short kind) {
    struct flock lock{};
    lock.l_type = kind;
    lock.l_whence = SEEK_SET;
    lock.l_start = run;
    lock.l_len = 1;
    return lock;
}

std::unexpected<Error> failed(std::string_view doing, const std::string& file, int error_number) {
    return fail(ErrorKind::local_fault, joined(doing, ": ", system_message(error_number)), file,
                "make the file and its folder writable for you, on a local disk, or name another "
                "state with --state");
}

}  // namespace

Result<RunLocks> RunLocks::open(const std::filesystem::path& state) {
    constexpr mode_t private_file = 0600;
    std::string file = state.string() + "-locks";
    // The rights are set by name when it is made: whatever the umask takes away
    // would keep the next process out, and whatever it leaves is for us alone.
    int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_CREAT | O_EXCL, private_file);
    if (descriptor >= 0) {
        if (::fchmod(descriptor, private_file) != 0) {
            const int error_number = errno;
            ::close(descriptor);
            return failed("the locks of the state cannot be made private", file, error_number);
        }
    } else if (errno == EEXIST) {
        descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    }
    if (descriptor < 0)
        return failed("the locks of the state cannot be opened", file, errno);
    return RunLocks(descriptor, std::move(file));
}

RunLocks::RunLocks(RunLocks&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      file_(std::move(other.file_)),
      held_(std::move(other.held_)) {}

RunLocks& RunLocks::operator=(RunLocks&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(file_, other.file_);
    std::swap(held_, other.held_);
    return *this;
}

RunLocks::~RunLocks() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<bool> RunLocks::take(std::int64_t run) {
    if (holds(run))
        return true;
    if (descriptor_ >= 0) {
        auto lock = byte_of(run, F_WRLCK);
        if (::fcntl(descriptor_, F_OFD_SETLK, &lock) != 0) {
            if (errno == EAGAIN || errno == EACCES)
                return false;
            return failed("the run cannot be locked", file_, errno);
        }
    }
    held_.push_back(run);
    return true;
}

bool RunLocks::holds(std::int64_t run) const {
    return std::ranges::find(held_, run) != held_.end();
}

bool RunLocks::held_elsewhere(std::int64_t run) const {
    if (descriptor_ < 0)
        return false;
    auto lock = byte_of(run, F_WRLCK);
    return ::fcntl(descriptor_, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

void RunLocks::give_back_down_to(std::size_t count) {
    for (; held_.size() > count; held_.pop_back()) {
        auto lock = byte_of(held_.back(), F_UNLCK);
        if (descriptor_ >= 0)
            ::fcntl(descriptor_, F_OFD_SETLK, &lock);
    }
}

}  // namespace seqload::state
