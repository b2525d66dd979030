#pragma once

// A connection to the state's database, as each of them is set up.

#include "seqload/base/error.hpp"
#include "seqload/state/store.hpp"

#include <filesystem>
#include <memory>
#include <string>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

namespace seqload::state {

// The name under which SQLite keeps a database in memory only.
inline constexpr const char* in_memory = ":memory:";

struct Connection {
    SQLite::Database database;
    std::string file;  // for errors

    Error error(const SQLite::Exception& exception) const;
};

// Opens, checks and, where needed, migrates the state (Store::open says how).
Result<std::shared_ptr<Connection>> connect(const std::filesystem::path& file,
                                            const OpenOptions& options);

// One more connection to a state that is open already, for reading. Whatever is made of it is
// used by one thread at a time.
Result<std::shared_ptr<Connection>> connect_again(const std::string& file,
                                                  const OpenOptions& options);

// Work that talks to SQLite, its exceptions turned into errors.
template <class Work>
auto guarded(const Connection& connection, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(connection.error(exception));
    }
}

}  // namespace seqload::state
