#include "seqload/report/csv_writer.hpp"

#include "seqload/base/eight_bytes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace seqload::report {

namespace {

using Marks = std::array<bool, 256>;

constexpr Marks marks(std::string_view characters) {
    Marks table{};
    for (const char character : characters)
        table[static_cast<unsigned char>(character)] = true;
    return table;
}

constexpr Marks needs_quotes_in_cell = marks(",\"\r\n");
constexpr Marks needs_quotes_in_header = marks(",;\t|\"\r\n");

bool is_blank(char character) {
    return character == ' ' || character == '\t';
}

// Blanks around a cell are not part of it unless they are quoted, and the byte
// order mark is none of the text where it stands first.
bool needs_quotes_at_ends(std::string_view text) {
    constexpr char byte_order_mark_begins = '\xEF';
    return !text.empty() && (is_blank(text.front()) || is_blank(text.back()) ||
                             text.front() == byte_order_mark_begins);
}

bool any_of(std::string_view text, const Marks& table) {
    return std::ranges::any_of(
        text, [&](char character) { return table[static_cast<unsigned char>(character)]; });
}

bool needs_quotes(std::string_view text) {
    if (needs_quotes_at_ends(text))
        return true;
    for (; text.size() >= sizeof(EightBytes); text.remove_prefix(sizeof(EightBytes))) {
        const EightBytes eight = eight_bytes_at(text.data());
        if ((any_equal(eight, ',') | any_equal(eight, '"') | any_equal(eight, '\r') |
             any_equal(eight, '\n')) != 0)
            return true;
    }
    return any_of(text, needs_quotes_in_cell);
}

}  // namespace

bool could_be_formula(std::string_view text) {
    constexpr Marks formula_begins = marks("=+-@\t\r");
    return !text.empty() && formula_begins[static_cast<unsigned char>(text.front())];
}

CsvWriter::CsvWriter(bool spreadsheet_safe) : spreadsheet_safe_(spreadsheet_safe) {}

void CsvWriter::append_cell(std::string_view text, bool in_quotes, bool defused) {
    begin_cell();
    if (in_quotes)
        text_.append('"');
    if (defused)
        text_.append('\'');
    if (!in_quotes) {
        text_.append(text);
        return;
    }
    append_quoted(text);
    text_.append('"');
}

void CsvWriter::append_quoted(std::string_view text) {
    for (auto quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
        text_.append(text.substr(0, quote));
        text_.append("\"\"");
        text.remove_prefix(quote + 1);
    }
    text_.append(text);
}

void CsvWriter::name(std::string_view text) {
    append_cell(text, any_of(text, needs_quotes_in_header) || needs_quotes_at_ends(text),
                spreadsheet_safe_ && could_be_formula(text));
}

void CsvWriter::plain(std::string_view text) {
    begin_cell();
    text_.append(text);
}

void CsvWriter::id(const Id& id) {
    const auto characters = id.characters();
    plain({characters.data(), characters.size()});
}

void CsvWriter::number(std::uint64_t number) {
    constexpr std::size_t most_digits = 20;
    begin_cell();
    char* const digits = text_.room(most_digits);
    const auto written = std::to_chars(digits, digits + most_digits, number);
    text_.keep(static_cast<std::size_t>(written.ptr - digits));
}

void CsvWriter::empty() {
    begin_cell();
}

void CsvWriter::text(std::string_view text) {
    append_cell(text, needs_quotes(text), false);
}

void CsvWriter::free_text(std::string_view text) {
    if (text.empty()) {
        begin_cell();
        return;
    }
    append_cell(text, needs_quotes(text), spreadsheet_safe_ && could_be_formula(text));
}

void CsvWriter::end_row() {
    // A row of one empty cell would be a blank line, which is no row.
    if (text_.size() == row_start_ && !at_row_start_)
        text_.append("\"\"");
    text_.append('\n');
    at_row_start_ = true;
    row_start_ = text_.size();
}

}  // namespace seqload::report
