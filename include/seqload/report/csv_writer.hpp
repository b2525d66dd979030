#pragma once

// CSV as our own reader, and everybody else's, reads it back: RFC 4180 with
// commas and LF, a cell in quotes only where it must be, bytes as they are.
//
// It writes into memory; who owns it takes the text out row by row, or MiB by
// MiB, so that a row costs no allocation.

#include "seqload/model/id.hpp"
#include "seqload/report/growing_text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace seqload::report {

// Whether a spreadsheet may take the text for a formula: it begins with
// = + - @ tab or CR (OWASP, "CSV Injection").
bool could_be_formula(std::string_view text);

class CsvWriter {
public:
    // spreadsheet_safe: free text that could be a formula gets an apostrophe in front.
    explicit CsvWriter(bool spreadsheet_safe = false);

    // A cell of the header. Its separators of every kind are quoted, for a reader
    // may find the separator by counting them there.
    void name(std::string_view text);

    // A word, an id or a number of ours: nothing in it needs quotes. May hold
    // several cells, with commas between them.
    void plain(std::string_view text);
    void id(const Id& id);
    void number(std::uint64_t number);
    void empty();

    // Any text that is not a person's or a server's. Reads back byte for byte.
    void text(std::string_view text);

    // Text from the input or from a server.
    void free_text(std::string_view text);

    void end_row();

    // The rows so far; clear() begins anew, between rows only.
    std::string_view written() const { return text_.text(); }
    void clear() { text_.clear(); }

    // The same, to be taken away and replaced by other empty text, between rows only.
    GrowingText& memory() { return text_; }

private:
    void begin_cell() {
        if (!at_row_start_) {
            text_.append(',');
            return;
        }
        row_start_ = text_.size();
        at_row_start_ = false;
    }
    void append_cell(std::string_view text, bool in_quotes, bool defused);
    void append_quoted(std::string_view text);

    bool spreadsheet_safe_;
    bool at_row_start_ = true;
    std::size_t row_start_ = 0;
    GrowingText text_;
};

}  // namespace seqload::report
