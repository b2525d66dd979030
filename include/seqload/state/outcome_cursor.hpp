#pragma once

// The outcomes of a run, read one by one in the order of the rows.

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace seqload::state {

struct Connection;

// An outcome with what is known of the request that brought it.
struct RecordedOutcome {
    Outcome outcome;
    std::optional<BatchNumber> batch;       // nullopt: the row was not for sending
    std::optional<unsigned> http_status;    // nullopt: no answer came, or nothing was sent
    std::optional<std::uint32_t> attempts;  // nullopt: the row was not for sending
    std::string request_id;                 // empty: none
    WallTime settled_at;                    // if verified, when that was
    bool verified = false;                  // by RowsVerified

    bool operator==(const RecordedOutcome&) const = default;
};

// Whose outcomes they are, where label rows were expanded (expanded_label.hpp); else
// both are the same.
enum class OutcomesOf : std::uint8_t {
    input,  // its rows: a label row's follows from those of its contacts, and may be not_attempted
    plan,   // the rows that are sent: each of these contacts, and no such label row
};

// Made by Store::outcomes. Reads through a connection of its own: it sees the
// outcomes of the moment at which it was made, whatever is written meanwhile,
// may outlive the Store and be used on another thread. Not to be shared.
class OutcomeCursor {
public:
    // The next outcome, valid until the next call; nullptr after the last. Error: local_fault.
    Result<const RecordedOutcome*> next();

    OutcomeCursor(OutcomeCursor&&) noexcept;
    OutcomeCursor& operator=(OutcomeCursor&&) noexcept;
    ~OutcomeCursor();

private:
    friend class Store;
    class Impl;

    // Throws SQLite::Exception.
    OutcomeCursor(const std::shared_ptr<Connection>& connection, std::int64_t run,
                  OutcomesOf which);

    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::state
