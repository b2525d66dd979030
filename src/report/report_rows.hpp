#pragma once

// report.csv: every row once, what was asked for it and what became of it.

#include "csv_file.hpp"
#include "seqload/base/error.hpp"
#include "seqload/model/target.hpp"
#include "seqload/model/target_table.hpp"
#include "seqload/report/carried_columns.hpp"
#include "seqload/report/number_text.hpp"
#include "seqload/report/outcome_cells.hpp"
#include "seqload/report/reported_rows.hpp"
#include "seqload/report/row_files.hpp"

#include <span>
#include <string>
#include <vector>

namespace seqload::report {

class ReportRows {
public:
    // The rows, the targets and the names must outlive this. Writes the header.
    static Result<ReportRows> create(const std::filesystem::path& destination,
                                     const ReportedRows& rows, const TargetTable& targets,
                                     std::span<const std::string> file_names,
                                     const ReportOptions& options);

    // The rows' current one.
    Result<void> write_current();

    Result<void> sync() { return file_.sync(); }
    Result<void> commit() { return file_.commit(); }

private:
    ReportRows(CsvFile file, const ReportedRows& rows, const TargetTable& targets,
               std::span<const std::string> file_names, bool spreadsheet_safe);

    Result<void> write_header(bool passthrough);
    void write_asked(const Row& asked);
    void write_asked_as_read(const input::RowReader& reader);
    void write_carried(const ReportedRow& reported);
    const std::string& target_cells(TargetIndex target);

    CsvFile file_;
    const ReportedRows* rows_;
    const TargetTable* targets_;
    std::span<const std::string> file_names_;
    bool has_file_column_;
    CarriedColumns carried_;

    // What many rows have in common is put into words once.
    std::vector<std::string> target_cells_;  // by target: sequence_id,email_account_id
    OutcomeCells outcome_cells_;
    NumberText number_text_;
    NumberText line_text_;
};

}  // namespace seqload::report
