#include "seqload/input/schema.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload::input;

namespace {

using HeaderColumns = std::vector<Schema::HeaderColumn>;

// "name 0,- " for a column that the first file has as its first and the second has not.
std::vector<std::string> shown(const Schema& schema) {
    std::vector<std::string> columns;
    for (const SchemaColumn& column : schema.columns()) {
        std::string text = column.name;
        for (const auto& cell : column.cell)
            text += " " + (cell ? std::to_string(*cell) : "-");
        columns.push_back(text);
    }
    return columns;
}

}  // namespace

TEST_CASE("columns of one role or one name are one, in the order of first appearance") {
    Schema schema;
    schema.add_file(HeaderColumns{{"Name", {}, false}, {"contact_id", Column::contact_id, false}});
    schema.add_file(HeaderColumns{{"Apollo Contact Id", Column::contact_id, false},
                                  {"Company", {}, false},
                                  {"Name", {}, false}});
    CHECK(shown(schema) == std::vector<std::string>{"Name 0 2", "contact_id 1 0", "Company - 1"});
    CHECK(schema.file_count() == 2);
    CHECK(schema.has(Column::contact_id));
    CHECK_FALSE(schema.has(Column::label));
}

TEST_CASE("columns of the same name in one file stay apart") {
    Schema schema;
    schema.add_file(HeaderColumns{{"Notes", {}, false}, {"Notes", {}, false}});
    schema.add_file(HeaderColumns{
        {"Notes", {}, false}, {"x", {}, false}, {"Notes", {}, false}, {"Notes", {}, false}});
    CHECK(shown(schema) ==
          std::vector<std::string>{"Notes 0 0", "Notes 1 2", "x - 1", "Notes - 3"});
}
