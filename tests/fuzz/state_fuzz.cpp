// Whatever a file holds that is said to be the state: it is refused with a reason and
// left as it is, or it opens, and all that is asked of it is answered or refused.
//
// The input's first byte chooses a state of version 1, 2, …; any other takes the rest
// as the file. The rest changes that state: each time two bytes say where (in units of
// four bytes), one how many bytes follow, and these are put there; none cuts it off.

#include "fuzz/must.hpp"
#include "seqload/state/store.hpp"
#include "support/temporary_directory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/Database.h>

namespace {

using namespace seqload;
using fuzz::must;

constexpr unsigned char versions = 5;

// Not on a disk, where there is such a place: nothing is written for good.
const test::TemporaryDirectory& directory() {
    static const test::TemporaryDirectory made = [] {
        if (std::filesystem::is_directory("/dev/shm"))
            ::setenv("TMPDIR", "/dev/shm", 1);
        return test::TemporaryDirectory();
    }();
    return made;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    must(static_cast<bool>(stream), "there is room for a file");
}

// In small pages, so that little of the file is empty.
std::string make_state(unsigned version) {
    const auto file = directory().path() / "made.db";
    const auto sql =
        std::filesystem::path(STATE_TEST_DATA) / ("version_" + std::to_string(version) + ".sql");
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA page_size = 512");
    database.exec(bytes_of(sql));
    return bytes_of(file);
}

const std::vector<std::string>& states() {
    static const std::vector<std::string> made = [] {
        std::vector<std::string> all;
        for (unsigned version = 1; version <= versions; ++version) {
            all.push_back(make_state(version));
            std::filesystem::remove(directory().path() / "made.db");
        }
        return all;
    }();
    return made;
}

std::string changed(std::string file, std::string_view changes) {
    constexpr std::size_t head = 3;
    constexpr std::size_t unit = 4;
    while (changes.size() >= head && !file.empty()) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(changes[at]); };
        const std::size_t place = (byte(0) * 256U + byte(1)) * unit % file.size();
        const std::size_t length = byte(2);
        changes.remove_prefix(head);
        if (length == 0)
            file.resize(place);
        else
            file.replace(place, std::min(length, changes.size()), changes.substr(0, length));
        changes.remove_prefix(std::min(length, changes.size()));
    }
    return file;
}

void refused_well(const Error& error) {
    must(error.kind == ErrorKind::local_fault || error.kind == ErrorKind::usage,
         "a state that cannot be used is a local fault");
    must(!error.what.empty() && !error.where.empty(), "what and where");
}

template <class Value>
void answered_or_refused(const Result<Value>& result) {
    if (!result)
        refused_well(result.error());
}

template <class Cursor>
void read_to_its_end(Result<Cursor> cursor) {
    if (!cursor)
        return refused_well(cursor.error());
    while (true) {
        const auto record = cursor->next();
        answered_or_refused(record);
        if (!record || !*record)
            return;
    }
}

void read_run(const state::Store& store, const state::RunRecord& run) {
    read_to_its_end(store.outcomes(run.id));
    read_to_its_end(store.label_contacts(run.id));
    read_to_its_end(store.sent_batches(run.id));
    answered_or_refused(store.counts(run.id));
    answered_or_refused(store.expanded_labels(run.id));
    answered_or_refused(store.open_batches(run.id));
    answered_or_refused(store.settled_rows(run.id));
    answered_or_refused(store.last_batch(run.id));
    answered_or_refused(store.rows_to_verify(run.id, true));
    answered_or_refused(store.label_rows_in_doubt(run.id));
    answered_or_refused(store.added_contacts(run.id, {}));
    answered_or_refused(store.removals(run.id));
    answered_or_refused(store.plan(run.id));
    if (auto ledger = store.ledger(run.api_url, run.team))
        answered_or_refused(ledger->size());
}

void use(state::Store& store) {
    const auto runs = store.runs();
    answered_or_refused(runs);
    if (runs) {
        for (const state::RunRecord& run : *runs)
            read_run(store, run);
    }
    state::NewRun run;
    run.id = "20261125-080000-fuzz";
    run.command = "load";
    run.api_url = "https://api.apollo.io";
    answered_or_refused(store.begin_run(run));
    answered_or_refused(store.prune(WallTime{} + std::chrono::hours(24 * 365 * 60)));
}

// But for what SQLite notes in its header when it goes over to a write-ahead log.
std::string content(std::string file) {
    for (std::size_t at = 0; at < std::min<std::size_t>(file.size(), 100); ++at) {
        if (at == 18 || at == 19 || (at >= 24 && at < 28) || at >= 92)
            file[at] = 0;
    }
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    const unsigned version = data[0];
    const std::string bytes = version >= 1 && version <= versions
                                  ? changed(states()[version - 1], rest)
                                  : std::string(rest);
    const auto file = directory().path() / "state.db";
    for (const char* ending : {"-wal", "-shm", "-journal", "-locks"})
        std::filesystem::remove(file.string() + ending);
    write(file, bytes);

    for (const bool check : {true, false}) {
        state::OpenOptions options;
        options.check = check;
        options.busy_timeout = std::chrono::milliseconds(0);
        auto store = state::Store::open(file, options);
        if (store) {
            use(**store);
            return 0;
        }
        refused_well(store.error());
        must(content(bytes_of(file)) == content(bytes), "what is refused is left as it is");
    }
    return 0;
}
