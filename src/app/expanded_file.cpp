#include "seqload/app/expanded_file.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/base/whole_file.hpp"
#include "seqload/input/column.hpp"
#include "seqload/report/csv_writer.hpp"

#include <array>
#include <cstdint>
#include <limits>

namespace seqload::app {

namespace {

constexpr std::size_t portion_size = std::size_t{1} << 16U;

using input::Column;

constexpr std::array columns{Column::contact_id,       Column::sequence_id,
                             Column::email_account_id, Column::send_email_from_email_address,
                             Column::user_id,          Column::status,
                             Column::auto_unpause_at};

void write_header(report::CsvWriter& csv) {
    for (const Column column : columns)
        csv.name(input::name(column));
    for (const std::string_view flag : flag_names)
        csv.name(flag);
    csv.name("label_row");
    csv.name("from_label");
    csv.end_row();
}

// Flags are spelled out, for an empty cell would take the default.
void write_row(const Id& contact, const Target& target, const LabelRow& label,
               report::CsvWriter& csv) {
    csv.id(contact);
    csv.id(target.sequence);
    csv.text(mailboxes_text(target));
    csv.text(target.from_address);
    csv.text(target.user ? target.user->text() : std::string());
    csv.text(name(target.status));
    csv.text(target.auto_unpause_at);
    for (std::size_t flag = 0; flag < flag_count; ++flag)
        csv.plain(target.flags[flag] ? "true" : "false");
    csv.number(label.row);
    csv.text(label.label);
    csv.end_row();
}

}  // namespace

std::filesystem::path place_for_expanded_file(const std::filesystem::path& directory,
                                              const state::RunId& run) {
    const std::filesystem::path folder =
        directory.has_filename() ? directory.filename() : directory.parent_path().filename();
    return directory / (folder == run ? std::string("expanded-labels.csv")
                                      : joined("expanded-labels-", run, ".csv"));
}

Result<std::vector<state::ExpandedLabel>> number_members(std::span<const LabelToExpand> labels,
                                                         const LabelMembers& members,
                                                         RowNumber first) {
    std::vector<state::ExpandedLabel> numbered;
    std::uint64_t next = first;
    for (const LabelToExpand& label : labels) {
        const std::uint64_t contacts = members.at(label.row.label).size();
        if (next + contacts > std::numeric_limits<RowNumber>::max())
            return fail(ErrorKind::unusable_input,
                        "with the contacts of its labels there are more than 4,294,967,295 rows",
                        "--expand-labels", "load it in parts, or without --expand-labels");
        numbered.push_back({.row = label.row.row,
                            .target = label.target,
                            .first = static_cast<RowNumber>(next),
                            .contacts = static_cast<std::uint32_t>(contacts)});
        next += contacts;
    }
    return numbered;
}

Result<> write_expanded_file(const std::filesystem::path& path,
                             std::span<const LabelToExpand> labels, const LabelMembers& members,
                             const TargetTable& targets) {
    auto file = WholeFile::create(path);
    if (!file)
        return std::unexpected(std::move(file.error()));
    report::CsvWriter csv;
    write_header(csv);
    for (const LabelToExpand& label : labels) {
        for (const Id& contact : members.at(label.row.label)) {
            write_row(contact, targets[label.target], label.row, csv);
            if (csv.written().size() < portion_size)
                continue;
            if (auto written = file->write(csv.written()); !written)
                return written;
            csv.clear();
        }
    }
    if (auto written = file->write(csv.written()); !written)
        return written;
    return file->commit();
}

input::ReadOptions options_for_expanded_file(input::ReadOptions options) {
    options.delimiter.reset();
    options.column_names.clear();
    return options;
}

}  // namespace seqload::app
