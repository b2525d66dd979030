#pragma once

// label-contacts.csv: each person whom a label reached. Made only where the
// input has labels.

#include "csv_file.hpp"
#include "seqload/base/error.hpp"
#include "seqload/report/reported_rows.hpp"
#include "seqload/report/row_files.hpp"

#include <filesystem>
#include <optional>

namespace seqload::report {

class LabelContactRows {
public:
    // The rows must outlive this.
    LabelContactRows(std::filesystem::path destination, const ReportedRows& rows,
                     NextLabelContact next, const ReportOptions& options);

    // Those whom the rows' current one reached. Throws std::logic_error if they
    // do not come in the order of the rows.
    Result<void> write_current();

    // As WholeFile's, if there is a file; if there is none, the file that an earlier run
    // has left there goes.
    Result<void> sync();
    Result<void> commit();

    bool has_file() const { return file_.has_value(); }
    const std::filesystem::path& destination() const { return destination_; }

private:
    Result<void> remove_older();
    Result<void> ensure_file();
    Result<void> fetch();

    std::filesystem::path destination_;
    const ReportedRows* rows_;
    NextLabelContact next_;
    bool spreadsheet_safe_;
    bool started_ = false;
    std::optional<ReachedContact> waiting_;
    std::optional<CsvFile> file_;
};

}  // namespace seqload::report
