#include "report_rows.hpp"

#include "seqload/input/cell_values.hpp"
#include "seqload/model/stand_in.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace seqload::report {

namespace {

constexpr std::string_view file_column = "file";  // after line, where there are several

constexpr std::array<std::string_view, 2> place_columns{"row", "line"};
constexpr std::array<std::string_view, 13> fate_columns{
    "contact_id", "label",      "sequence_id",    "email_account_id", "status",
    "reason",     "detail",     "contacts_added", "contacts_skipped", "http_status",
    "attempts",   "request_id", "settled_at",
};

std::vector<std::string_view> own_columns(bool has_file_column) {
    std::vector<std::string_view> names(place_columns.begin(), place_columns.end());
    if (has_file_column)
        names.push_back(file_column);
    names.insert(names.end(), fate_columns.begin(), fate_columns.end());
    return names;
}

}  // namespace

Result<ReportRows> ReportRows::create(const std::filesystem::path& destination,
                                      const ReportedRows& rows, const TargetTable& targets,
                                      std::span<const std::string> file_names,
                                      const ReportOptions& options) {
    auto file = CsvFile::create(destination, options.spreadsheet_safe);
    if (!file)
        return std::unexpected(std::move(file.error()));
    ReportRows report(std::move(*file), rows, targets, file_names, options.spreadsheet_safe);
    if (auto written = report.write_header(options.passthrough); !written)
        return std::unexpected(std::move(written.error()));
    return report;
}

ReportRows::ReportRows(CsvFile file, const ReportedRows& rows, const TargetTable& targets,
                       std::span<const std::string> file_names, bool spreadsheet_safe)
    : file_(std::move(file)),
      rows_(&rows),
      targets_(&targets),
      file_names_(file_names),
      has_file_column_(file_names.size() > 1),
      outcome_cells_(spreadsheet_safe) {}

Result<void> ReportRows::write_header(bool passthrough) {
    const auto own = own_columns(has_file_column_);
    if (passthrough && rows_->reader())
        carried_ = CarriedColumns::beside(rows_->reader()->schema(), own);
    for (const std::string_view name : own)
        file_.row().name(name);
    for (const std::string& name : carried_.names())
        file_.row().name(name);
    return file_.end_row();
}

Result<void> ReportRows::write_current() {
    const ReportedRow& reported = rows_->current();
    CsvWriter& row = file_.row();
    row.plain(number_text_(reported.number));
    if (reported.row != nullptr) {
        row.plain(line_text_(reported.row->line));
        if (has_file_column_)
            row.free_text(file_names_[reported.row->file]);
        if (reported.row->invalid)
            write_asked_as_read(*rows_->reader());
        else
            write_asked(*reported.row);
    } else {
        row.plain(has_file_column_ ? ",,,,," : ",,,,");
    }
    row.plain(outcome_cells_(*reported.recorded));
    write_carried(reported);
    return file_.end_row();
}

void ReportRows::write_asked(const Row& asked) {
    CsvWriter& row = file_.row();
    if (asked.is_label()) {
        row.empty();
        row.free_text(asked.label);
    } else {
        row.id(asked.contact);
        row.empty();
    }
    row.plain(target_cells(asked.target));
}

// Of an invalid row: ids in their usual form as far as they are any.
void ReportRows::write_asked_as_read(const input::RowReader& reader) {
    CsvWriter& row = file_.row();
    const auto write_id = [&](input::Column column) {
        const std::string_view text = reader.raw(column);
        if (const auto id = input::parse_id(text))
            row.id(*id);
        else
            row.free_text(text);
    };
    write_id(input::Column::contact_id);
    row.free_text(reader.raw(input::Column::label));
    write_id(input::Column::sequence_id);
    const std::string_view mailboxes = reader.raw(input::Column::email_account_id);
    Target asked;
    if (auto ids = input::parse_mailboxes(mailboxes)) {
        asked.mailboxes = std::move(*ids);
        row.plain(mailboxes_text(asked));
    } else {
        row.free_text(mailboxes);
    }
}

void ReportRows::write_carried(const ReportedRow& reported) {
    if (carried_.names().empty())
        return;
    CsvWriter& row = file_.row();
    const auto write = [&row](std::string_view cell) { row.free_text(cell); };
    if (reported.row != nullptr)
        carried_.for_each_cell(reported.row->file, rows_->reader()->cells(), write);
    else
        carried_.for_each_cell(0, {}, write);
}

const std::string& ReportRows::target_cells(TargetIndex target) {
    if (target >= target_cells_.size())
        target_cells_.resize(targets_->size());
    std::string& cells = target_cells_[target];
    if (cells.empty()) {
        Target asked = (*targets_)[target];
        if (!is_stand_in(asked.sequence))
            asked.sequence.append_to(cells);
        cells += ',';
        std::erase_if(asked.mailboxes, is_stand_in);
        cells += mailboxes_text(asked);
    }
    return cells;
}

}  // namespace seqload::report
