#include "seqload/app/name_resolution.hpp"

#include "app/team_fixture.hpp"
#include "seqload/input/input_set.hpp"
#include "seqload/input/row_reader.hpp"
#include "seqload/model/stand_in.hpp"
#include "support/temporary_directory.hpp"

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace seqload::app {

using namespace test_team;
using input::Column;

namespace {

const std::string contact = "66e9e215ece19801b2190001";

// The names in one file of these lines, each a good row's.
input::NameCollector names_in(const std::string& csv, const input::ReadOptions& options) {
    const seqload::test::TemporaryDirectory directory;
    const std::vector<std::string> paths{directory.write("leads.csv", csv)};
    auto files = input::InputSet::open(paths, directory.path()).value();
    TargetTable targets;
    const auto reader = input::RowReader::open(files, options, targets).value();
    input::NameCollector names(options.defaults);
    Row row;
    while (reader->next(row).value())
        names.take(*reader, row);
    return names;
}

Resolution resolved(const std::string& csv, const Team& team,
                    const input::ReadOptions& options = {}) {
    return resolve(names_in(csv, options), team, std::vector<std::string>{"leads.csv"});
}

std::string rows_of(const std::vector<std::string>& cells,
                    const std::string& header = "contact_id,sequence,email_account,user") {
    std::string csv = header + "\n";
    for (const std::string& row : cells)
        csv += contact + "," + row + "\n";
    return csv;
}

}  // namespace

TEST_CASE("the lists of the names that are there are needed, each to its end") {
    const TeamNeeds some = needs_of(names_in(rows_of({"Welcome,a@x.com,"}), input::ReadOptions()));
    CHECK(some.every_sequence);
    CHECK(some.every_mailbox);
    CHECK_FALSE(some.every_user);
    CHECK(some.sequences.empty());
    CHECK_THROWS_AS(resolved(rows_of({"Welcome,a@x.com,"}), Team()), std::logic_error);
}

TEST_CASE("a name that is one thing's has its id, whether rows depend on it or not") {
    const auto all = resolved(rows_of({"welcome,A@x.com; b@x.com,B@X.com"}), good_team());
    CHECK(all.found.empty());
    CHECK(*all.names.find(Column::sequence, "welcome") == id(1));
    CHECK(*all.names.find(Column::email_account, "b@x.com") == id(12));
    CHECK(*all.names.find(Column::user, "b@x.com") == id(22));
    const auto beside = resolved("contact_id,sequence_id,sequence,email_account\n" + contact + "," +
                                     id(1).text() + ",Renewal,a@x.com\n",
                                 good_team());
    CHECK(*beside.names.find(Column::sequence, "Renewal") == id(2));
}

TEST_CASE("a name that rows depend on and that is nobody's is told with the near ones") {
    const auto all =
        resolved(rows_of({"Welcome,a@x.com,", "Wellcome,a@x.com,c@x.com", "Wellcome,a@x.com,"}),
                 good_team());
    REQUIRE(all.found.size() == 2);
    CHECK(all.found[0] ==
          Finding{.severity = Severity::error,
                  .what = "no sequence is called 'Wellcome'",
                  .next = "did you mean 'Welcome' " + id(1).text() +
                          "? If the column is not meant for seqload: --map sequence=",
                  .rows = 2,
                  .reason = "sequence_not_found",
                  .id = input::stand_in_for(Column::sequence, "Wellcome"),
                  .label = {},
                  .place = "leads.csv:3"});
    CHECK(all.found[1].what == "no user has the address 'c@x.com'");
    CHECK(all.found[1].reason == "user_not_found");
    const auto* const meaning = all.names.find(Column::sequence, "Wellcome");
    REQUIRE(meaning != nullptr);
    REQUIRE_FALSE(*meaning);
    CHECK(meaning->error() ==
          "no sequence is called 'Wellcome' (did you mean 'Welcome' " + id(1).text() + "?)");
}

TEST_CASE("a name that is several things' is told with all of their ids") {
    Team team = good_team();
    team.mailboxes->at(1).email = "A@X.com";
    const auto all = resolved(rows_of({"Welcome,a@x.com,"}), team);
    REQUIRE(all.found.size() == 1);
    CHECK(all.found[0].what == "2 mailboxes have the address 'a@x.com'");
    CHECK(all.found[0].reason == "mailbox_inactive");
    for (const Id& one : {id(11), id(12)})
        CHECK(all.found[0].next.find(one.text()) != std::string::npos);
}

TEST_CASE("beside an id, a name that is nobody's or several's is passed over") {
    const auto all = resolved("contact_id,sequence_id,sequence,email_account\n" + contact + "," +
                                  id(1).text() + ",Wellcome,a@x.com\n",
                              good_team());
    CHECK(all.found.empty());
    CHECK(all.names.find(Column::sequence, "Wellcome") == nullptr);
}

TEST_CASE("a default's name is told by its option, an id among names by where it belongs") {
    input::ReadOptions options;
    options.defaults.sequence_called = "Wellcome";
    const auto all = resolved(rows_of({"a@x.com", id(11).text()}, "contact_id,email_account"),
                              good_team(), options);
    REQUIRE(all.found.size() == 2);
    CHECK(all.found[0].place == "--sequence");
    CHECK(all.found[0].rows == 2);
    CHECK(all.found[0].next == "did you mean 'Welcome' " + id(1).text() + "?");
    CHECK(all.found[1].next == "that is an id: it belongs into the column email_account_id");
    options.defaults.sequence_called = id(1).text();
    const auto given =
        resolved(rows_of({"a@x.com"}, "contact_id,email_account"), good_team(), options);
    REQUIRE(given.found.size() == 1);
    CHECK(given.found[0].next == "that is an id: give it as --sequence-id");
}

TEST_CASE("what is on record of a name is what its rows are failed with") {
    const auto all =
        resolved(rows_of({"Wellcome,A@x.org;a@x.com,", "Welcome,a@x.com,"}), good_team());
    const auto again = unresolved(all.names);
    REQUIRE(again.size() == all.found.size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        CHECK(again[i].id == all.found[i].id);
        CHECK(again[i].reason == all.found[i].reason);
        CHECK(again[i].what.starts_with(all.found[i].what));
    }
}

TEST_CASE("every name that rows depend on is either an id or a finding with all of its rows") {
    CHECK(rc::check([] {
        const auto names = *rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("Welcome", "welcome", "Renewal", "Nobody", "Launchh"));
        std::vector<std::string> rows;
        std::map<std::string, std::uint64_t> counts;
        for (const std::string& name : names) {
            rows.push_back(name + ",a@x.com,");
            ++counts[name];
        }
        const auto all = resolved(rows_of(rows), good_team());
        for (const auto& [name, count] : counts) {
            const auto* const meaning = all.names.find(Column::sequence, name);
            RC_ASSERT(meaning != nullptr);
            std::uint64_t told = 0;
            for (const Finding& one : all.found)
                told += one.id == input::stand_in_for(Column::sequence, name) ? one.rows : 0;
            RC_ASSERT(told == (meaning->has_value() ? 0 : count));
        }
    }));
}

}  // namespace seqload::app
