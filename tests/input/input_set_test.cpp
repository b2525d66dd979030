#include "seqload/input/input_set.hpp"

#include "input/rows_of.hpp"
#include "seqload/input/input_file.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace seqload;
using namespace seqload::input;
namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A pipe whose reading end has a name, and which gives these bytes and ends.
class Pipe {
public:
    explicit Pipe(std::string bytes) {
        REQUIRE(::pipe2(ends_, O_CLOEXEC) == 0);
        writer_ = std::thread(write_all, ends_[1], std::move(bytes));
    }
    ~Pipe() {
        ::close(ends_[0]);
        writer_.join();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    std::string name() const { return "/proc/self/fd/" + std::to_string(ends_[0]); }
    int end() const { return ends_[0]; }

private:
    static void write_all(int end, const std::string& bytes) {
        // Nobody may want to read it all; that is no reason to end the program.
        sigset_t broken_pipe;
        sigemptyset(&broken_pipe);
        sigaddset(&broken_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
        std::size_t written = 0;
        while (written < bytes.size()) {
            const auto part = ::write(end, bytes.data() + written, bytes.size() - written);
            if (part <= 0)
                break;
            written += static_cast<std::size_t>(part);
        }
        ::close(end);
    }

    int ends_[2] = {-1, -1};
    std::thread writer_;
};

// Standard input replaced for a while.
class StandardInput {
public:
    explicit StandardInput(int replacement) : saved_(::dup(STDIN_FILENO)) {
        ::dup2(replacement, STDIN_FILENO);
    }
    ~StandardInput() {
        ::dup2(saved_, STDIN_FILENO);
        ::close(saved_);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;

private:
    int saved_;
};

const std::string three_rows =
    "contact_id,n\n" + test::contact + ",1\n" + test::contact + ",2\n" + test::contact + ",3\n";

}  // namespace

TEST_CASE_FIXTURE(test::Reading, "a name that cannot be read says why") {
    const auto refused = [&](const std::string& name) {
        const std::vector<std::string> one{(directory.path() / name).string()};
        const auto set = InputSet::open(one, directory.path() / "spool");
        REQUIRE_FALSE(set);
        CHECK(set.error().kind == ErrorKind::unusable_input);
        return shown(set.error());
    };
    CHECK(cannot_be_opened(EMFILE, "a.csv").error().kind == ErrorKind::local_fault);
    CHECK(cannot_be_opened(EACCES, "a.csv").error().kind == ErrorKind::unusable_input);
    CHECK(refused("missing.csv") == "missing.csv: cannot be opened: No such file or directory");
    fs::create_directory(directory.path() / "folder");
    CHECK(refused("folder") ==
          "folder: is a directory (name the files in it that are to be loaded)");
    CHECK_FALSE(fs::exists(directory.path() / "spool"));
}

TEST_CASE("standard input can be named once") {
    const std::vector<std::string> names{"-", "-"};
    const auto set = InputSet::open(names, "/nonexistent");
    REQUIRE_FALSE(set);
    CHECK(set.error().kind == ErrorKind::usage);
}

TEST_CASE_FIXTURE(test::Reading,
                  "what can be read once is spooled and then read as often as wanted") {
    const Pipe pipe(three_rows);
    names = {pipe.name()};
    open();
    const fs::path copy = directory.path() / "spool" / "input-1";
    CHECK(files[0].path(0) == copy);
    CHECK(content(copy) == three_rows);
    CHECK((fs::status(copy).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
    CHECK((fs::status(copy.parent_path()).permissions() & fs::perms::all) == fs::perms::owner_all);
    CHECK(rows().size() == 3);
    CHECK(rows().size() == 3);
}

TEST_CASE_FIXTURE(test::Reading, "what another run has spooled into the same folder stays") {
    const fs::path spooled = directory.path() / "spool";
    for (const std::string& text : {std::string("contact_id\n1\n"), std::string(three_rows)}) {
        const Pipe pipe(text);
        names = {pipe.name()};
        open();
    }
    CHECK(files.back().path(0) == spooled / "input-1.2");
    CHECK(content(spooled / "input-1") == "contact_id\n1\n");
    CHECK(content(spooled / "input-1.2") == three_rows);
    CHECK(rows().size() == 3);
}

TEST_CASE_FIXTURE(test::Reading, "standard input is spooled by its place and shown by its name") {
    const Pipe pipe(three_rows);
    const StandardInput replaced(pipe.end());
    add(three_rows);
    names.emplace_back("-");
    open();
    CHECK(files[0].name(1) == "(standard input)");
    CHECK(files[0].path(1) == directory.path() / "spool" / "input-2");
    CHECK(rows().size() == 6);
}

TEST_CASE_FIXTURE(test::Reading, "a pipe can be read in a single pass without touching the disk") {
    std::string many = "contact_id,n\n";
    while (many.size() < std::size_t{6} << 20U)
        many += test::contact + "," + std::to_string(many.size()) + "\n";
    const Pipe pipe(many);
    names = {pipe.name()};
    files.push_back(InputSet::open_for_one_pass(names).value());
    CHECK(files[0].path(0).empty());
    CHECK(files[0].unchanged());
    const auto all = rows();
    CHECK(all.back().number == all.size());
    CHECK(all.back().line == all.size() + 1);
    CHECK(files[0].fingerprint(0).complete);
    CHECK(files[0].fingerprint(0).size == many.size());
    CHECK_THROWS_AS(rows(), std::logic_error);
}

TEST_CASE_FIXTURE(test::Reading, "spooling that fails is a local fault") {
    const Pipe pipe(three_rows);
    directory.write("spool", "a file where the directory should be");
    names = {pipe.name()};
    const auto set = InputSet::open(names, directory.path() / "spool");
    REQUIRE_FALSE(set);
    CHECK(set.error().kind == ErrorKind::local_fault);
}

TEST_CASE_FIXTURE(test::Reading,
                  "a file that changed, was replaced or is gone is told from one that did not") {
    add(three_rows);
    open();
    CHECK(files[0].unchanged());
    const auto complaint = [&] {
        const auto same = files[0].unchanged();
        REQUIRE_FALSE(same);
        CHECK(same.error().kind == ErrorKind::changed_input);
        return shown(same.error());
    };
    const auto written = fs::last_write_time(names[0]);
    fs::last_write_time(names[0], written + std::chrono::seconds(1));
    CHECK(complaint() ==
          "1.csv: has changed since it was first read (put back what was there and resume, or "
          "start a new run)");
    fs::last_write_time(names[0], written);
    CHECK(files[0].unchanged());

    fs::rename(names[0], names[0] + ".old");
    CHECK(complaint().starts_with("1.csv: is not there any more: No such file"));
    directory.write("1.csv", three_rows);
    CHECK(complaint().starts_with("1.csv: has been replaced by another file"));
}

TEST_CASE_FIXTURE(test::Reading,
                  "the fingerprint is complete after a pass and tells one content from another") {
    add(three_rows);
    rows();
    const Fingerprint first = files[0].fingerprint(0);
    CHECK(first.complete);
    CHECK(first.size == three_rows.size());
    CHECK(first.blocks.size() == 1);
    CHECK(to_text(first).size() == 32);
    names.clear();
    files.clear();
    add(three_rows + "\n");
    rows();
    CHECK(to_text(files[0].fingerprint(0)) != to_text(first));
}

TEST_CASE_FIXTURE(test::Reading,
                  "a later run finds the files as they were, or says that they changed") {
    add(three_rows);
    rows();
    const std::vector<InputSet::KnownFile> known{
        {"1.csv", files[0].path(0), files[0].fingerprint(0)}};
    const auto pass = [&]() -> std::string {
        auto set = InputSet::reopen(known);
        if (!set)
            return shown(set.error());
        const auto reader = RowReader::open(*set, options, targets);
        return reader ? "read" : shown(reader.error());
    };
    CHECK(pass() == "read");
    std::string other = three_rows;
    other.replace(other.find(",2\n"), 3, ",9\n");
    directory.write("1.csv", other);
    CHECK(pass().starts_with("1.csv: has changed since it was first read, near byte 0"));
    directory.write("1.csv", three_rows + "x");
    CHECK(pass().starts_with("1.csv: has changed since it was first read"));
    fs::remove(names[0]);
    CHECK(pass() ==
          "1.csv: cannot be opened: No such file or directory (put back what was there and resume, "
          "or start a new run)");
}
