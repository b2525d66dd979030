#pragma once

// What every page of a report has around its sections, and what sections are put
// together from. Pure. What is handed in is HTML already, unless it is said to be text.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace seqload::report {

// The whole page. title: text.
std::string html_page(std::string_view title, std::string_view body);

// A section with its heading; nothing if it has no content.
std::string html_section(std::string_view heading, std::string_view content);

struct Cell {
    std::string html;
    std::string_view name{};       // said before it where a narrow screen has no header
    std::string_view css_class{};  // "number", …
};
std::string html_row(std::initializer_list<Cell> cells);

struct Column {
    std::string_view name;
    std::string_view css_class{};
};
// rows: from html_row; nothing if there are none.
std::string html_table(std::initializer_list<Column> columns, std::string_view rows);

// Steps of report::next_steps: what to do, and the command apart, ready to be copied.
std::string html_steps(const std::vector<std::string>& steps);

// A word of the catalogue, with the colour of its class before it.
std::string html_swatch(std::string_view css_class);

// "… and 12 more (3,400 rows)." as a paragraph; nothing for none.
std::string html_remainder(std::uint64_t left_out, std::string_view singular, std::uint64_t rows);

}  // namespace seqload::report
