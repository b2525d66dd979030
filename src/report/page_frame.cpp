#include "page_frame.hpp"

#include "html_text.hpp"
#include "page_style.hpp"
#include "seqload/base/joined.hpp"
#include "seqload/base/text.hpp"

namespace seqload::report {

namespace {

// Where the command begins; npos: the step has none.
std::size_t command_in(std::string_view step) {
    if (step.starts_with("seqload "))
        return 0;
    const auto found = step.find(": seqload ");
    return found == std::string_view::npos ? found : found + 2;
}

std::string with_class(std::string_view css_class) {
    return css_class.empty() ? std::string() : joined(" class=\"", css_class, "\"");
}

}  // namespace

std::string html_page(std::string_view title, std::string_view body) {
    return joined(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n<title>",
        html_text(title), "</title>\n<style>", page_style, "</style>\n</head>\n<body>\n", body,
        "</body>\n</html>\n");
}

std::string html_section(std::string_view heading, std::string_view content) {
    if (content.empty())
        return {};
    return joined("<section>\n<h2>", heading, "</h2>\n", content, "</section>\n");
}

std::string html_row(std::initializer_list<Cell> cells) {
    std::string row = "<tr>";
    for (const Cell& cell : cells) {
        const std::string name =
            cell.name.empty() ? std::string() : joined(" data-name=\"", cell.name, "\"");
        row += joined("<td", with_class(cell.css_class), name, ">", cell.html, "</td>");
    }
    return row + "</tr>\n";
}

std::string html_table(std::initializer_list<Column> columns, std::string_view rows) {
    if (rows.empty())
        return {};
    std::string header;
    for (const Column& column : columns)
        header +=
            joined("<th scope=\"col\"", with_class(column.css_class), ">", column.name, "</th>");
    return joined("<table class=\"cards\">\n<thead><tr>", header, "</tr></thead>\n<tbody>\n", rows,
                  "</tbody>\n</table>\n");
}

std::string html_steps(const std::vector<std::string>& steps) {
    std::string items;
    for (const std::string& step : steps) {
        const auto at = command_in(step);
        const std::string_view words = std::string_view(step).substr(0, at);
        items += "<li>";
        if (!words.empty())
            items += joined("<p>", html_text(trimmed(words)), "</p>");
        if (at != std::string_view::npos)
            items += joined("<code class=\"command\">", html_text(step.substr(at)), "</code>");
        items += "</li>\n";
    }
    return items.empty() ? items : joined("<ol class=\"steps\">\n", items, "</ol>\n");
}

std::string html_swatch(std::string_view css_class) {
    return joined("<span class=\"swatch ", css_class, "\"></span>");
}

std::string html_remainder(std::uint64_t left_out, std::string_view singular, std::uint64_t rows) {
    if (left_out == 0)
        return {};
    return joined("<p class=\"muted small\">… and ", counted(left_out, singular), " more, with ",
                  counted(rows, "row"), ".</p>\n");
}

}  // namespace seqload::report
