#include "seqload/app/credentials_source.hpp"

#include "seqload/base/text.hpp"

#include <cerrno>
#include <fstream>
#include <utility>

#include <sys/stat.h>

namespace seqload::app {

namespace {

// Only the first line counts: an editor's line break is not part of the key.
Result<std::string> read_key(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    if (!file || !std::getline(file, line)) {
        const int error = errno;
        return fail(ErrorKind::usage,
                    file.eof() ? std::string("the file is empty")
                               : "the key cannot be read: " + system_message(error),
                    printable(path), "put the key into it, on one line");
    }
    return std::string(trimmed(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line));
}

Result<apollo::Credentials> from_file(const std::string& path) {
    auto key = read_key(path);
    if (!key)
        return std::unexpected(std::move(key.error()));
    return apollo::Credentials::key(std::move(*key));
}

}  // namespace

bool others_can_read(const std::string& path) {
    struct stat found{};
    return ::stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
           (found.st_mode & S_IROTH) != 0;
}

Result<apollo::Credentials> find_credentials(const std::string& api_key_file,
                                             const net::Environment& environment) {
    if (!api_key_file.empty())
        return from_file(api_key_file);
    if (auto key = environment("APOLLO_API_KEY"); key && !key->empty())
        return apollo::Credentials::key(std::move(*key));
    if (const auto directory = environment("CREDENTIALS_DIRECTORY")) {
        const std::string path = *directory + "/apollo-api-key";
        if (std::ifstream(path).good())
            return from_file(path);
    }
    if (auto token = environment("APOLLO_ACCESS_TOKEN"); token && !token->empty())
        return apollo::Credentials::bearer(std::move(*token));
    return fail(ErrorKind::usage, "there is no API key", "Apollo",
                "set APOLLO_API_KEY to a master key, or give --api-key-file FILE");
}

}  // namespace seqload::app
