#include "seqload/app/config_place.hpp"

#include "seqload/base/descriptor.hpp"
#include "seqload/base/joined.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace seqload::app {

namespace {

constexpr std::size_t most_bytes = 1024UL * 1024;

enum class Place { named, looked_for };

std::unexpected<Error> refused(std::string what, const std::string& path, std::string next) {
    return fail(ErrorKind::usage, std::move(what), path, std::move(next));
}

std::unexpected<Error> unreadable(int trouble, const std::string& path) {
    return refused(joined("the configuration cannot be read: ", system_message(trouble)), path,
                   "--config names another file, --config \"\" none");
}

Result<> trusted(const struct stat& status, const std::string& path, Place place) {
    if (S_ISDIR(status.st_mode))
        return unreadable(EISDIR, path);
    // Pipes and the like have been handed over by whoever named them.
    if (place == Place::named && !S_ISREG(status.st_mode))
        return {};
    if (!S_ISREG(status.st_mode))
        return refused("the configuration is no regular file", path, "name it with --config");
    if ((status.st_mode & S_IWOTH) != 0)
        return refused("everybody may write this file, so it cannot be trusted", path,
                       joined("chmod o-w ", path));
    const bool is_ours = status.st_uid == ::geteuid() || status.st_uid == 0;
    if (place == Place::looked_for && !is_ours)
        return refused("this file belongs to another user, so it is not read unasked", path,
                       joined("--config ", path, " reads it, --config \"\" does not"));
    return {};
}

Result<std::string> contents(int descriptor, const std::string& path) {
    std::string text;
    std::array<char, 16384> portion{};
    for (;;) {
        const ssize_t count = ::read(descriptor, portion.data(), portion.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return unreadable(errno, path);
        if (count == 0)
            return text;
        text.append(portion.data(), static_cast<std::size_t>(count));
        if (text.size() > most_bytes)
            return refused("a configuration of more than 1 MiB is none", path,
                           "--config names another file");
    }
}

// nullopt: it is not there, which matters only if somebody named it.
Result<std::optional<ConfigText>> read(const std::string& path, Place place) {
    // A pipe that somebody left here must not hold us up.
    const int waiting = place == Place::named ? 0 : O_NONBLOCK;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | waiting));
    if (file.get() < 0) {
        const bool is_missing = errno == ENOENT || errno == ENOTDIR;
        if (is_missing && place == Place::looked_for)
            return std::nullopt;
        return unreadable(errno, path);
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0)
        return unreadable(errno, path);
    if (auto trust = trusted(status, path, place); !trust)
        return std::unexpected(std::move(trust.error()));
    auto text = contents(file.get(), path);
    if (!text)
        return std::unexpected(std::move(text.error()));
    return ConfigText{path, std::move(*text)};
}

std::vector<std::string> places(const Variables& variables) {
    std::vector<std::string> paths{"./seqload.toml"};
    // XDG Base Directory Specification: a path that is not absolute is to be ignored.
    if (const auto home = value_of(variables, "XDG_CONFIG_HOME"); home.starts_with('/'))
        paths.push_back(joined(home, "/seqload/config.toml"));
    else if (const auto user = value_of(variables, "HOME"); !user.empty())
        paths.push_back(joined(user, "/.config/seqload/config.toml"));
    return paths;
}

}  // namespace

Result<std::optional<ConfigText>> find_config(const std::optional<std::string>& named,
                                              const Variables& variables) {
    if (named)
        return named->empty() ? Result<std::optional<ConfigText>>(std::nullopt)
                              : read(*named, Place::named);
    for (const std::string& path : places(variables)) {
        auto found = read(path, Place::looked_for);
        if (!found || *found)
            return found;
    }
    return std::nullopt;
}

}  // namespace seqload::app
