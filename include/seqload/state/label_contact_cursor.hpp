#pragma once

// The people whom a run's labels reached, read one by one: in the order of the
// rows, and for one row in the order in which they were recorded.

#include "seqload/base/error.hpp"
#include "seqload/model/outcome.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace seqload::state {

struct Connection;

// Made by Store::label_contacts. The same rules as for OutcomeCursor.
class LabelContactCursor {
public:
    // The next person; nullopt after the last. Error: local_fault.
    Result<std::optional<LabelContact>> next();

    LabelContactCursor(LabelContactCursor&&) noexcept;
    LabelContactCursor& operator=(LabelContactCursor&&) noexcept;
    ~LabelContactCursor();

private:
    friend class Store;
    class Impl;

    // Throws SQLite::Exception.
    LabelContactCursor(std::shared_ptr<Connection> connection, std::int64_t run);

    std::unique_ptr<Impl> impl_;
};

}  // namespace seqload::state
