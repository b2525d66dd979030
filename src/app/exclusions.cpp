#include "seqload/app/exclusions.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"
#include "seqload/input/cell_values.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/row_reader.hpp"

#include <utility>

namespace seqload::app {

namespace {

// A record that could not be cut into cells may hide an id.
bool is_unreadable(InvalidReason reason) {
    switch (reason) {
        case InvalidReason::wrong_column_count:
        case InvalidReason::unterminated_quote:
        case InvalidReason::record_too_long:
        case InvalidReason::bad_utf8:
        case InvalidReason::nul_byte:
            return true;
        default:
            return false;
    }
}

std::unexpected<Error> no_id(const input::InputSet& files, const Row& row, std::string what) {
    return fail(ErrorKind::unusable_input, std::move(what),
                joined(printable(files.name(row.file)), ":", std::to_string(row.line)),
                "mend the --exclude file: whoever is not recognised would be added");
}

Result<> add_file(const std::string& name, plan::ExclusionList& excluded) {
    auto files = input::InputSet::open_for_one_pass(std::span(&name, 1));
    if (!files)
        return std::unexpected(std::move(files.error()));
    // Only the id is looked at: the rest of a row need not make sense.
    input::ReadOptions options;
    options.defaults.sequence = Id();
    options.defaults.mailboxes = {Id()};
    TargetTable targets;
    auto reader = input::RowReader::open(*files, options, targets);
    if (!reader)
        return std::unexpected(std::move(reader.error()));
    if (!(*reader)->schema().has(input::Column::contact_id)) {
        return fail(ErrorKind::unusable_input, "the --exclude file has no contact_id column",
                    printable(name), "name the column contact_id or Apollo Contact Id");
    }
    Row row;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return {};
        if (row.invalid && is_unreadable(*row.invalid))
            return no_id(*files, row,
                         joined("the record is broken: ", seqload::name(*row.invalid)));
        const std::string_view cell = trimmed((*reader)->raw(input::Column::contact_id));
        if (cell.empty())
            continue;
        const auto id = input::parse_id(cell);
        if (!id)
            return no_id(*files, row, "'" + printable(cell) + "' is no contact id");
        excluded.add(*id);
    }
}

}  // namespace

Result<plan::ExclusionList> read_exclusions(std::span<const std::string> files,
                                            std::uint64_t seed) {
    plan::ExclusionList excluded(seed);
    for (const std::string& file : files) {
        if (auto added = add_file(file, excluded); !added)
            return std::unexpected(std::move(added.error()));
    }
    return excluded;
}

}  // namespace seqload::app
