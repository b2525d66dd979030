#pragma once

// When a run's requests left and came back, read one by one in the order in which
// they left: of each batch its last try. What earlier tries did is only counted
// (RequestTotals).

#include "seqload/base/clock.hpp"
#include "seqload/base/error.hpp"
#include "seqload/state/batch_life.hpp"
#include "seqload/state/change.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace seqload::state {

struct Connection;

struct SentBatch {
    BatchNumber batch = 0;
    BatchState state = BatchState::waiting;
    WallTime sent_at;                     // of the last try; on disk just before it left
    WallTime changed_at;                  // what became of that try was learned
    std::optional<unsigned> http_status;  // of the last answer; nullopt: none was read
    std::uint32_t attempts = 0;
    std::string request_id;  // Apollo's; empty: none

    bool operator==(const SentBatch&) const = default;
};

// Made by Store::sent_batches. The same rules as for OutcomeCursor.
class SentBatchCursor {
public:
    // The next one; nullopt after the last. Error: local_fault.
    Result<std::optional<SentBatch>> next();

    SentBatchCursor(SentBatchCursor&&) noexcept;
    SentBatchCursor& operator=(SentBatchCursor&&) noexcept;
    ~SentBatchCursor();

private:
    friend class Store;
    class Impl;

    // Throws SQLite::Exception.
    SentBatchCursor(std::shared_ptr<Connection> connection, std::int64_t run);

    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::state
