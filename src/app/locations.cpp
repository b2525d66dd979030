#include "seqload/app/locations.hpp"

#include <cstdlib>
#include <system_error>

namespace seqload::app {

net::Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* const value = std::getenv(name.c_str());
        if (value == nullptr)
            return std::nullopt;
        return value;
    };
}

Result<std::filesystem::path> state_file(const std::string& option,
                                         const net::Environment& environment) {
    if (!option.empty())
        return option;
    const auto set = [&](const char* name) { return environment(name).value_or(""); };
    // systemd gives several directories separated by colons; the first is ours.
    if (const std::string given = set("STATE_DIRECTORY"); !given.empty())
        return std::filesystem::path(given.substr(0, given.find(':'))) / "state.db";
    if (const std::string home = set("XDG_STATE_HOME"); !home.empty())
        return std::filesystem::path(home) / "seqload" / "state.db";
    if (const std::string home = set("HOME"); !home.empty())
        return std::filesystem::path(home) / ".local" / "state" / "seqload" / "state.db";
    return fail(ErrorKind::usage, "there is no place for the state: HOME is not set", "--state",
                "name a file, or set XDG_STATE_HOME or HOME");
}

Result<std::filesystem::path> output_directory(const std::string& option, const state::RunId& run) {
    std::error_code failure;
    auto directory = std::filesystem::absolute(
        option.empty() ? std::filesystem::path("seqload-out") / run : std::filesystem::path(option),
        failure);
    if (failure) {
        return fail(ErrorKind::local_fault,
                    "the current folder cannot be read: " + failure.message(), "--out",
                    "name a folder");
    }
    return directory;
}

}  // namespace seqload::app
