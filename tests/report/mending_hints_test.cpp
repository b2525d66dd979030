#include "seqload/report/mending_hints.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using report::mending_hints;

TEST_CASE("the most frequent reasons of rows that need a person come with what to do") {
    report::Summary summary;
    summary.reasons[RowStatus::skipped] = {{"contacts_without_email", 500}};
    summary.reasons[RowStatus::invalid] = {
        {"bad_contact_id", 3}, {"bad_user_id", 2}, {"nul_byte", 1}};
    summary.reasons[RowStatus::failed] = {{"mailbox_inactive", 7}, {"made_up_by_apollo", 6}};
    const std::vector<std::string> hints = mending_hints(summary, false);
    REQUIRE(hints.size() == report::most_mending_hints);
    CHECK(hints[0] == "mailbox_inactive: link the mailbox again in Apollo, or name another one");
    CHECK(hints[1].starts_with("bad_contact_id: "));
    CHECK(hints[2].starts_with("bad_user_id: "));
    CHECK(mending_hints(summary, true).front().starts_with("contacts_without_email: "));
}

TEST_CASE("a run that needs nobody has no hints") {
    report::Summary summary;
    summary.reasons[RowStatus::added] = {{"paused", 4}};
    CHECK(mending_hints(summary, true).empty());
}
