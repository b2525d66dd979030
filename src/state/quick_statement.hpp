#pragma once

// A statement for results of many rows: SQLite's own calls, where SQLiteCpp makes an object with
// a shared owner of each column of each row.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/Database.h>

struct sqlite3_stmt;

namespace seqload::state {

// Every call that can fail throws SQLite::Exception. Goes before its database does.
class QuickStatement {
public:
    QuickStatement(SQLite::Database& database, const std::string& query);
    ~QuickStatement();
    QuickStatement(const QuickStatement&) = delete;
    QuickStatement& operator=(const QuickStatement&) = delete;

    // From the start, with these numbers for its parameters.
    template <class... Numbers>
    void start(Numbers... numbers) {
        reset();
        int index = 0;
        (bind(++index, static_cast<std::int64_t>(numbers)), ...);
    }

    // To the next row; false: there is none.
    bool step();

    // Ends the reading: what it had locked is free again.
    void reset();

    // Of the row that it is at, by column from 0. NULL is 0 as a number, and "" as a text.
    bool is_null(int column) const;
    std::int64_t number(int column) const;
    std::optional<std::int64_t> optional_number(int column) const;

    // Valid until the next step.
    std::string_view text(int column) const;

private:
    void bind(int index, std::int64_t number);
    void must(int code) const;

    SQLite::Database& database_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace seqload::state
