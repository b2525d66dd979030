#include "seqload/base/overflow_file.hpp"

#include "support/file_size_limit.hpp"
#include "support/temporary_directory.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::test;

namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string read(const OverflowFile& file, std::uint64_t begin, std::size_t size) {
    std::string text(size, ' ');
    file.read(begin, std::as_writable_bytes(std::span(text)));
    return text;
}

std::ptrdiff_t open_files() {
    return std::ranges::distance(std::filesystem::directory_iterator("/proc/self/fd"));
}

// What the variable says while this lives.
class Environment {
public:
    explicit Environment(const char* directory) {
        if (const char* const before = std::getenv("TMPDIR"))
            before_ = before;
        ::setenv("TMPDIR", directory, 1);
    }
    ~Environment() {
        if (before_.empty())
            ::unsetenv("TMPDIR");
        else
            ::setenv("TMPDIR", before_.c_str(), 1);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    std::string before_;
};

}  // namespace

TEST_CASE("what was put into the file is read back from where it begins, in any order") {
    const TemporaryDirectory directory;
    OverflowFile file(directory.path());
    CHECK(file.append(bytes_of("first")) == 0U);
    CHECK(file.append(bytes_of("")) == 5U);
    CHECK(file.append(bytes_of("second")) == 5U);
    CHECK(file.size() == 11);
    CHECK(read(file, 5, 6) == "second");
    CHECK(read(file, 0, 5) == "first");
    CHECK(read(file, 3, 4) == "stse");
}

TEST_CASE("the file has no name, and is not made before it is needed") {
    const TemporaryDirectory directory;
    const std::ptrdiff_t before = open_files();
    OverflowFile file(directory.path());
    CHECK(open_files() == before);
    CHECK(file.append(bytes_of("x")).has_value());
    CHECK(open_files() == before + 1);
    CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("where no file can be made nothing is taken, and the disk is not asked again") {
    const TemporaryDirectory directory;
    OverflowFile file(directory.path() / "later");
    CHECK(file.append(bytes_of("x")) == std::nullopt);
    std::filesystem::create_directory(directory.path() / "later");
    CHECK(file.append(bytes_of("x")) == std::nullopt);
    CHECK(file.size() == 0);
}

TEST_CASE("what a full disk took before can be read, and nothing more is put there") {
    const TemporaryDirectory directory;
    OverflowFile file(directory.path());
    {
        const FileSizeLimit full(8);
        CHECK(file.append(bytes_of("first")) == 0U);
        CHECK(file.append(bytes_of("second")) == std::nullopt);
    }
    CHECK(file.append(bytes_of("x")) == std::nullopt);
    CHECK(read(file, 0, 5) == "first");
}

TEST_CASE("what the disk does not give back is an exception that says where it was") {
    const TemporaryDirectory directory;
    OverflowFile file(directory.path());
    REQUIRE(file.append(bytes_of("first")) == 0U);
    std::string said;
    try {
        read(file, 3, 4);
    } catch (const std::system_error& error) {
        CHECK(error.code() == std::errc::io_error);
        said = error.what();
    }
    CHECK(said.find(directory.path().string()) != std::string::npos);
}

TEST_CASE("the usual directory is TMPDIR where that is a whole path, else /var/tmp") {
    {
        const Environment environment("/some/where");
        CHECK(OverflowFile::usual_directory() == "/some/where");
    }
    {
        const Environment environment("relative");
        CHECK(OverflowFile::usual_directory() == "/var/tmp");
    }
    const Environment environment("");
    CHECK(OverflowFile::usual_directory() == "/var/tmp");
}
