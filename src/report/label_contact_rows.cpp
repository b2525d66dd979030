#include "label_contact_rows.hpp"

#include <memory>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace seqload::report {

NextLabelContact reached_on_record(state::LabelContactCursor cursor) {
    const auto shared = std::make_shared<state::LabelContactCursor>(std::move(cursor));
    return [shared]() -> Result<std::optional<ReachedContact>> {
        auto next = shared->next();
        if (!next)
            return std::unexpected(std::move(next.error()));
        return std::move(*next).transform([](LabelContact person) {
            return ReachedContact{.row = person.row,
                                  .contact = person.contact,
                                  .status = person.status,
                                  .reason = std::move(person.reason)};
        });
    };
}

LabelContactRows::LabelContactRows(std::filesystem::path destination, const ReportedRows& rows,
                                   NextLabelContact next, const ReportOptions& options)
    : destination_(std::move(destination)),
      rows_(&rows),
      next_(std::move(next)),
      spreadsheet_safe_(options.spreadsheet_safe) {}

Result<void> LabelContactRows::write_current() {
    const ReportedRow& reported = rows_->current();
    const bool is_label =
        reported.row != nullptr && !reported.row->invalid && reported.row->is_label();
    if (is_label) {
        if (auto made = ensure_file(); !made)
            return made;
    }
    if (!std::exchange(started_, true)) {
        if (auto fetched = fetch(); !fetched)
            return fetched;
    }
    while (waiting_ && waiting_->row == reported.number) {
        if (auto made = ensure_file(); !made)
            return made;
        CsvWriter& row = file_->row();
        row.number(waiting_->row);
        row.free_text(is_label ? std::string_view(reported.row->label) : std::string_view());
        if (waiting_->contact)
            row.id(*waiting_->contact);
        else
            row.empty();
        row.plain(name(waiting_->status));
        row.free_text(waiting_->reason);
        if (auto written = file_->end_row(); !written)
            return written;
        if (auto fetched = fetch(); !fetched)
            return fetched;
    }
    return {};
}

Result<void> LabelContactRows::sync() {
    return file_ ? file_->sync() : Result<void>();
}

Result<void> LabelContactRows::commit() {
    return file_ ? file_->commit() : remove_older();
}

// Whoever finds it beside this run's report would take it for this run's.
Result<void> LabelContactRows::remove_older() {
    std::error_code trouble;
    std::filesystem::remove(destination_, trouble);
    if (trouble)
        return fail(ErrorKind::local_fault,
                    "is an earlier run's and cannot be removed: " + trouble.message(),
                    destination_.string(), "remove it, or choose another directory");
    return {};
}

Result<void> LabelContactRows::ensure_file() {
    if (file_)
        return {};
    auto file = CsvFile::create(destination_, spreadsheet_safe_);
    if (!file)
        return std::unexpected(std::move(file.error()));
    file_.emplace(std::move(*file));
    for (const std::string_view name : {"row", "label", "contact_id", "status", "reason"})
        file_->row().name(name);
    return file_->end_row();
}

Result<void> LabelContactRows::fetch() {
    auto fetched = next_();
    if (!fetched)
        return std::unexpected(std::move(fetched.error()));
    waiting_ = *fetched;
    if (waiting_ && waiting_->row < rows_->current().number)
        throw std::logic_error("contacts of labels are not in the order of the rows");
    return {};
}

}  // namespace seqload::report
