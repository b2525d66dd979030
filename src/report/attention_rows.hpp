#pragma once

// attention.csv: the rows that need a person, as the input has them, with what
// is the matter in three columns that are ignored when the file is loaded again.

#include "csv_file.hpp"
#include "seqload/base/error.hpp"
#include "seqload/report/carried_columns.hpp"
#include "seqload/report/reported_rows.hpp"
#include "seqload/report/row_files.hpp"

#include <cstdint>

namespace seqload::report {

class AttentionRows {
public:
    // The rows must outlive this. Writes the header.
    static Result<AttentionRows> create(const std::filesystem::path& destination,
                                        const ReportedRows& rows, const ReportOptions& options);

    // The rows' current one, if it needs a person.
    Result<void> write_current();

    Result<void> sync() { return file_.sync(); }
    Result<void> commit() { return file_.commit(); }

    std::uint64_t count() const { return count_; }

private:
    AttentionRows(CsvFile file, const ReportedRows& rows, bool fail_on_skipped);

    Result<void> write_header();

    CsvFile file_;
    const ReportedRows* rows_;
    bool fail_on_skipped_;
    CarriedColumns carried_;
    std::uint64_t count_ = 0;
};

}  // namespace seqload::report
