#include "quick_statement.hpp"

#include <cstddef>

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace seqload::state {

QuickStatement::QuickStatement(SQLite::Database& database, const std::string& query)
    : database_(database) {
    must(sqlite3_prepare_v2(database.getHandle(), query.c_str(), static_cast<int>(query.size()),
                            &statement_, nullptr));
}

QuickStatement::~QuickStatement() {
    sqlite3_finalize(statement_);
}

bool QuickStatement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        throw SQLite::Exception(database_.getHandle(), code);
    return false;
}

void QuickStatement::reset() {
    // Says once more how the last step ended, which step() has told.
    static_cast<void>(sqlite3_reset(statement_));
}

bool QuickStatement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t QuickStatement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::optional<std::int64_t> QuickStatement::optional_number(int column) const {
    if (is_null(column))
        return std::nullopt;
    return number(column);
}

std::string_view QuickStatement::text(int column) const {
    const void* const bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), size);
}

void QuickStatement::bind(int index, std::int64_t number) {
    must(sqlite3_bind_int64(statement_, index, number));
}

void QuickStatement::must(int code) const {
    if (code != SQLITE_OK)
        throw SQLite::Exception(database_.getHandle(), code);
}

}  // namespace seqload::state
