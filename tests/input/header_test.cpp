#include "seqload/input/header.hpp"

#include "input/rows_of.hpp"
#include "seqload/input/header_roles.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;

namespace {

// The role of each name, "-" for none, "!" for ignored.
std::vector<std::string> roles(const std::vector<std::string>& names,
                               const ReadOptions& options = {}) {
    const auto header = assign_roles(names, options, "file.csv");
    if (!header)
        return {to_string(header.error())};
    std::vector<std::string> roles;
    for (const auto& column : header->columns) {
        if (column.ignored)
            roles.emplace_back("!");
        else
            roles.emplace_back(column.role ? name(*column.role) : "-");
    }
    return roles;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("case, spaces, _ and - in a column's name do not matter, and aliases are known") {
    CHECK(roles({"Apollo Contact Id", "LABEL-NAME", "Emailer_Campaign ID",
                 "sendEmailFromEmailAccountId", "Auto Unpause At", "Company"}) ==
          Words{"contact_id", "label", "sequence_id", "email_account_id", "auto_unpause_at", "-"});
    for (const Column column : all_columns())
        CHECK(roles({std::string(name(column))}) == Words{std::string(name(column))});
}

TEST_CASE("columns that a report added are ignored") {
    CHECK(roles({"contact_id", "result_status", "Result Reason", "result_detail", "result_x"}) ==
          Words{"contact_id", "!", "!", "!", "-"});
}

TEST_CASE("a column that is called otherwise is named by --map") {
    ReadOptions options;
    options.column_names = {{Column::contact_id, "Lead: Apollo ID"}};
    CHECK(roles({"Lead: Apollo ID", "contact_id"}, options) == Words{"contact_id", "-"});
    CHECK(roles({"lead:apollo-id", "contact_id"}, options) == Words{"contact_id", "-"});
    CHECK(roles({"lead:apollo-id", "Lead: Apollo ID"}, options) == Words{"-", "contact_id"});
    CHECK(roles({"contact_id"}, options) == Words{"contact_id"});
    options.column_names = {{Column::label, "Status"}};
    CHECK(roles({"contact_id", "Status"}, options) == Words{"contact_id", "label"});
}

TEST_CASE(
    "a column that is mapped to no name is read from no column, and what is called so is not "
    "ours") {
    for (const Column column : all_columns()) {
        ReadOptions options;
        options.column_names = {{column, ""}};
        const std::string own(name(column));
        CHECK(roles({own, "x", own}, options) == Words{"-", "-", "-"});
    }
    ReadOptions options;
    options.column_names = {{Column::sequence, ""}, {Column::sequence_id, "Sequence"}};
    CHECK(roles({"contact_id", "sequence", "sequence_id"}, options) ==
          Words{"contact_id", "sequence_id", "-"});
}

TEST_CASE("two columns of one role are an error that names both") {
    CHECK(roles({"x", "contact_id", "Apollo Contact Id"}) ==
          Words{"file.csv: columns 2 (\"contact_id\") and 3 (\"Apollo Contact Id\") both mean "
                "contact_id (choose one with --map contact_id=NAME, or rename one)"});
    ReadOptions options;
    options.column_names = {{Column::contact_id, "the id"}};
    CHECK(roles({"The Id", "THE_ID"}, options) ==
          Words{"file.csv: columns 1 (\"The Id\") and 2 (\"THE_ID\") are both what --map calls "
                "contact_id (rename one of them)"});
    options.column_names = {{Column::contact_id, "id"}, {Column::label, "ID"}};
    CHECK(roles({"id"}, options) ==
          Words{"--map: column \"id\" cannot be both contact_id and label (name another column for "
                "one of them)"});
}

TEST_CASE_FIXTURE(test::Reading, "a file without a header says so") {
    add("");
    CHECK(refusal() ==
          "1.csv: has no header: it is empty (the first line names the columns, contact_id or "
          "label among them)");
    names.clear();
    add("\n  \n\r\n");
    CHECK(refusal().starts_with("1.csv: has no header"));
}

TEST_CASE_FIXTURE(test::Reading, "a header that cannot be read says where and why") {
    add("\ncontact_id,\"name\nx,y\n");
    CHECK(refusal() ==
          "1.csv:2: a quote in the header is never closed (close it, or double it if it is part of "
          "a name)");
    names.clear();
    add(std::string(2 << 20U, 'x') + "\n");
    CHECK(refusal() == "1.csv:1: the header is longer than 1 MiB (is this a CSV file?)");
    names.clear();
    add(std::string("contact\0id\n", 11));
    CHECK(refusal() ==
          "1.csv:1: the header holds NUL bytes (is this a text file? Save it as CSV UTF-8)");
}
