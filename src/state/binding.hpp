#pragma once

// Values put into statements, and read from their results.

#include "seqload/base/clock.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

struct Blob {
    std::string_view bytes;
};

inline void bind_value(SQLite::Statement& statement, int index, const std::string& text) {
    statement.bind(index, text);
}

// Not copied: the bytes stay as they are until the statement has done its work. An empty one is an
// empty blob, not NULL.
inline void bind_value(SQLite::Statement& statement, int index, Blob blob) {
    const void* bytes = blob.bytes.empty() ? "" : static_cast<const void*>(blob.bytes.data());
    statement.bindNoCopy(index, bytes, static_cast<int>(blob.bytes.size()));
}

inline void bind_value(SQLite::Statement& statement, int index, WallTime time) {
    statement.bind(index, std::int64_t{time.time_since_epoch().count()});
}

// Unsigned numbers of 64 bits (an inode, say) are stored as the signed number of the same bits.
inline void bind_value(SQLite::Statement& statement, int index, std::integral auto number) {
    statement.bind(index, static_cast<std::int64_t>(number));
}

template <class Value>
void bind_value(SQLite::Statement& statement, int index, const std::optional<Value>& value) {
    if (value) {
        bind_value(statement, index, *value);
    } else {
        statement.bind(index);
    }
}

// Takes a kept statement from its start, with these values for its parameters.
template <class... Values>
void start(SQLite::Statement& statement, const Values&... values) {
    statement.reset();
    int index = 0;
    (bind_value(statement, ++index, values), ...);
}

// Runs a kept statement that has no result.
template <class... Values>
void carry_out(SQLite::Statement& statement, const Values&... values) {
    start(statement, values...);
    statement.exec();
    statement.reset();
}

inline std::uint64_t unsigned_at(const SQLite::Statement& statement, int index) {
    return static_cast<std::uint64_t>(statement.getColumn(index).getInt64());
}

inline WallTime time_at(const SQLite::Statement& statement, int index) {
    return WallTime(std::chrono::milliseconds(statement.getColumn(index).getInt64()));
}

// "" for NULL.
inline std::string text_at(const SQLite::Statement& statement, int index) {
    return statement.getColumn(index).getString();
}

inline std::optional<std::int64_t> optional_at(const SQLite::Statement& statement, int index) {
    const SQLite::Column column = statement.getColumn(index);
    if (column.isNull())
        return std::nullopt;
    return column.getInt64();
}

}  // namespace seqload::state
