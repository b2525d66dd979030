#include "seqload/app/row_remarks.hpp"

#include "seqload/model/outcome.hpp"

#include <string>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

Row row_at(RowNumber number, std::uint64_t line) {
    Row row;
    row.number = number;
    row.line = line;
    return row;
}

Outcome invalid(const std::string& reason, const std::string& detail) {
    Outcome outcome;
    outcome.status = RowStatus::invalid;
    outcome.reason = reason;
    outcome.detail = detail;
    return outcome;
}

}  // namespace

TEST_CASE("a bad row is told with its place, reason and value, once with what to do about it") {
    const Outcome outcome = invalid("bad_contact_id", "no\x1b[2Jbody");
    CHECK(remark_on("leads.csv", row_at(1, 2), outcome, false) ==
          "leads.csv:2: row 1: bad_contact_id: no\\x1b[2Jbody\n");
    const std::string told = remark_on("leads.csv", row_at(1, 2), outcome, true);
    CHECK(
        told.starts_with("leads.csv:2: row 1: bad_contact_id: no\\x1b[2Jbody\n    The contact's id "
                         "is not 24 hex characters: "));
    CHECK(told.ends_with("\n"));
}

TEST_CASE("nothing is made up about a reason that is not known, nor a value where there is none") {
    CHECK(remark_on("a\nb.csv", row_at(3, 9), invalid("odd", ""), true) ==
          "a\\nb.csv:9: row 3: odd\n");
}

}  // namespace seqload::app
