// Preloaded into a program (LD_PRELOAD), it kills the program with SIGKILL at a chosen system call:
// a test can so end it between any two of its steps, and the program has no hooks for it.
//
//     KILL_AT=MOMENT_KIND:N     before_send:3 dies instead of the third send; after_send:3 once it
//                               has been done; half_send:3 once half of its bytes are out
//     KILL_STATE=PATH           files whose path begins so are the state's
//     KILL_COUNT_FILE=PATH      at a normal exit, "KIND COUNT" for each kind
//
// The kinds are in kind_names. Calls on pipes, terminals and the like are not counted. Programs
// that the program starts are left alone.

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

enum class Kind : std::uint8_t {
    state_read,
    state_write,
    state_sync,
    file_read,
    file_write,
    file_sync,
    send,
    receive,  // only where something came
    rename,   // links, too
    unlink,
    none,
};

constexpr std::size_t kind_count = 10;
constexpr std::array<const char*, kind_count> kind_names{
    "state_read", "state_write", "state_sync", "file_read", "file_write",
    "file_sync",  "send",        "receive",    "rename",    "unlink"};

enum class Moment : std::uint8_t { before, half, after, never };

constexpr std::array<const char*, 3> moment_names{"before_", "half_", "after_"};

struct Orders {
    Moment moment = Moment::never;
    Kind kind = Kind::none;
    std::uint64_t number = 0;
    const char* state = nullptr;
    const char* count_file = nullptr;
};

[[noreturn]] void refuse(const char* text) {
    std::fprintf(stderr, "kill_at: KILL_AT=%s is not understood\n", text);
    std::abort();
}

void read_point(const char* text, Orders& orders) {
    const char* rest = text;
    for (std::size_t i = 0; i < moment_names.size(); ++i)
        if (std::strncmp(text, moment_names[i], std::strlen(moment_names[i])) == 0) {
            orders.moment = static_cast<Moment>(i);
            rest = text + std::strlen(moment_names[i]);
        }
    const char* colon = std::strchr(rest, ':');
    if (orders.moment == Moment::never || colon == nullptr)
        refuse(text);
    const auto length = static_cast<std::size_t>(colon - rest);
    for (std::size_t i = 0; i < kind_count; ++i)
        if (std::strlen(kind_names[i]) == length && std::strncmp(rest, kind_names[i], length) == 0)
            orders.kind = static_cast<Kind>(i);
    orders.number = std::strtoull(colon + 1, nullptr, 10);
    if (orders.kind == Kind::none || orders.number == 0)
        refuse(text);
}

const Orders& orders() {
    static const Orders given = [] {
        Orders read;
        if (const char* point = std::getenv("KILL_AT"))
            read_point(point, read);
        read.state = std::getenv("KILL_STATE");
        read.count_file = std::getenv("KILL_COUNT_FILE");
        return read;
    }();
    return given;
}

std::array<std::atomic<std::uint64_t>, kind_count> counts{};

[[noreturn]] void die() {
    ::syscall(SYS_kill, ::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

// One call: counted when it is made, and deadly if it is the one.
class Step {
public:
    explicit Step(Kind kind) {
        if (kind == Kind::none)
            return;
        const std::uint64_t number = ++counts[static_cast<std::size_t>(kind)];
        is_the_one_ = kind == orders().kind && number == orders().number;
        if (is_the_one_ && orders().moment == Moment::before)
            die();
    }

    bool is_halved() const { return is_the_one_ && orders().moment == Moment::half; }

    template <class Value>
    Value done(Value value) const {
        if (is_the_one_)
            die();
        return value;
    }

private:
    bool is_the_one_ = false;
};

bool is_of_state(int descriptor) {
    if (orders().state == nullptr)
        return false;
    std::array<char, 64> link{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
    std::array<char, 4096> path{};
    if (::readlink(link.data(), path.data(), path.size() - 1) < 0)
        return false;
    return std::strncmp(path.data(), orders().state, std::strlen(orders().state)) == 0;
}

// What a call on this descriptor is; none where it is neither a file nor a socket.
Kind kind_of(int descriptor, Kind state, Kind file, Kind socket) {
    struct stat facts{};
    if (::fstat(descriptor, &facts) != 0)
        return Kind::none;
    if (S_ISSOCK(facts.st_mode))
        return socket;
    if (!S_ISREG(facts.st_mode))
        return Kind::none;
    return is_of_state(descriptor) ? state : file;
}

Step writing(int descriptor) {
    return Step(kind_of(descriptor, Kind::state_write, Kind::file_write, Kind::send));
}

Step syncing(int descriptor) {
    return Step(kind_of(descriptor, Kind::state_sync, Kind::file_sync, Kind::none));
}

// Reading: a socket's is one only if something came, which is known afterwards.
template <class Call>
ssize_t received(int descriptor, Call call) {
    const Kind kind = kind_of(descriptor, Kind::state_read, Kind::file_read, Kind::receive);
    if (kind == Kind::receive) {
        const ssize_t bytes = call();
        return bytes > 0 ? Step(kind).done(bytes) : bytes;
    }
    const Step step(kind);
    return step.done(call());
}

// The function of that name that the program would have called.
template <class Function>
Function* real(const char* name) {
    void* found = ::dlsym(RTLD_NEXT, name);
    if (found == nullptr) {
        std::fprintf(stderr, "kill_at: there is no %s\n", name);
        std::abort();
    }
    return reinterpret_cast<Function*>(found);
}

struct LoadAndExit {
    LoadAndExit() {
        (void)orders();
        ::unsetenv("LD_PRELOAD");
    }

    ~LoadAndExit() {
        if (orders().count_file == nullptr)
            return;
        std::array<std::uint64_t, kind_count> totals{};
        for (std::size_t i = 0; i < kind_count; ++i)
            totals[i] = counts[i];
        std::FILE* file = std::fopen(orders().count_file, "we");
        if (file == nullptr)
            return;
        for (std::size_t i = 0; i < kind_count; ++i)
            std::fprintf(file, "%s %llu\n", kind_names[i],
                         static_cast<unsigned long long>(totals[i]));
        std::fclose(file);
    }
};

const LoadAndExit load_and_exit;

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
    static auto* const next = real<decltype(write)>("write");
    const Step step = writing(descriptor);
    return step.done(next(descriptor, bytes, step.is_halved() ? size / 2 : size));
}

ssize_t writev(int descriptor, const iovec* parts, int count) {
    static auto* const next = real<decltype(writev)>("writev");
    const Step step = writing(descriptor);
    return step.done(next(descriptor, parts, step.is_halved() ? (count + 1) / 2 : count));
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t place) {
    static auto* const next = real<decltype(pwrite)>("pwrite");
    const Step step = writing(descriptor);
    return step.done(next(descriptor, bytes, step.is_halved() ? size / 2 : size, place));
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off64_t place) {
    static auto* const next = real<decltype(pwrite64)>("pwrite64");
    const Step step = writing(descriptor);
    return step.done(next(descriptor, bytes, step.is_halved() ? size / 2 : size, place));
}

int fsync(int descriptor) {
    static auto* const next = real<decltype(fsync)>("fsync");
    const Step step = syncing(descriptor);
    return step.done(next(descriptor));
}

int fdatasync(int descriptor) {
    static auto* const next = real<decltype(fdatasync)>("fdatasync");
    const Step step = syncing(descriptor);
    return step.done(next(descriptor));
}

ssize_t send(int descriptor, const void* bytes, std::size_t size, int flags) {
    static auto* const next = real<decltype(send)>("send");
    const Step step = writing(descriptor);
    return step.done(next(descriptor, bytes, step.is_halved() ? size / 2 : size, flags));
}

ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
    static auto* const next = real<decltype(sendmsg)>("sendmsg");
    const Step step = writing(descriptor);
    if (!step.is_halved() || message->msg_iovlen == 0)
        return step.done(next(descriptor, message, flags));
    iovec first = message->msg_iov[0];
    first.iov_len /= 2;
    msghdr half = *message;
    half.msg_iov = &first;
    half.msg_iovlen = 1;
    return step.done(next(descriptor, &half, flags));
}

ssize_t read(int descriptor, void* bytes, std::size_t size) {
    static auto* const next = real<decltype(read)>("read");
    return received(descriptor, [&] { return next(descriptor, bytes, size); });
}

ssize_t pread(int descriptor, void* bytes, std::size_t size, off_t place) {
    static auto* const next = real<decltype(pread)>("pread");
    return received(descriptor, [&] { return next(descriptor, bytes, size, place); });
}

ssize_t pread64(int descriptor, void* bytes, std::size_t size, off64_t place) {
    static auto* const next = real<decltype(pread64)>("pread64");
    return received(descriptor, [&] { return next(descriptor, bytes, size, place); });
}

ssize_t recv(int descriptor, void* bytes, std::size_t size, int flags) {
    static auto* const next = real<decltype(recv)>("recv");
    return received(descriptor, [&] { return next(descriptor, bytes, size, flags); });
}

ssize_t recvmsg(int descriptor, msghdr* message, int flags) {
    static auto* const next = real<decltype(recvmsg)>("recvmsg");
    return received(descriptor, [&] { return next(descriptor, message, flags); });
}

int rename(const char* from, const char* to) noexcept {
    static auto* const next = real<decltype(rename)>("rename");
    const Step step(Kind::rename);
    return step.done(next(from, to));
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
    static auto* const next = real<decltype(renameat)>("renameat");
    const Step step(Kind::rename);
    return step.done(next(from_folder, from, to_folder, to));
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned flags) noexcept {
    static auto* const next = real<decltype(renameat2)>("renameat2");
    const Step step(Kind::rename);
    return step.done(next(from_folder, from, to_folder, to, flags));
}

int link(const char* from, const char* to) noexcept {
    static auto* const next = real<decltype(link)>("link");
    const Step step(Kind::rename);
    return step.done(next(from, to));
}

int unlink(const char* path) noexcept {
    static auto* const next = real<decltype(unlink)>("unlink");
    const Step step(Kind::unlink);
    return step.done(next(path));
}

int unlinkat(int folder, const char* path, int flags) noexcept {
    static auto* const next = real<decltype(unlinkat)>("unlinkat");
    const Step step(Kind::unlink);
    return step.done(next(folder, path, flags));
}

int remove(const char* path) noexcept {
    static auto* const next = real<decltype(remove)>("remove");
    const Step step(Kind::unlink);
    return step.done(next(path));
}

}  // extern "C"
