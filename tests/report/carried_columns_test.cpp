#include "seqload/report/carried_columns.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using input::Column;
using input::Schema;
using report::CarriedColumns;

namespace {

using Names = std::vector<std::string>;
using Header = std::vector<Schema::HeaderColumn>;

// The cells as one text, "<…>" each.
std::string cells_of(CarriedColumns columns, std::size_t file,
                     const std::vector<std::string_view>& cells) {
    std::string text;
    columns.for_each_cell(file, cells,
                          [&](std::string_view cell) { text += "<" + std::string(cell) + ">"; });
    return text;
}

Schema two_files() {
    Schema schema;
    schema.add_file(Header{{"Name", {}, false},
                           {"contact_id", Column::contact_id, false},
                           {"result_status", {}, true}});
    schema.add_file(Header{{"Id", Column::contact_id, false},
                           {"City", {}, false},
                           {"Name", {}, false},
                           {"status", Column::status, false}});
    return schema;
}

}  // namespace

TEST_CASE("beside our columns stand those that are not ours, of all files together") {
    const std::vector<std::string_view> taken{"City"};
    const auto columns = CarriedColumns::beside(two_files(), taken);
    CHECK(columns.names() == Names{"Name", "input_City"});
    CHECK(cells_of(columns, 0, {"Ann", "1", "added"}) == "<Ann><>");
    CHECK(cells_of(columns, 1, {"2", "Rome", "Bob", "paused"}) == "<Bob><Rome>");
}

TEST_CASE("names are carried, for our own columns have only what was found for them") {
    Schema schema;
    schema.add_file(Header{{"contact_id", Column::contact_id, false},
                           {"Sequence", Column::sequence, false},
                           {"email_account", Column::email_account, false},
                           {"user", Column::user, false},
                           {"status", Column::status, false}});
    const auto columns = CarriedColumns::beside(schema, {});
    CHECK(columns.names() == Names{"Sequence", "email_account", "user"});
    CHECK(cells_of(columns, 0, {"1", "Welcome", "a@b.c", "", "paused"}) == "<Welcome><a@b.c><>");
    CHECK(CarriedColumns::to_load_again(schema).names() ==
          Names{"contact_id", "Sequence", "email_account", "user", "status"});
}

TEST_CASE("a column that was mapped away is not taken for ours when it is loaded again") {
    Schema schema;
    schema.add_file(Header{{"contact_id", Column::contact_id, false}, {"Sequence", {}, false}});
    CHECK(CarriedColumns::to_load_again(schema).names() == Names{"contact_id", "input_Sequence"});
}

TEST_CASE("to be loaded again, all columns stand as they are spelled, but for result_ ones") {
    const auto columns = CarriedColumns::to_load_again(two_files());
    CHECK(columns.names() == Names{"Name", "contact_id", "City", "status"});
    CHECK(cells_of(columns, 0, {"Ann", "1", "added"}) == "<Ann><1><><>");
    CHECK(cells_of(columns, 1, {"2", "Rome", "Bob", "paused"}) == "<Bob><2><Rome><paused>");
}

TEST_CASE("missing cells are empty, and surplus ones stay in the file's last column") {
    const auto columns = CarriedColumns::to_load_again(two_files());
    CHECK(cells_of(columns, 1, {}) == "<><><><>");
    CHECK(cells_of(columns, 1, {"2"}) == "<><2><><>");
    CHECK(cells_of(columns, 1, {"2", "Rome", "Bob", "paused", "", "x"}) ==
          "<Bob><2><Rome><paused,,x>");
    // The last column of the first file is not carried; the one before it is.
    CHECK(cells_of(columns, 0, {"Ann", "1", "added", "x"}) == "<Ann><1,x><><>");
}

TEST_CASE("a column that only looks like one of ours is told apart") {
    Schema schema;
    // --map contact_id=Lead, but only the second file has a Lead.
    schema.add_file(Header{{"contact_id", Column::contact_id, false}});
    schema.add_file(Header{{"Lead", Column::contact_id, false}, {"Contact ID", {}, false}});
    CHECK(CarriedColumns::to_load_again(schema).names() == Names{"contact_id", "input_Contact ID"});
}

TEST_CASE("a column that looks like a mapped one stays, for --map tells them apart again") {
    Schema schema;
    schema.add_file(Header{{"Lead", Column::contact_id, false}, {"contact_id", {}, false}});
    CHECK(CarriedColumns::to_load_again(schema).names() == Names{"Lead", "contact_id"});
}
