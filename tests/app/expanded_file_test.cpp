#include "seqload/app/expanded_file.hpp"

#include "app/team_fixture.hpp"
#include "model/any_target.hpp"
#include "seqload/base/timestamp.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/row_reader.hpp"
#include "support/temporary_directory.hpp"

#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

using namespace test_team;

namespace {

template <class Value>
Value must(Result<Value> result) {
    if (!result)
        throw std::runtime_error(to_string(result.error()));
    if constexpr (!std::is_void_v<Value>)
        return *std::move(result);
}

std::string content(const std::filesystem::path& path) {
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

struct ExpandedFiles {
    test::TemporaryDirectory directory;
    std::filesystem::path path = directory.path() / "expanded-labels.csv";
    TargetTable targets;

    // What is read back of the file, as the last of a run that is read in this way.
    std::vector<Row> read(const input::ReadOptions& options, TargetTable& into) const {
        input::InputSet files = must(input::InputSet::open({}, {}));
        must(files.add_ours("expanded-labels.csv", path));
        auto reader = must(input::RowReader::open(files, options_for_expanded_file(options), into));
        std::vector<Row> rows;
        for (Row row; must(reader->next(row));)
            rows.push_back(row);
        return rows;
    }

    std::vector<std::vector<std::string>> cells() const {
        input::InputSet files = must(input::InputSet::open({}, {}));
        must(files.add_ours("expanded-labels.csv", path));
        TargetTable table;
        auto reader = must(input::RowReader::open(files, {}, table));
        std::vector<std::vector<std::string>> all;
        for (Row row; must(reader->next(row));)
            all.emplace_back(reader->cells().begin(), reader->cells().end());
        return all;
    }
};

}  // namespace

TEST_CASE("each run has a file of its own, whoever else writes into the folder") {
    const std::string run = "20261124-080000-abcd";
    CHECK(place_for_expanded_file("seqload-out/" + run, run) ==
          "seqload-out/" + run + "/expanded-labels.csv");
    CHECK(place_for_expanded_file("seqload-out/" + run + "/", run).filename() ==
          "expanded-labels.csv");
    CHECK(place_for_expanded_file("reports", run) == "reports/expanded-labels-" + run + ".csv");
    CHECK(place_for_expanded_file("reports", run) !=
          place_for_expanded_file("reports", "20261124-080000-abce"));
}

TEST_CASE("the contacts of label rows are numbered one after another") {
    const std::vector<LabelToExpand> labels{{.row = {.row = 2, .label = "VIP"}, .target = 0},
                                            {.row = {.row = 4, .label = "Nobody"}, .target = 1},
                                            {.row = {.row = 5, .label = "VIP"}, .target = 1}};
    const LabelMembers members{{"VIP", {id(1), id(2)}}, {"Nobody", {}}};
    CHECK(must(number_members(labels, members, 6)) ==
          std::vector<state::ExpandedLabel>{{.row = 2, .target = 0, .first = 6, .contacts = 2},
                                            {.row = 4, .target = 1, .first = 8, .contacts = 0},
                                            {.row = 5, .target = 1, .first = 8, .contacts = 2}});
    constexpr RowNumber last = std::numeric_limits<RowNumber>::max();
    CHECK(number_members(labels, members, last - 4).has_value());
    CHECK_FALSE(number_members(labels, members, last - 3).has_value());
}

TEST_CASE_FIXTURE(ExpandedFiles, "each contact is a row with all that its label row asks for") {
    Target target;
    target.sequence = id(1);
    target.mailboxes = {id(11), id(12)};
    target.flags.set(0);
    const std::vector<LabelToExpand> labels{
        {.row = {.row = 2, .label = "VIP"}, .target = targets.intern(target)}};
    must(write_expanded_file(path, labels, {{"VIP", {id(3)}}}, targets));
    CHECK(content(path) ==
          "contact_id,sequence_id,email_account_id,send_email_from_email_address,user_id,status,"
          "auto_unpause_at,sequence_no_email,sequence_unverified_email,sequence_job_change,"
          "sequence_active_in_other_campaigns,sequence_finished_in_other_campaigns,"
          "sequence_same_company_in_same_campaign,contacts_without_ownership_permission,"
          "add_if_in_queue,contact_verification_skipped,label_row,from_label\n"
          "000000000000000000000003,000000000000000000000001,"
          "00000000000000000000000b;00000000000000000000000c,,,,,true,false,false,false,false,"
          "false,false,false,false,2,VIP\n");
}

TEST_CASE_FIXTURE(ExpandedFiles, "labels come back byte for byte, whatever is in them") {
    Target target;
    target.sequence = id(1);
    target.mailboxes = {id(11)};
    const TargetIndex only = targets.intern(target);
    const std::vector<std::string> names{" =1+1 ", "a,\"b\";\tc|\r\nd",   "ünïcödé ☃", "\"", "'",
                                         "-",      std::string(8000, 'x')};
    std::vector<LabelToExpand> labels;
    LabelMembers members;
    for (const std::string& name : names) {
        labels.push_back({.row = {.row = static_cast<RowNumber>(labels.size() + 1), .label = name},
                          .target = only});
        members[name] = {id(9)};
    }
    must(write_expanded_file(path, labels, members, targets));
    const auto rows = cells();
    REQUIRE(rows.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        CHECK(rows[i].back() == names[i]);
        CHECK(rows[i][rows[i].size() - 2] == std::to_string(i + 1));
    }
}

TEST_CASE_FIXTURE(ExpandedFiles, "a label that nobody carries leaves a file that can be read") {
    Target target;
    target.sequence = id(1);
    target.mailboxes = {id(2)};
    const std::vector<LabelToExpand> labels{
        {.row = {.row = 1, .label = "Nobody"}, .target = targets.intern(target)}};
    must(write_expanded_file(path, labels, {{"Nobody", {}}}, targets));
    TargetTable again;
    CHECK(read({}, again).empty());
}

TEST_CASE("whatever the defaults, a contact asks for what its label row asks for") {
    CHECK(rc::check([] {
        const ExpandedFiles files;
        // A row cannot take a default back, so what it leaves out the defaults do, too.
        const Target asked = test::one_of_few_targets();
        input::ReadOptions options;
        options.now = *parse_timestamp("2026-01-01T00:00:00Z");
        options.delimiter = ';';
        options.column_names = {{input::Column::contact_id, "label_row"}};
        input::RowDefaults& defaults = options.defaults;
        defaults.sequence = test::one_of_few_ids();
        defaults.mailboxes = {test::one_of_few_ids(), id(77)};
        if (!asked.from_address.empty())
            defaults.from_address = "default@example.com";
        if (asked.user)
            defaults.user = test::one_of_few_ids();
        if (asked.status != InitialStatus::unspecified)
            defaults.status = InitialStatus::active;
        defaults.flags = Flags(*rc::gen::inRange<unsigned>(0, 1U << flag_count));

        TargetTable targets;
        const std::vector<LabelToExpand> labels{
            {.row = {.row = 7, .label = "VIP"}, .target = targets.intern(asked)}};
        must(write_expanded_file(files.path, labels, {{"VIP", {id(1), id(2)}}}, targets));
        const std::vector<Row> rows = files.read(options, targets);
        RC_ASSERT(rows.size() == 2U);
        RC_ASSERT(targets.size() == 1U);
        for (const Row& row : rows) {
            RC_ASSERT_FALSE(row.invalid.has_value());
            RC_ASSERT(row.target == labels.front().target);
        }
        RC_ASSERT(rows.back().contact == id(2));
    }));
}

}  // namespace seqload::app
