#pragma once

// Makes the outlines of the records of one file.

#include "seqload/input/header.hpp"
#include "seqload/input/record.hpp"
#include "seqload/input/row_outline.hpp"
#include "seqload/input/target_keys.hpp"

#include <cstdint>

namespace seqload::input {

class RowOutliner {
public:
    // The header must outlive this. seed: as TargetKeys'.
    RowOutliner(const Header& header, std::uint64_t seed);

    // Of the records in order: the numbers of their targets rest on those before. The
    // outline says nothing yet.
    void fill(const Record& record, RowOutline& outline);

private:
    const Header* header_;
    TargetKeys targets_;
};

}  // namespace seqload::input
