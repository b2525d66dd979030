#include "seqload/app/patient_writer.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

namespace seqload::app {

namespace {

using std::chrono::milliseconds;

std::string missing(std::uint64_t lines) {
    return std::to_string(lines) + " missing\n";
}

// A pipe of two pages: one that is full of small writes says so too early.
class Pipe {
public:
    static constexpr int room = 8192;

    Pipe() {
        REQUIRE(::pipe2(ends_.data(), O_CLOEXEC) == 0);
        REQUIRE(::fcntl(ends_[1], F_SETPIPE_SZ, room) == room);
    }
    ~Pipe() {
        close_reader();
        ::close(ends_[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int writer() const { return ends_[1]; }

    void fill() const {
        const std::string page(room, '#');
        REQUIRE(::write(ends_[1], page.data(), page.size()) == room);
    }

    std::string take_all() const {
        std::string text(65536, '\0');
        ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
        const ssize_t size = ::read(ends_[0], text.data(), text.size());
        text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
        return text;
    }

    void close_reader() {
        if (ends_[0] >= 0)
            ::close(ends_[0]);
        ends_[0] = -1;
    }

private:
    std::array<int, 2> ends_{};
};

}  // namespace

TEST_CASE("What is read is written as it is") {
    const Pipe pipe;
    PatientWriter writer(pipe.writer(), milliseconds(0), missing);
    writer.write("one\n");
    writer.write("two\nthree\n");
    CHECK(pipe.take_all() == "one\ntwo\nthree\n");
    CHECK(writer.left_out() == 0);
}

TEST_CASE("What nobody reads is left out, and told of as soon as somebody does") {
    const Pipe pipe;
    PatientWriter writer(pipe.writer(), milliseconds(1), missing);
    pipe.fill();
    writer.write("one\n");
    writer.write("two\nthree\n");
    CHECK(writer.left_out() == 3);
    CHECK(pipe.take_all() == std::string(Pipe::room, '#'));
    writer.write("four\n");
    CHECK(pipe.take_all() == "3 missing\nfour\n");
    writer.write("five\n");
    CHECK(pipe.take_all() == "five\n");
}

TEST_CASE("A text that is cut is ended before the next one begins") {
    const Pipe pipe;
    PatientWriter writer(pipe.writer(), milliseconds(1), missing);
    const std::string line(9000, 'x');
    writer.write(line + "\n");
    CHECK(writer.left_out() == 1);
    CHECK(pipe.take_all() == line.substr(0, Pipe::room));
    writer.write("next\n");
    CHECK(pipe.take_all() == "\n1 missing\nnext\n");
}

TEST_CASE("Many lines at once are cut between two of them") {
    const Pipe pipe;
    PatientWriter writer(pipe.writer(), milliseconds(1), missing);
    const std::string line = std::string(999, 'x') + "\n";
    const std::string four = line + line + line + line;
    writer.write(four + four + line + line);
    CHECK(pipe.take_all() == four + four);
    CHECK(writer.left_out() == 2);
    writer.write("next\n");
    CHECK(pipe.take_all() == "2 missing\nnext\n");
}

TEST_CASE("Only the first text that is left out waits") {
    const Pipe pipe;
    PatientWriter writer(pipe.writer(), milliseconds(100), missing);
    pipe.fill();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i)
        writer.write("nobody hears this\n");
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(took >= milliseconds(100));
    CHECK(took < milliseconds(2000));
    CHECK(writer.left_out() == 50);
}

TEST_CASE("A reader that is gone, and a descriptor that is none, are passed over") {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    pipe.close_reader();
    PatientWriter(pipe.writer(), milliseconds(0), missing).write("one\n");
    PatientWriter(-1, milliseconds(0), missing).write("one\n");
    std::signal(SIGPIPE, before);
}

}  // namespace seqload::app
