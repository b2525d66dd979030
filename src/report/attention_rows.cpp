#include "attention_rows.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/model/outcome.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace seqload::report {

namespace {

// Where the row's own cells cannot say any more which row it is.
std::string detail_without_cells(const ReportedRow& reported) {
    const std::string& detail = reported.outcome().detail;
    return joined("row ", std::to_string(reported.number),
                  " of the input, which cannot be read any more", detail.empty() ? "" : ": ",
                  detail);
}

}  // namespace

Result<AttentionRows> AttentionRows::create(const std::filesystem::path& destination,
                                            const ReportedRows& rows,
                                            const ReportOptions& options) {
    auto file = CsvFile::create(destination, options.spreadsheet_safe);
    if (!file)
        return std::unexpected(std::move(file.error()));
    AttentionRows attention(std::move(*file), rows, options.fail_on_skipped);
    if (auto written = attention.write_header(); !written)
        return std::unexpected(std::move(written.error()));
    return attention;
}

AttentionRows::AttentionRows(CsvFile file, const ReportedRows& rows, bool fail_on_skipped)
    : file_(std::move(file)), rows_(&rows), fail_on_skipped_(fail_on_skipped) {
    if (rows_->reader())
        carried_ = CarriedColumns::to_load_again(rows_->reader()->schema());
}

Result<void> AttentionRows::write_header() {
    for (const std::string& name : carried_.names())
        file_.row().name(name);
    for (const std::string_view name : {"result_status", "result_reason", "result_detail"})
        file_.row().name(name);
    return file_.end_row();
}

Result<void> AttentionRows::write_current() {
    const ReportedRow& reported = rows_->current();
    if (!needs_person(reported.status(), fail_on_skipped_))
        return {};
    ++count_;
    CsvWriter& row = file_.row();
    const auto write = [&row](std::string_view cell) { row.free_text(cell); };
    if (reported.row != nullptr)
        carried_.for_each_cell(reported.row->file, rows_->reader()->cells(), write);
    else if (!carried_.names().empty())
        carried_.for_each_cell(0, {}, write);

    const Outcome& outcome = reported.outcome();
    row.plain(name(outcome.status));
    row.free_text(full_reason(outcome));
    row.free_text(reported.row != nullptr ? outcome.detail : detail_without_cells(reported));
    return file_.end_row();
}

}  // namespace seqload::report
