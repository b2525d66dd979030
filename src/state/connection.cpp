#include "connection.hpp"

#include "change_writer.hpp"
#include "schema.hpp"
#include "state_error.hpp"
#include "state_file.hpp"

#include <chrono>
#include <thread>
#include <utility>

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

namespace seqload::state {

namespace {

// FULL: a commit has reached the disk when it returns, in WAL mode by one sync.
constexpr const char* settings = R"sql(
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
)sql";

// locking: SQLite's own, for connections that several threads may use at once; OPEN_NOMUTEX: none.
Result<std::shared_ptr<Connection>> open_connection(const std::string& file,
                                                    const OpenOptions& options, int locking) {
    try {
        const auto milliseconds = static_cast<int>(options.busy_timeout.count());
        return std::make_shared<Connection>(
            SQLite::Database(file, SQLite::OPEN_READWRITE | locking, milliseconds, options.vfs),
            file);
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(database_error(exception, file));
    }
}

Result<void> look_for_damage(Connection& connection) {
    SQLite::Statement check(connection.database, "PRAGMA quick_check(1)");
    if (!check.executeStep())
        return std::unexpected(damage("it cannot be checked", connection.file));
    const std::string verdict = check.getColumn(0).getString();
    if (verdict != "ok")
        return std::unexpected(damage(verdict, connection.file));
    return {};
}

Result<void> set_up(Connection& connection, const OpenOptions& options) {
    SQLite::Database& database = connection.database;
    const SchemaMark mark = read_mark(database);
    if (auto known = check_mark(mark, connection.file); !known)
        return known;
    if (options.check && !mark.is_blank()) {
        if (auto sound = look_for_damage(connection); !sound)
            return sound;
    }
    const std::string mode = database.execAndGet("PRAGMA journal_mode = WAL").getString();
    if (mode != "wal" && connection.file != in_memory)
        return fail(ErrorKind::local_fault, "the state's file system cannot do what SQLite needs",
                    connection.file, "name a file on a local disk with --state");
    database.exec(settings);
    // A damaged definition of a table may show only where its columns are asked for by name.
    return migrate(database, connection.file,
                   [&] { const ChangeWriter asks_for_all(database, connection.file); });
}

// While another process makes the state, or is the last to close it, SQLite may
// answer "busy" at once instead of waiting for as long as it was told.
Result<void> set_up_patiently(Connection& connection, const OpenOptions& options) {
    constexpr auto pause = std::chrono::milliseconds(5);
    const auto deadline = std::chrono::steady_clock::now() + options.busy_timeout;
    for (;;) {
        try {
            return set_up(connection, options);
        } catch (const SQLite::Exception& exception) {
            if (exception.getErrorCode() != SQLITE_BUSY ||
                std::chrono::steady_clock::now() >= deadline)
                throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace

Error Connection::error(const SQLite::Exception& exception) const {
    return database_error(exception, file, sqlite3_system_errno(database.getHandle()));
}

Result<std::shared_ptr<Connection>> connect(const std::filesystem::path& file,
                                            const OpenOptions& options) {
    const std::string name = file.string();
    if (name != in_memory) {
        if (auto prepared = prepare_state_file(file, options.create); !prepared)
            return std::unexpected(prepared.error());
    }
    auto connection = open_connection(name, options, SQLite::OPEN_FULLMUTEX);
    if (!connection)
        return connection;
    const auto ready =
        guarded(**connection, [&] { return set_up_patiently(**connection, options); });
    if (!ready)
        return std::unexpected(ready.error());
    return connection;
}

// Whoever reads through it has it alone, and asks for a million rows and more.
Result<std::shared_ptr<Connection>> connect_again(const std::string& file,
                                                  const OpenOptions& options) {
    return open_connection(file, options, SQLite::OPEN_NOMUTEX);
}

}  // namespace seqload::state
