#pragma once

// The byte source that stands under fast-cpp-csv-parser's LineReader: it cuts
// the input into records and hands each on as one line, with a control line
// before it where there is something to say (control_line.hpp).
//
// Whole stretches of ordinary records pass as they are; only what the parser
// would read differently is written anew.
//
// Two habits of the LineReader (the version in Debian 12) are met here: a read
// that gives less than it was asked for means the end, so each is filled; and
// the last line needs a line feed.

#include "seqload/base/error.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/control_line.hpp"
#include "seqload/input/record_scan.hpp"
#include "seqload/input/regular_record.hpp"
#include "seqload/input/text_encoding.hpp"
#include "seqload/input/window.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <csv.h>

namespace seqload::input {

inline constexpr std::size_t most_record_bytes = std::size_t{1} << 20U;

// Written by the source, read by whoever reads its lines once the line that
// speaks of it has arrived (the LineReader's lock stands between).
struct SourceNotes {
    char separator = 0;          // known from the first byte on
    std::optional<Error> error;  // why reading failed; a control line says that it did
};

class RecordSource final : public io::ByteSourceBase {
public:
    enum class Extent {
        all,
        beginning,  // only what a first look shows: enough for the header
    };

    // separator: nullopt to find it from the first line.
    RecordSource(std::unique_ptr<ByteStream> bytes, std::optional<char> separator,
                 std::shared_ptr<SourceNotes> notes, Extent extent = Extent::all);

    int read(char* buffer, int size) override;

private:
    // Makes ready_ hold something, or sets done_.
    void prepare();
    Result<void> start();
    Result<void> prepare_lines();

    // Bytes at the start of the window that are whole, ordinary records.
    std::size_t ordinary_stretch() const;
    // The end of the record at `start` if it is ordinary, else start.
    std::size_t behind_ordinary_record(std::string_view text, std::size_t start) const;

    // The record at the start of the window, which is not ordinary.
    void emit_odd_record();
    void emit(std::string_view record, RecordProblem problem);
    RecordProblem problem_without_end(const RecordScan& scan);
    Result<void> skip_rest_of_line();

    // A record that was given up because no end came into sight. A later scan
    // that meets one of its line breaks inside quotes goes the same way from
    // there, and need not go it again: without this, lines that each open a
    // quote would take quadratic time.
    struct DeadEnd {
        std::uint64_t first_break = 0;  // absolute, the first break inside quotes
        std::uint64_t position = 0;     // absolute, how far the scan came
        CellState state = CellState::start;
    };
    void leap(RecordScan& scan) const;

    Window window_;
    std::optional<char> given_separator_;
    std::shared_ptr<SourceNotes> notes_;
    Extent extent_;
    char separator_ = ',';

    // What read() hands out next: a control line, then the text.
    std::array<std::string_view, 2> ready_;
    std::string control_;
    std::string line_;
    MendedText mended_;
    RegularRecord regular_;

    std::uint64_t skipped_lines_ = 0;  // to be told before the next line
    std::optional<DeadEnd> dead_end_;
    std::uint64_t no_quote_from_ = 0;  // absolute: no quote stands in [from, to)
    std::uint64_t no_quote_to_ = 0;
    bool started_ = false;
    bool skipping_ = false;  // within a line that was too long
    bool done_ = false;
};

}  // namespace seqload::input
