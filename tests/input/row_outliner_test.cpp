#include "seqload/input/row_outliner.hpp"

#include <initializer_list>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;

namespace {

constexpr std::string_view outlined_id = "66e9e215ece19801b2190001";

// contact_id,label,sequence_id
Header header() {
    Header header;
    for (const Column column : {Column::contact_id, Column::label, Column::sequence_id}) {
        header.cell[place(column)] = static_cast<std::uint32_t>(header.columns.size());
        header.columns.emplace_back();
    }
    return header;
}

class Fixture {
public:
    RowOutline outline(std::initializer_list<std::string_view> cells,
                       RecordProblem problem = RecordProblem::none) {
        const std::vector<std::string_view> record(cells);
        RowOutline outline;
        outliner_.fill({.line = 1, .problem = problem, .cells = record}, outline);
        return outline;
    }

private:
    const Header header_ = header();
    RowOutliner outliner_{header_, 7};
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "of a contact's row the contact is known, and the key of its target") {
    const RowOutline first = outline({outlined_id, "", "a"});
    CHECK(first.kind == RowOutline::Kind::contact);
    CHECK(first.contact == Id::parse(outlined_id));
    CHECK(first.target == TargetKey{0, true});
    CHECK(outline({outlined_id, " ", "b"}).target == TargetKey{1, true});
    CHECK(outline({outlined_id, "", "a"}).target == TargetKey{0, false});
    CHECK(outline({" 66E9E215ECE19801B2190001\t", "", "a"}).contact == Id::parse(outlined_id));
}

TEST_CASE_FIXTURE(Fixture, "of a label's row only the key is known") {
    const RowOutline row = outline({" ", "Hot leads", "a"});
    CHECK(row.kind == RowOutline::Kind::label);
    CHECK(row.contact == Id());
    CHECK(row.target == TargetKey{0, true});
}

TEST_CASE_FIXTURE(Fixture, "of a row that is neither nothing is known") {
    const auto other = RowOutline::Kind::other;
    CHECK(outline({outlined_id, "Hot leads", "a"}).kind == other);
    CHECK(outline({"", " ", "a"}).kind == other);
    CHECK(outline({"ann@example.com", "", "a"}).kind == other);
    CHECK(outline({outlined_id, ""}).kind == other);
    CHECK(outline({outlined_id, "", "a", ""}).kind == other);
    CHECK(outline({outlined_id, "", "a"}, RecordProblem::bad_utf8).kind == other);
    // They have no key, and so take none from others.
    CHECK(outline({outlined_id, "", "a"}).target == TargetKey{0, true});
}
