#pragma once

// Makes the outlines of the records of one file.

#include "seqload/input/header.hpp"
#include "seqload/input/record.hpp"
#include "seqload/input/row_outline.hpp"
#include "seqload/input/target_keys.hpp"

namespace seqload::input {

class RowOutliner {
public:
    // The header must outlive this.
    explicit RowOutliner(const Header& header);

    // Of the records in order: the numbers of their targets rest on those before.
    RowOutline outline(const Record& record);

private:
    const Header* header_;
    TargetKeys targets_;
};

}  // namespace seqload::input
