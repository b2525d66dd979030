#include "seqload/app/member_contacts.hpp"

#include "app/team_fixture.hpp"
#include "seqload/app/expanded_file.hpp"
#include "seqload/input/input_set.hpp"
#include "support/temporary_directory.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

using namespace test_team;

namespace {

// Rows 1 to 4 are the input; 2 is "VIP" (rows 5 and 6), 3 "Nobody", 4 "Press" (row 7).
struct MemberFixture {
    test::TemporaryDirectory directory;
    TargetTable targets;
    const std::vector<state::ExpandedLabel> labels{{.row = 2, .first = 5, .contacts = 2},
                                                   {.row = 3, .first = 7, .contacts = 0},
                                                   {.row = 4, .first = 7, .contacts = 1}};

    Result<std::unique_ptr<input::RowReader>> reader() {
        const auto path = directory.path() / "expanded-labels.csv";
        Target asked;
        asked.sequence = id(1);
        asked.mailboxes = {id(2)};
        const TargetIndex target = targets.intern(asked);
        const std::vector<LabelToExpand> rows{
            {.row = {.row = 2, .label = "VIP"}, .target = target},
            {.row = {.row = 4, .label = "Press"}, .target = target}};
        CHECK(write_expanded_file(path, rows, {{"VIP", {id(51), id(52)}}, {"Press", {id(51)}}},
                                  targets));
        auto files = input::InputSet::open({}, {});
        CHECK(files->add_ours("expanded-labels.csv", path));
        return input::RowReader::open(*files, {}, targets);
    }
};

report::NextOutcome outcomes(std::vector<Outcome> told) {
    return
        [told, place = std::size_t{0},
         recorded = state::RecordedOutcome()]() mutable -> Result<const state::RecordedOutcome*> {
            if (place == told.size())
                return nullptr;
            recorded.outcome = told[place++];
            return &recorded;
        };
}

Outcome outcome(RowNumber row, RowStatus status, std::string reason = "", RowNumber same_as = 0) {
    Outcome made;
    made.row = row;
    made.status = status;
    made.reason = std::move(reason);
    made.same_as = same_as;
    return made;
}

std::vector<report::ReachedContact> all(const report::NextLabelContact& next) {
    std::vector<report::ReachedContact> found;
    for (auto one = next(); one && *one; one = next())
        found.push_back(**one);
    return found;
}

}  // namespace

TEST_CASE_FIXTURE(MemberFixture, "every contact of a label is told, for the label's row") {
    const auto next =
        member_contacts(labels, reader(),
                        outcomes({outcome(1, RowStatus::added), outcome(5, RowStatus::added),
                                  outcome(7, RowStatus::duplicate, "same_as_row", 5)}));
    CHECK(all(next) ==
          std::vector<report::ReachedContact>{
              {.row = 2, .contact = id(51), .status = RowStatus::added, .reason = ""},
              {.row = 2, .contact = id(52), .status = RowStatus::not_attempted, .reason = ""},
              // Row 5 of the plan is none of the input: it belongs to row 2.
              {.row = 4,
               .contact = id(51),
               .status = RowStatus::duplicate,
               .reason = "same_as_row_2"}});
}

TEST_CASE_FIXTURE(MemberFixture, "where the file is gone, contacts are told without their ids") {
    const auto next =
        member_contacts(labels, fail(ErrorKind::changed_input, "cannot be opened", "x"),
                        outcomes({outcome(6, RowStatus::skipped, "contacts_without_email")}));
    const auto found = all(next);
    REQUIRE(found.size() == 3);
    CHECK(found[1] == report::ReachedContact{.row = 2,
                                             .contact = std::nullopt,
                                             .status = RowStatus::skipped,
                                             .reason = "contacts_without_email"});
    CHECK(found[2].row == 4);
}

}  // namespace seqload::app
