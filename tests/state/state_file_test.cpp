#include "state/state_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace seqload::state {

namespace {

using test::TemporaryDirectory;

unsigned mode_of(const std::filesystem::path& path) {
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

Error error_of_opening(const std::filesystem::path& file, const OpenOptions& options = {}) {
    const auto opened = Store::open(file, options);
    REQUIRE_FALSE(opened.has_value());
    return opened.error();
}

void run_sql(const std::filesystem::path& file, const std::string& sql) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(sql);
}

}  // namespace

TEST_CASE("the state is made with its folders, and only its owner can read it") {
    const TemporaryDirectory directory;
    const auto outer = directory.path() / "share";
    const auto file = outer / "seqload" / "state.db";
    const mode_t before = ::umask(0);
    const auto store = begun(open_store(file));
    ::umask(before);
    CHECK(mode_of(outer) == 0700);
    CHECK(mode_of(outer / "seqload") == 0700);
    CHECK(mode_of(file) == 0600);
    CHECK(mode_of(file.string() + "-wal") == 0600);
    CHECK(mode_of(file.string() + "-shm") == 0600);
}

TEST_CASE("a state that others could read is made private again") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    open_store(file).reset();
    std::filesystem::permissions(file, std::filesystem::perms(0666));
    const auto store = open_store(file);
    CHECK(mode_of(file) == 0600);
}

TEST_CASE("a strict umask does not keep us from our own state") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const mode_t before = ::umask(0777);
    const auto opened = Store::open(file);
    ::umask(before);
    CHECK(opened.has_value());
    CHECK(mode_of(file) == 0600);
}

TEST_CASE("the last to close the state leaves one file behind") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    begun(open_store(file)).reset();
    CHECK(std::filesystem::exists(file));
    CHECK_FALSE(std::filesystem::exists(file.string() + "-wal"));
    CHECK_FALSE(std::filesystem::exists(file.string() + "-shm"));
}

TEST_CASE("a missing state is only made where that is asked for") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "none" / "state.db";
    const Error error = error_of_opening(file, {.create = false});
    CHECK(error.kind == ErrorKind::usage);
    CHECK(error.what == "there is no state: nothing was ever loaded with it");
    CHECK(error.where == file.string());
    CHECK_FALSE(std::filesystem::exists(file.parent_path()));
}

TEST_CASE("a file that is no database is refused and left as it is") {
    const TemporaryDirectory directory;
    const std::string text = "contact_id,label\n" + std::string(5000, 'x');
    const auto file = directory.write("people.csv", text);
    const Error error = error_of_opening(file);
    CHECK(error.kind == ErrorKind::local_fault);
    CHECK(to_string(error) == file +
                                  ": this is no SQLite database, so no state of seqload (name "
                                  "another file with --state, or move this one away)");
    CHECK(std::filesystem::file_size(file) == text.size());
    CHECK_FALSE(std::filesystem::exists(file + "-wal"));
}

TEST_CASE("somebody else's database is refused and left as it is") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "browser.db";
    run_sql(file, "CREATE TABLE history (url TEXT)");
    const Error error = error_of_opening(file);
    CHECK(error.kind == ErrorKind::local_fault);
    CHECK(error.what == "this SQLite database is not a state of seqload");
    SQLite::Database database(file.string());
    CHECK(database.execAndGet("PRAGMA journal_mode").getString() == "delete");
    CHECK_FALSE(database.tableExists("runs"));
}

TEST_CASE("a state of a newer seqload is refused with both versions") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    begun(open_store(file)).reset();
    run_sql(file, "PRAGMA user_version = 99");
    const Error error = error_of_opening(file);
    CHECK(error.kind == ErrorKind::local_fault);
    CHECK(error.what ==
          "the state was written by a newer seqload (its schema is version 99, this "
          "program knows up to 5)");
    CHECK(error.next == "use that seqload, or name another file with --state");
}

TEST_CASE("damage is found before anything is done, and told with what can be done") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    auto store = begun(open_store(file));
    std::vector<RowNumber> rows(5000);
    for (RowNumber row = 0; row < rows.size(); ++row)
        rows[row] = row + 1;
    must(apply(*store, {RowsSettled{.outcomes = all(rows, RowStatus::invalid), .at = at(1)}}));
    store.reset();

    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = std::filesystem::file_size(file);
    stream.seekp(static_cast<std::streamoff>(size / 2));
    stream << std::string(8192, 'x');
    stream.close();

    const Error error = error_of_opening(file);
    CHECK(error.kind == ErrorKind::local_fault);
    CHECK(error.what.starts_with("the state is damaged: "));
    CHECK(error.where == file.string());
    CHECK(error.next.find(".recover") != std::string::npos);
    CHECK(Store::open(file, {.check = false}).has_value());
}

TEST_CASE("a state that was cut short is damaged") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    begun(open_store(file)).reset();
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    CHECK(error_of_opening(file).what.starts_with("the state is damaged: "));
}

TEST_CASE("places where no state can be are told by name") {
    const TemporaryDirectory directory;
    CHECK(error_of_opening(directory.path()).what == "the state must be a regular file");

    const std::string not_a_folder = directory.write("file", "");
    const Error under_a_file = error_of_opening(std::filesystem::path(not_a_folder) / "state.db");
    CHECK(under_a_file.kind == ErrorKind::local_fault);
    CHECK(under_a_file.what == "the state cannot be opened: Not a directory");

    const auto pipe = directory.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(error_of_opening(pipe).what == "the state must be a regular file");
}

TEST_CASE("a place that cannot be written is told with what the system says") {
    if (::geteuid() == 0)
        return;  // nothing is forbidden to root
    const TemporaryDirectory directory;
    const auto folder = directory.path() / "closed";
    std::filesystem::create_directory(folder);
    std::filesystem::permissions(folder, std::filesystem::perms(0500));
    CHECK(error_of_opening(folder / "state.db").what ==
          "the state cannot be made: Permission denied");
    CHECK(error_of_opening(folder / "more" / "state.db").what ==
          "the folder for the state cannot be made: Permission denied");
    std::filesystem::permissions(folder, std::filesystem::perms(0700));
}

TEST_CASE("several may open a new state at the same moment") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "new" / "state.db";
    constexpr int openers = 8;
    std::vector<std::string> verdicts(openers);
    std::vector<std::thread> threads;
    threads.reserve(openers);
    for (int i = 0; i < openers; ++i)
        threads.emplace_back([&, i] {
            const auto opened = Store::open(file);
            if (!opened) {
                verdicts[static_cast<std::size_t>(i)] = to_string(opened.error());
                return;
            }
            const auto begun = (*opened)->begin_run(new_run("run-" + std::to_string(i)));
            verdicts[static_cast<std::size_t>(i)] = begun ? "" : to_string(begun.error());
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const std::string& verdict : verdicts)
        CHECK(verdict == "");
    CHECK(must(open_store(file)->runs()).size() == openers);
}

TEST_CASE("opening and closing a state leaves the locks of others in this process alone") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto store = begun(open_store(file));
    open_store(file).reset();

    // Only another process sees our locks.
    const pid_t child = ::fork();
    if (child == 0) {
        struct flock lock{};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        const int opened = ::open(file.c_str(), O_RDWR);
        ::fcntl(opened, F_GETLK, &lock);
        ::_exit(lock.l_type == F_UNLCK ? 1 : 0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("a state that another process keeps locked is told, and can be used later") {
    const TemporaryDirectory directory;
    const auto file = directory.path() / "state.db";
    const auto store = begun(open_store(file, {.busy_timeout = std::chrono::milliseconds(1)}));
    SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    const auto refused = apply(*store, {in_flight(1, contacts({1}))});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::local_fault);
    CHECK(refused.error().what == "another process keeps the state locked");
    CHECK(refused.error().next.find("fuser " + file.string()) != std::string::npos);
    other.exec("ROLLBACK");
    CHECK(apply(*open_store(file), {in_flight(1, contacts({1}))}).has_value());
}

}  // namespace seqload::state
