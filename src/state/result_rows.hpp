#pragma once

// The rows of a query about a run, taken one by one through a connection that
// is kept for as long.

#include "binding.hpp"
#include "connection.hpp"
#include "seqload/base/error.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <SQLiteCpp/Statement.h>

namespace seqload::state {

class ResultRows {
public:
    // The query has one parameter, the run. Looks at the first row at once: from
    // then on SQLite keeps the snapshot. Throws SQLite::Exception.
    ResultRows(std::shared_ptr<Connection> connection, const char* query, std::int64_t run)
        : connection_(std::move(connection)), statement_(connection_->database, query) {
        start(statement_, run);
        has_row_ = statement_.executeStep();
    }

    const Connection& connection() const { return *connection_; }

    // read(statement) makes a Result<Record> of the row that the statement is at.
    template <class Record, class Read>
    Result<std::optional<Record>> next(Read read) {
        if (!has_row_)
            return std::nullopt;
        return guarded(*connection_, [&]() -> Result<std::optional<Record>> {
            Result<Record> record = read(statement_);
            has_row_ = record.has_value() && statement_.executeStep();
            if (!record)
                return std::unexpected(std::move(record.error()));
            return *std::move(record);
        });
    }

private:
    std::shared_ptr<Connection> connection_;
    SQLite::Statement statement_;
    bool has_row_ = false;
};

}  // namespace seqload::state
