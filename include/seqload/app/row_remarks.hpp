#pragma once

// Says what is wrong with invalid rows as they are found, the first few in full
// and the rest by number, so that a bad file does not flood a terminal.

#include "seqload/model/outcome.hpp"

#include <cstdint>

namespace seqload::app {

class RowRemarks {
public:
    explicit RowRemarks(bool quiet) : quiet_(quiet) {}

    // Outcomes of rows that will not be sent; only invalid ones are remarked on.
    void take(const Outcome& outcome);

    // The number of those that were not shown.
    void finish() const;

private:
    bool quiet_;
    std::uint64_t invalid_ = 0;
};

}  // namespace seqload::app
