#include "seqload/report/column_names.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload::report;

namespace {

using Names = std::vector<std::string>;

Names beside_row_and_line(const Names& names) {
    const std::vector<std::string_view> taken{"row", "line", "input_line"};
    return names_beside(taken, names);
}

}  // namespace

TEST_CASE("a name that is free stays, one that is taken gets the prefix") {
    CHECK(beside_row_and_line({"Name", "row", "Row"}) == Names{"Name", "input_row", "Row"});
}

TEST_CASE("equal names are numbered") {
    CHECK(beside_row_and_line({"Notes", "Notes", "x", "Notes"}) ==
          Names{"Notes", "Notes_2", "x", "Notes_3"});
    CHECK(beside_row_and_line({"", ""}) == Names{"", "_2"});
}

TEST_CASE("no name is made up that another column has") {
    CHECK(beside_row_and_line({"Notes", "Notes", "Notes_2"}) ==
          Names{"Notes", "Notes_3", "Notes_2"});
    CHECK(beside_row_and_line({"row", "input_row"}) == Names{"input_row_2", "input_row"});
    CHECK(beside_row_and_line({"row", "row"}) == Names{"input_row", "input_row_2"});
    CHECK(beside_row_and_line({"line"}) == Names{"input_line_2"});
}

TEST_CASE("no two columns ever have the same name, and free names stay") {
    const auto name = rc::gen::element<std::string>("a", "a_2", "row", "input_row", "input_row_2",
                                                    "line", "", "_2", "input_line");
    CHECK(rc::check("names_beside", [&] {
        const auto names = *rc::gen::container<Names>(name);
        const std::vector<std::string_view> taken{"row", "line", "input_line"};
        const Names given = names_beside(taken, names);
        RC_ASSERT(given.size() == names.size());
        std::set<std::string> all(taken.begin(), taken.end());
        for (std::size_t index = 0; index < names.size(); ++index) {
            RC_ASSERT(all.insert(given[index]).second);
            const bool is_free = std::ranges::find(taken, names[index]) == taken.end() &&
                                 std::ranges::count(names, names[index]) == 1;
            if (is_free)
                RC_ASSERT(given[index] == names[index]);
        }
    }));
}
