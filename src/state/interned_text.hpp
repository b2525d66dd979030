#pragma once

// Texts that come again and again, stored once and pointed to by a number. Both
// kinds remember what they stored lately, in bounded memory.
//
// Both are used within a transaction, and are of no use any more after one that
// failed. Both throw SQLite::Exception.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace seqload::state {

// Numbers by text, forgotten as a whole when they take too much room.
class RecentTexts {
public:
    std::optional<std::int64_t> find(const std::string& text) const;
    void remember(const std::string& text, std::int64_t number);
    void clear();

private:
    std::unordered_map<std::string, std::int64_t> numbers_;
    std::size_t bytes_ = 0;
};

// Reasons: few, shared by all runs; each text has one number for ever.
class Reasons {
public:
    explicit Reasons(SQLite::Database& database);

    // nullopt for the empty text, which is stored as NULL.
    std::optional<std::int64_t> number_of(const std::string& text);

private:
    RecentTexts recent_;
    SQLite::Statement find_;
    SQLite::Statement insert_;
};

// Details: free text, and perhaps another one in each row. They belong to their
// run, and one that comes again much later may be stored again.
class Details {
public:
    explicit Details(SQLite::Database& database);

    // At the start of each transaction: which run it is about.
    void turn_to(std::int64_t run);

    // Those of the run are not stored any more.
    void forget() { recent_.clear(); }

    // nullopt for the empty text, which is stored as NULL.
    std::optional<std::int64_t> number_of(const std::string& text);

private:
    std::int64_t run_ = 0;
    std::int64_t last_ = 0;
    RecentTexts recent_;
    SQLite::Statement last_of_run_;
    SQLite::Statement insert_;
};

}  // namespace seqload::state
