#include "seqload/base/whole_file.hpp"

#include "support/file_size_limit.hpp"
#include "support/other_process.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace seqload;

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

struct Directory : test::TemporaryDirectory {
    fs::path at(const char* name) const { return path() / name; }

    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(path()))
            found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Directory, "the destination shows only after the commit, and then all of it") {
    auto file = WholeFile::create(at("a.csv")).value();
    CHECK(file.write("one,").has_value());
    CHECK(file.write("two\n").has_value());
    CHECK(file.sync().has_value());
    CHECK_FALSE(fs::exists(at("a.csv")));
    CHECK(file.write("three\n").has_value());
    REQUIRE(file.commit().has_value());
    CHECK(content(at("a.csv")) == "one,two\nthree\n");
    CHECK(names() == std::vector<std::string>{"a.csv"});
}

TEST_CASE_FIXTURE(Directory, "without a commit nothing remains, and an earlier file stays") {
    write("a.csv", "earlier");
    {
        auto file = WholeFile::create(at("a.csv")).value();
        CHECK(file.write(std::string(3 << 20U, 'x')).has_value());
        CHECK(names().size() == 2);
    }
    CHECK(names() == std::vector<std::string>{"a.csv"});
    CHECK(content(at("a.csv")) == "earlier");
}

TEST_CASE_FIXTURE(Directory, "portions of any size come out in their order") {
    std::string expected;
    auto file = WholeFile::create(at("a")).value();
    for (const std::size_t size : {0UL, 1UL, 700'000UL, 700'000UL, 1UL << 20U, 3UL << 20U, 5UL}) {
        const std::string portion(size, static_cast<char>('a' + size % 26));
        expected += portion;
        REQUIRE(file.write(portion).has_value());
    }
    REQUIRE(file.commit().has_value());
    CHECK(content(at("a")) == expected);
}

TEST_CASE_FIXTURE(Directory, "a file that was moved is committed once, by its new owner") {
    auto first = WholeFile::create(at("a")).value();
    REQUIRE(first.write("a").has_value());
    auto other = WholeFile::create(at("b")).value();
    other = std::move(first);
    CHECK(names().size() == 1);
    REQUIRE(other.commit().has_value());
    CHECK(names() == std::vector<std::string>{"a"});
    CHECK_THROWS_AS(static_cast<void>(other.commit().has_value()), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(other.write("x").has_value()), std::logic_error);
}

TEST_CASE_FIXTURE(Directory, "permissions are those asked for, less the umask") {
    const mode_t earlier = umask(022);
    REQUIRE(write_whole_file(at("open"), "").has_value());
    REQUIRE(write_whole_file(at("closed"), "", 0600).has_value());
    umask(earlier);
    const auto mode = [&](const char* name) {
        struct stat found{};
        REQUIRE(stat(at(name).c_str(), &found) == 0);
        return found.st_mode & 07777U;
    };
    CHECK(mode("open") == 0644);
    CHECK(mode("closed") == 0600);
}

TEST_CASE_FIXTURE(Directory, "a link at the destination is replaced, what it points to is left") {
    write("precious", "precious");
    fs::create_symlink("precious", at("link"));
    fs::create_symlink("nowhere", at("dangling"));
    REQUIRE(write_whole_file(at("link"), "new").has_value());
    REQUIRE(write_whole_file(at("dangling"), "new").has_value());
    CHECK(content(at("precious")) == "precious");
    CHECK(content(at("link")) == "new");
    CHECK_FALSE(fs::is_symlink(at("link")));
    CHECK_FALSE(fs::exists(at("nowhere")));
}

TEST_CASE_FIXTURE(Directory, "what is no regular file is refused") {
    fs::create_directory(at("directory"));
    REQUIRE(mkfifo(at("pipe").c_str(), 0600) == 0);
    fs::create_symlink("/dev/null", at("null"));
    for (const char* name : {"directory", "pipe", "null"}) {
        const auto refused = write_whole_file(at(name), "x");
        REQUIRE_FALSE(refused.has_value());
        CHECK(to_string(refused.error()) ==
              at(name).string() +
                  ": is no regular file and is not replaced by one (choose another name)");
    }
    CHECK(names().size() == 3);
}

TEST_CASE_FIXTURE(Directory, "a directory that is missing is told with the path") {
    const auto file = WholeFile::create(at("missing") / "a.csv");
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error() ==
          Error{ErrorKind::local_fault, "cannot be written: No such file or directory",
                (at("missing") / "a.csv").string(), "free space, or write to another directory"});
}

TEST_CASE_FIXTURE(Directory, "a write that fails is told by every later call, and leaves nothing") {
    write("a.csv", "earlier");
    {
        auto file = WholeFile::create(at("a.csv")).value();
        const test::FileSizeLimit limit(2 << 20U);
        REQUIRE(file.write(std::string(1 << 20U, 'x')).has_value());
        const auto failed = file.write(std::string(5 << 20U, 'x'));
        REQUIRE_FALSE(failed.has_value());
        CHECK(failed.error().kind == ErrorKind::local_fault);
        CHECK(failed.error().what == "cannot be written: File too large");
        CHECK(failed.error().where == at("a.csv").string());
        CHECK(file.write("y").error() == failed.error());
        CHECK(file.sync().error() == failed.error());
        CHECK(file.commit().error() == failed.error());
    }
    CHECK(names() == std::vector<std::string>{"a.csv"});
    CHECK(content(at("a.csv")) == "earlier");
}

TEST_CASE_FIXTURE(Directory, "a commit that cannot rename leaves nothing behind") {
    auto file = WholeFile::create(at("a.csv")).value();
    REQUIRE(file.write("x").has_value());
    fs::create_directory(at("a.csv"));
    const auto failed = file.commit();
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().what == "cannot be put in place: Is a directory");
    CHECK(file.commit().error() == failed.error());
    CHECK(file.write("y").error() == failed.error());
    CHECK(names() == std::vector<std::string>{"a.csv"});
}

TEST_CASE_FIXTURE(Directory,
                  "what a killed process left behind is removed by who writes the file next") {
    const std::vector<std::string> others{".report.csv.0123456789abcdef.bak",
                                          ".report.csv.0123456789abcdeX.tmp", ".report.csv.tmp",
                                          ".summary.json.0123456789abcdef.tmp"};
    for (const std::string& name : others)
        std::ofstream(path() / name) << "somebody else's";
    test::OtherProcess writer([&] {
        auto file = WholeFile::create(at("report.csv"));
        if (file && file->write("half a") && file->sync())
            test::OtherProcess::say_ready_and_wait();
    });
    CHECK(names().size() == others.size() + 1);

    REQUIRE(write_whole_file(at("report.csv"), "first"));
    CHECK(names().size() == others.size() + 2);  // who still writes is not disturbed
    writer.kill();
    REQUIRE(write_whole_file(at("report.csv"), "second"));
    CHECK(names().size() == others.size() + 1);
    for (const std::string& name : others)
        CHECK(fs::exists(path() / name));
    CHECK(content(at("report.csv")) == "second");
}
