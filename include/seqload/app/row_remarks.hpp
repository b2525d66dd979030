#pragma once

// Says what is wrong with invalid rows as they are found, the first few in full
// and the rest by number, so that a bad file does not flood a terminal.

#include "seqload/input/input_set.hpp"
#include "seqload/model/outcome.hpp"
#include "seqload/model/row.hpp"

#include <cstdint>

namespace seqload::app {

class RowRemarks {
public:
    // The files must outlive this object.
    RowRemarks(const input::InputSet& files, bool quiet) : files_(files), quiet_(quiet) {}

    // Outcomes of rows that will not be sent; only invalid ones are remarked on.
    void take(const Row& row, const Outcome& outcome);

    // The number of those that were not shown.
    void finish() const;

private:
    const input::InputSet& files_;
    bool quiet_;
    std::uint64_t invalid_ = 0;
};

}  // namespace seqload::app
