#include "seqload/input/header.hpp"

#include "seqload/base/joined.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/header_roles.hpp"
#include "seqload/input/record_reader.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace seqload::input {

namespace {

std::unexpected<Error> no_header(const std::string& file_name) {
    return fail(ErrorKind::unusable_input, "has no header: it is empty", file_name,
                "the first line names the columns, contact_id or label among them");
}

// Why the header's record cannot be read, if it cannot.
Result<void> check_record(const Record& record, const std::string& file_name) {
    const std::string where = joined(file_name, ":", std::to_string(record.line));
    switch (record.problem) {
        case RecordProblem::none:
        case RecordProblem::bad_utf8:  // shown as U+FFFD; the names that matter are ASCII
            return {};
        case RecordProblem::unterminated_quote:
            return fail(ErrorKind::unusable_input, "a quote in the header is never closed", where,
                        "close it, or double it if it is part of a name");
        case RecordProblem::record_too_long:
            return fail(ErrorKind::unusable_input, "the header is longer than 1 MiB", where,
                        "is this a CSV file?");
        case RecordProblem::nul_byte:
            return fail(ErrorKind::unusable_input, "the header holds NUL bytes", where,
                        "is this a text file? Save it as CSV UTF-8");
    }
    std::unreachable();
}

}  // namespace

Result<Header> read_header(InputFile& file, const ReadOptions& options) {
    auto bytes = open_byte_stream(file);
    if (!bytes)
        return std::unexpected(std::move(bytes.error()));
    ReadOptions our_own;
    our_own.delimiter = ',';
    const ReadOptions& how = file.is_ours() ? our_own : options;
    auto reader = RecordReader::of_beginning(file.name(), std::move(*bytes), how.delimiter);
    Record record;
    const auto found = reader.next(record);
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return no_header(file.name());
    if (auto readable = check_record(record, file.name()); !readable)
        return std::unexpected(std::move(readable.error()));

    const std::vector<std::string> names(record.cells.begin(), record.cells.end());
    auto header = assign_roles(names, how, file.name());
    if (header) {
        header->line = record.line;
        header->separator = reader.separator();
    }
    return header;
}

}  // namespace seqload::input
