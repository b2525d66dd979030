#include "seqload/report/csv_writer.hpp"

#include "input/rows_of.hpp"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using report::CsvWriter;

namespace {

using Cells = std::vector<std::string>;

std::string row_of(const Cells& cells, bool spreadsheet_safe = false) {
    CsvWriter writer(spreadsheet_safe);
    for (const std::string& cell : cells)
        writer.free_text(cell);
    writer.end_row();
    return std::string(writer.written());
}

// What our own reader finds in the text, its header included.
std::vector<Cells> read_back(const std::string& text) {
    test::Reading reading;
    reading.options.delimiter = ',';
    reading.add("contact_id\n" + text);
    const auto pass = reading.reader();
    std::vector<Cells> rows;
    Row row;
    while (pass->next(row).value())
        rows.emplace_back(pass->cells().begin(), pass->cells().end());
    return rows;
}

}  // namespace

TEST_CASE("cells are in quotes only where they must be") {
    CHECK(row_of({"plain", "", "two words", "a;b", "a|b"}) == "plain,,two words,a;b,a|b\n");
    CHECK(row_of({"a,b", "say \"hi\"", "\"", "two\nlines", "two\r\nlines", "\r"}) ==
          "\"a,b\",\"say \"\"hi\"\"\",\"\"\"\",\"two\nlines\",\"two\r\nlines\",\"\r\"\n");
    CHECK(row_of({" a", "a ", "\ta", "a\t", " ", "a b"}) ==
          "\" a\",\"a \",\"\ta\",\"a\t\",\" \",a b\n");
    CHECK(row_of({"\xEF\xBB\xBF", "caf\xC3\xA9"}) == "\"\xEF\xBB\xBF\",caf\xC3\xA9\n");
}

TEST_CASE("a character that needs quotes is found wherever it stands in a cell") {
    for (std::size_t size = 1; size <= 20; ++size) {
        const std::string plain(size, '-');
        CHECK(row_of({plain}) == plain + "\n");
        for (std::size_t place = 0; place < size; ++place) {
            for (const char character : {',', '\n', '\r'}) {
                std::string cell = plain;
                cell[place] = character;
                CHECK(row_of({cell}) == "\"" + cell + "\"\n");
                cell[place] = static_cast<char>(character + 1);
                CHECK(row_of({cell}) == cell + "\n");
            }
        }
    }
}

TEST_CASE("a row of one empty cell is no blank line") {
    CHECK(row_of({""}) == "\"\"\n");
    CHECK(row_of({"", ""}) == ",\n");
}

TEST_CASE("numbers, ids and words of ours are written as they are") {
    CsvWriter writer(true);
    writer.number(0);
    writer.number(18'446'744'073'709'551'615U);
    writer.id(*Id::parse("66E9E215ECE19801B2190001"));
    writer.empty();
    writer.plain("a,b");
    writer.text("-5");
    writer.end_row();
    CHECK(writer.written() == "0,18446744073709551615,66e9e215ece19801b2190001,,a,b,-5\n");
    writer.clear();
    writer.number(1);
    writer.end_row();
    CHECK(writer.written() == "1\n");
}

TEST_CASE("a header's separators of every kind are quoted") {
    CsvWriter writer;
    for (const char* name : {"a;b;c;d", "a|b", "a\tb", "a b", "a,b", "=a"})
        writer.name(name);
    writer.end_row();
    CHECK(writer.written() == "\"a;b;c;d\",\"a|b\",\"a\tb\",a b,\"a,b\",=a\n");
}

TEST_CASE("free text that could be a formula is defused on request") {
    const Cells formulas{"=1+1", "+1", "-1", "@A1", "\tx", "\rx", "=\"a,b\""};
    CHECK(row_of(formulas) == "=1+1,+1,-1,@A1,\"\tx\",\"\rx\",\"=\"\"a,b\"\"\"\n");
    CHECK(row_of(formulas, true) == "'=1+1,'+1,'-1,'@A1,\"'\tx\",\"'\rx\",\"'=\"\"a,b\"\"\"\n");
    CHECK(row_of({"a=1", " =1", "'=1", ""}, true) == "a=1,\" =1\",'=1,\n");
    CsvWriter writer(true);
    writer.name("=A1");
    writer.name("=a;b");
    writer.end_row();
    CHECK(writer.written() == "'=A1,\"'=a;b\"\n");
}

TEST_CASE("whatever is written reads back the same, byte for byte") {
    const auto character = rc::gen::oneOf(
        rc::gen::elementOf(std::string(",;|\t\"\n\r '=ab")),
        rc::gen::suchThat(rc::gen::arbitrary<char>(), [](char one) { return one > 0; }));
    const auto cell =
        rc::gen::oneOf(rc::gen::container<std::string>(character),
                       rc::gen::element<std::string>("\xEF\xBB\xBF", "\xC3\xA9\xE2\x80\xA8", "\"",
                                                     "\"\"", "\r\n"));
    const auto rows =
        rc::gen::container<std::vector<Cells>>(rc::gen::nonEmpty(rc::gen::container<Cells>(cell)));
    CHECK(rc::check("CsvWriter and RowReader", [&] {
        const std::vector<Cells> wanted = *rows;
        std::string text;
        for (const Cells& cells : wanted)
            text += row_of(cells);
        RC_ASSERT(read_back(text) == wanted);
    }));
}

TEST_CASE("a header reads back with its own separator, whatever its names are") {
    const auto name =
        rc::gen::container<std::string>(rc::gen::elementOf(std::string(",;;;|||\t\t\"\n\r abc")));
    CHECK(rc::check("names", [&] {
        const auto names = *rc::gen::container<Cells>(name);
        CsvWriter writer;
        for (const std::string& one : names)
            writer.name(one);
        for (const char* one : {"contact_id", "result_status"})
            writer.name(one);
        writer.end_row();
        test::Reading reading;
        reading.add(writer.written());
        const auto pass = reading.reader();
        const auto columns = pass->schema().columns();
        RC_ASSERT(columns.size() == names.size() + 2);
        for (std::size_t index = 0; index < names.size(); ++index)
            RC_ASSERT(columns[index].name == names[index]);
    }));
}
