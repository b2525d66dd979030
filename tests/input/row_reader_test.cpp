#include "seqload/input/row_reader.hpp"

#include "input/rows_of.hpp"
#include "support/archives.hpp"

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;
using test::contact;
using test::verdict;

namespace {

std::string numbered_contact(std::size_t number) {
    const std::string digits = std::to_string(number);
    return "66e9e215ece19801" + std::string(8 - digits.size(), '0') + digits;
}

// From 10,000 rows on it is more than a block of text, and read on a thread of its own.
std::string large_file(std::size_t rows) {
    std::string text = "contact_id,filler\n";
    const std::string filler(100, 'x');
    for (std::size_t row = 1; row <= rows; ++row)
        text += numbered_contact(row) + "," + filler + "\n";
    return text;
}

void overwrite(const std::string& path, std::size_t at, char byte) {
    std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(byte);
}

}  // namespace

TEST_CASE_FIXTURE(test::Reading,
                  "several files are read as one, each with its own header and separator") {
    add("contact_id,Name\n" + contact + ",Ann\n\nx,Bob\n");
    add("\xEF\xBB\xBF"
        "Name;Apollo Contact Id\r\nCid;" +
        contact + "\r\n");
    add(test::gzip("label\tx\n\"two\nlines\"\t1\nlast\t2"));
    add(test::zstd("label|x\nz|1\n"));
    add("contact_id\n");
    std::vector<std::string> seen;
    for (const Row& row : rows())
        seen.push_back(std::to_string(row.number) + " " + std::to_string(row.file) + ":" +
                       std::to_string(row.line) + " " + verdict(row));
    CHECK(seen == std::vector<std::string>{"1 0:2 contact " + contact, "2 0:4 bad_contact_id: x",
                                           "3 1:2 contact " + contact, "4 2:2 label two\nlines",
                                           "5 2:4 label last", "6 3:2 label z"});
}

TEST_CASE_FIXTURE(test::Reading, "the cells of a row are there as the file has them") {
    add("Name,contact_id\n\" Ann \",  66E9E215ECE19801B2190001  \nBob\n");
    const auto pass = reader();
    Row row;
    REQUIRE(pass->next(row).value());
    CHECK(std::vector<std::string>(pass->cells().begin(), pass->cells().end()) ==
          std::vector<std::string>{" Ann ", "66E9E215ECE19801B2190001"});
    CHECK(pass->raw(Column::contact_id) == "66E9E215ECE19801B2190001");
    CHECK(pass->raw(Column::label).empty());
    REQUIRE(pass->next(row).value());
    CHECK(verdict(row) == "wrong_column_count: expected 2 columns, found 1");
    CHECK(pass->cells().size() == 1);
    CHECK(pass->raw(Column::contact_id).empty());
    CHECK_FALSE(pass->next(row).value());
    CHECK(pass->cells().empty());
    CHECK_FALSE(pass->next(row).value());
}

TEST_CASE_FIXTURE(test::Reading, "the schema lays the columns of all files out") {
    add("Name,contact_id,result_status\n");
    add("label,Name\n");
    const auto pass = reader();
    const auto columns = pass->schema().columns();
    REQUIRE(columns.size() == 4);
    CHECK(columns[0].name == "Name");
    CHECK(columns[0].cell[1] == 1);
    CHECK(columns[1].role == Column::contact_id);
    CHECK_FALSE(columns[1].cell[1]);
    CHECK(columns[2].ignored);
    CHECK(columns[3].role == Column::label);
}

TEST_CASE_FIXTURE(test::Reading, "one bad record costs no other") {
    add("contact_id,n\n" + contact + ",1\n" + contact + ",\"2\n" + contact + ",3\n" +
        std::string(3 << 20U, 'y') + "\n" + contact + ",\xFF\n" + contact + ",6\n");
    std::string problems;
    for (const Row& row : rows())
        problems += (row.invalid ? std::string(name(*row.invalid)) : "good") + " ";
    CHECK(problems == "good unterminated_quote good record_too_long bad_utf8 good ");
}

TEST_CASE_FIXTURE(test::Reading, "a file that is read ahead gives the same rows in every pass") {
    constexpr std::size_t count = 40'000;
    add(large_file(count));
    for (int pass_number = 0; pass_number < 2; ++pass_number) {
        const auto pass = reader();
        Row row;
        std::size_t number = 0;
        while (pass->next(row).value()) {
            ++number;
            REQUIRE(row.number == number);
            REQUIRE(row.line == number + 1);
            REQUIRE_FALSE(row.invalid);
            if (number % 1000 == 0)
                REQUIRE(row.contact == Id::parse(numbered_contact(number)));
        }
        CHECK(number == count);
        CHECK(pass->progress().bytes_read == pass->progress().bytes_total);
    }
    CHECK(files[0].fingerprint(0).blocks.size() == 5'040'018 / Fingerprint::block_size + 1);
}

TEST_CASE_FIXTURE(test::Reading, "no row of a changed MiB is handed out in a later pass") {
    constexpr std::size_t count = 40'000;
    constexpr std::size_t row_size = 24 + 1 + 100 + 1;
    add(large_file(count));
    rows();
    constexpr std::size_t changed_row = 39'000;
    overwrite(names[0], 18 + (changed_row - 1) * row_size + 30, 'y');
    const auto pass = reader();
    Row row;
    Result<bool> more = true;
    while ((more = pass->next(row)) && *more) {
    }
    REQUIRE_FALSE(more);
    CHECK(more.error().kind == ErrorKind::changed_input);
    const std::size_t changed_block = (18 + changed_row * row_size) / Fingerprint::block_size;
    CHECK(row.number * row_size < changed_block * Fingerprint::block_size);
    CHECK(row.number > 0);
    CHECK(pass->next(row).error() == more.error());
}

TEST_CASE_FIXTURE(test::Reading, "a file that grows or shrinks between passes is told") {
    const std::string text = large_file(20'000);
    for (const std::string& other : {text.substr(0, 1 << 20U), text + "x\n", text.substr(0, 100)}) {
        names.clear();
        files.clear();
        add(text);
        rows();
        directory.write("1.csv", other);
        auto pass = RowReader::open(files[0], options, targets);
        Row row;
        Result<bool> more = true;
        while (pass && (more = (*pass)->next(row)) && *more) {
        }
        CHECK((pass ? more.error() : pass.error()).kind == ErrorKind::changed_input);
    }
}

TEST_CASE_FIXTURE(test::Reading, "a broken archive ends the pass with the file and the place") {
    const std::string archive = test::gzip(large_file(100'000));
    add(archive.substr(0, archive.size() - 10));
    const auto pass = reader();
    Row row;
    Result<bool> more = true;
    while ((more = pass->next(row)) && *more) {
    }
    REQUIRE_FALSE(more);
    CHECK(more.error().kind == ErrorKind::unusable_input);
    CHECK(shown(more.error()).find("1.csv, byte ") == 0);
    CHECK(more.error().what == "the gzip archive is cut off");
}

TEST_CASE_FIXTURE(test::Reading, "a pass that is given up midway leaves no trace") {
    add(large_file(40'000));
    {
        const auto pass = reader();
        Row row;
        CHECK(pass->next(row).value());
    }
    CHECK(rows().size() == 40'000);
}

TEST_CASE_FIXTURE(test::Reading, "a row that reads like the header is judged like any other") {
    add("label,sequence_id\nHot,sequence_id\nHot," + test::sequence + "\nHot,sequence_id\n");
    std::vector<std::string> seen;
    for (const Row& row : rows())
        seen.push_back(verdict(row));
    CHECK(seen == std::vector<std::string>{"bad_sequence_id: sequence_id", "label Hot",
                                           "bad_sequence_id: sequence_id"});
}

TEST_CASE_FIXTURE(test::Reading, "of more targets than are remembered each row has its own") {
    constexpr std::size_t different = 70'000;
    std::string text = "contact_id,sequence_id\n";
    for (std::size_t row = 0; row < 2 * different; ++row)
        text += contact + "," + numbered_contact(row % different) + "\n";
    add(text);
    const auto all = rows();
    REQUIRE(all.size() == 2 * different);
    CHECK(targets.size() == different);
    for (const Row& row : all)
        REQUIRE(targets[row.target].sequence ==
                Id::parse(numbered_contact((row.number - 1) % different)));
}
