#include "seqload/report/row_files.hpp"

#include "attention_rows.hpp"
#include "label_contact_rows.hpp"
#include "report_rows.hpp"

#include <system_error>
#include <utility>

namespace seqload::report {

namespace {

namespace fs = std::filesystem;

Result<void> make_directory(const fs::path& directory) {
    std::error_code trouble;
    fs::create_directories(directory, trouble);
    if (trouble)
        return fail(ErrorKind::local_fault, "cannot be made: " + trouble.message(),
                    directory.string(), "choose another directory");
    return {};
}

// All are on the disk before the first one is seen.
template <class... Files>
Result<void> commit_all(Files&... files) {
    Result<void> result;
    static_cast<void>(((result = files.sync()) && ...) && ((result = files.commit()) && ...));
    return result;
}

}  // namespace

Result<RowFiles> write_row_files(RowSources sources, const ReportOptions& options) {
    RowFiles written;
    written.report = options.directory / "report.csv";
    written.attention = options.directory / "attention.csv";
    if (auto made = make_directory(options.directory); !made)
        return std::unexpected(std::move(made.error()));

    ReportedRows rows(std::move(sources.rows), std::move(sources.next_outcome),
                      sources.planned_rows);
    auto report =
        ReportRows::create(written.report, rows, sources.targets, sources.file_names, options);
    if (!report)
        return std::unexpected(std::move(report.error()));
    auto attention = AttentionRows::create(written.attention, rows, options);
    if (!attention)
        return std::unexpected(std::move(attention.error()));
    LabelContactRows label_contacts(options.directory / "label-contacts.csv", rows,
                                    std::move(sources.next_label_contact), options);

    auto found = rows.next();
    for (; found && *found; found = rows.next()) {
        auto put_down = report->write_current();
        if (put_down)
            put_down = attention->write_current();
        if (put_down)
            put_down = label_contacts.write_current();
        if (!put_down)
            return std::unexpected(std::move(put_down.error()));
        for (const auto& observe : sources.observers)
            observe(rows.current());
        ++written.rows[rows.current().status()];
        if (rows.current().row == nullptr)
            ++written.rows_without_cells;
    }
    if (!found)
        return std::unexpected(std::move(found.error()));

    if (auto put_in_place = commit_all(*report, *attention, label_contacts); !put_in_place)
        return std::unexpected(std::move(put_in_place.error()));
    if (label_contacts.has_file())
        written.label_contacts = label_contacts.destination();
    written.attention_rows = attention->count();
    written.input_trouble = rows.input_trouble();
    return written;
}

}  // namespace seqload::report
