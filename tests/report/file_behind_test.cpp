#include "seqload/report/file_behind.hpp"

#include "support/file_size_limit.hpp"
#include "support/temporary_directory.hpp"

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace seqload;
using report::FileBehind;
using report::GrowingText;

namespace {

constexpr std::size_t large = 100'000;  // more than WholeFile gathers

struct Destination : test::TemporaryDirectory {
    std::filesystem::path file() const { return path() / "a.csv"; }

    WholeFile begun() const { return WholeFile::create(file()).value(); }

    std::string content() const {
        std::ifstream stream(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
};

std::string numbered_text(std::size_t number, std::size_t size) {
    std::string text = std::to_string(number);
    text.resize(size, static_cast<char>('a' + number % 26));
    return text;
}

}  // namespace

TEST_CASE_FIXTURE(Destination, "texts are in the file in the order in which they are handed over") {
    FileBehind behind(begun());
    GrowingText text;
    std::string expected;
    for (std::size_t number = 0; number < 40; ++number) {
        const std::string part = numbered_text(number, number % 3 == 0 ? large : number + 2);
        text.append(part);
        expected += part;
        REQUIRE(behind.write(text));
        CHECK(text.text().empty());
    }
    REQUIRE(behind.sync("the rest"));
    CHECK_FALSE(std::filesystem::exists(file()));
    REQUIRE(behind.commit());
    CHECK(content() == expected + "the rest");
}

TEST_CASE_FIXTURE(Destination, "a text that is never handed over needs no thread") {
    FileBehind behind(begun());
    REQUIRE(behind.sync("all of it"));
    REQUIRE(behind.commit());
    CHECK(content() == "all of it");
}

TEST_CASE_FIXTURE(Destination, "a file may be given up at any time, and nothing remains of it") {
    for (std::size_t handed_over = 0; handed_over < 10; ++handed_over) {
        FileBehind behind(begun());
        GrowingText text;
        for (std::size_t number = 0; number < handed_over; ++number) {
            text.append(numbered_text(number, large));
            REQUIRE(behind.write(text));
        }
    }
    CHECK(std::filesystem::is_empty(path()));
}

TEST_CASE_FIXTURE(Destination, "what the disk does not take is told by a later call, once known") {
    {
        FileBehind behind(begun());
        const test::FileSizeLimit limit(3 * large);
        GrowingText text;
        Result<void> written;
        for (std::size_t number = 0; number < 20 && written; ++number) {
            text.append(numbered_text(number, large));
            written = behind.write(text);
        }
        REQUIRE_FALSE(written);
        CHECK(written.error().kind == ErrorKind::local_fault);
        CHECK(written.error().where == file().string());
        CHECK(behind.write(text).error() == written.error());
        CHECK(behind.sync("").error() == written.error());
        CHECK_FALSE(behind.commit());
    }
    CHECK(std::filesystem::is_empty(path()));
}

TEST_CASE_FIXTURE(Destination, "what the disk does not take in the end is told by the sync") {
    FileBehind behind(begun());
    const test::FileSizeLimit limit(large / 2);
    GrowingText text;
    text.append(numbered_text(1, large));
    REQUIRE(behind.write(text));
    const auto synced = behind.sync("");
    REQUIRE_FALSE(synced);
    CHECK(synced.error().where == file().string());
}

TEST_CASE_FIXTURE(Destination,
                  "an exception of the writing comes out where texts are handed over") {
    WholeFile ended = begun();
    REQUIRE(ended.sync());
    REQUIRE(ended.commit());
    FileBehind behind(std::move(ended));
    GrowingText text;
    text.append("x");
    REQUIRE(behind.write(text));
    CHECK_THROWS_AS(static_cast<void>(behind.sync("")), std::logic_error);
}

TEST_CASE_FIXTURE(Destination, "the signal mask is the caller's again once the thread has begun") {
    sigset_t before{};
    sigset_t after{};
    REQUIRE(pthread_sigmask(SIG_SETMASK, nullptr, &before) == 0);
    FileBehind behind(begun());
    GrowingText text;
    text.append("x");
    REQUIRE(behind.write(text));
    REQUIRE(pthread_sigmask(SIG_SETMASK, nullptr, &after) == 0);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        CHECK(sigismember(&after, signal) == sigismember(&before, signal));
}
