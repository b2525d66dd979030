#pragma once

// From a record's cells to a row: good, or invalid with the first reason that
// applies. Told the time and the defaults; reads nothing by itself.

#include "seqload/input/header.hpp"
#include "seqload/input/read_options.hpp"
#include "seqload/input/record.hpp"
#include "seqload/input/target_cells.hpp"
#include "seqload/model/row.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"

#include <span>
#include <string_view>

namespace seqload::input {

// The rows of one file, whose header and options must outlive this.
class RowRules {
public:
    RowRules(const Header& header, const ReadOptions& options);

    // Fills all of the row but number, file and line. The record has its outline from a
    // RowOutliner of this header. The order of reasons: the record's own problem, the
    // number of cells, contact and label, the target's cells in the order of Column. A
    // good row's target is added to the table.
    void judge(const Record& record, TargetTable& targets, Row& row);

private:
    // Of one that is neither a contact's nor a label's.
    void reject_record(const Record& record, Row& row) const;
    std::string_view cell(const Record& record, Column column) const;

    const Header* header_;
    TargetCells target_cells_;
};

}  // namespace seqload::input
