#pragma once

// Cuts a file's text into records: whole stretches of plain ones by a fast way
// (plain_records.hpp), the others one by one, by fast-cpp-csv-parser's cells where it
// reads them as Python's csv module does, and written anew for it where it would not.

#include "seqload/base/error.hpp"
#include "seqload/input/byte_stream.hpp"
#include "seqload/input/plain_records.hpp"
#include "seqload/input/record_block.hpp"
#include "seqload/input/record_scan.hpp"
#include "seqload/input/regular_record.hpp"
#include "seqload/input/text_encoding.hpp"
#include "seqload/input/window.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace seqload::input {

class RecordSource {
public:
    enum class Extent {
        all,
        beginning,  // only what a first look shows: enough for the header
    };

    // separator: nullopt to find it from the first line.
    RecordSource(std::unique_ptr<ByteStream> bytes, std::optional<char> separator, Extent extent);

    // Puts the next records into the block; false: there are none. An error comes when
    // the records before it have been given.
    Result<bool> fill(RecordBlock& block);

    // Whether fill() will bring nothing more.
    bool is_done() const { return done_ && !error_; }

    // Known when the first block is filled.
    char separator() const { return separator_; }

private:
    Result<void> start();
    // Adds records to the block, or comes nearer to doing so.
    Result<void> go_on(RecordBlock& block);
    // For a record that is not whole, or odd: more text, if that may help.
    Result<void> read_on(RecordBlock& block);

    // Adds the record at the start of the window, if it needs no more text.
    Result<void> add_record(RecordBlock& block);
    // Its scan if it can be cut as it is.
    std::optional<RecordScan> ordinary_record() const;
    void add_odd_record(RecordBlock& block);
    void add(std::string_view record, RecordProblem problem, RecordBlock& block);
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
    Extent extent_;
    char separator_ = ',';
    std::uint64_t line_ = 1;  // of the next record
    std::optional<Error> error_;

    MendedText mended_;
    RegularRecord regular_;
    std::optional<DeadEnd> dead_end_;
    std::uint64_t no_quote_from_ = 0;  // absolute: no quote stands in [from, to)
    std::uint64_t no_quote_to_ = 0;
    bool started_ = false;
    bool skipping_ = false;  // within a line that was too long
    bool done_ = false;
};

}  // namespace seqload::input
