#include "seqload/input/header_checks.hpp"

#include "input/rows_of.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;

namespace {

class HeaderFixture : public test::Reading {
public:
    std::string refused(const std::string& header) {
        names.clear();
        add(header + "\n");
        return refusal();
    }
};

}  // namespace

TEST_CASE_FIXTURE(HeaderFixture, "a header without contact and label names what it has") {
    CHECK(refused("Name,Company") ==
          "1.csv: the header has no contact_id or label column; it has \"Name\", \"Company\" (name "
          "the column that holds the ids: --map contact_id=NAME)");
    CHECK(refused("label").empty());
}

TEST_CASE_FIXTURE(HeaderFixture, "a near miss is suggested") {
    CHECK(
        refused("Name,Contcat ID") ==
        "1.csv: the header has no contact_id or label column; it has \"Name\", \"Contcat ID\" (if "
        "\"Contcat ID\" is meant: --map contact_id=\"Contcat ID\")");
    CHECK(refused("labels").ends_with("(if \"labels\" is meant: --map label=\"labels\")"));
    options.defaults.sequence.reset();
    CHECK(refused("contact_id,Sequnce-Id")
              .ends_with("(if \"Sequnce-Id\" is meant: --map sequence_id=\"Sequnce-Id\")"));
}

TEST_CASE_FIXTURE(HeaderFixture, "the wrong delimiter is suspected where there is one column") {
    options.delimiter = ';';
    CHECK(refused("contact_id,sequence_id") ==
          "1.csv: the header has no contact_id or label column; it has \"contact_id,sequence_id\" "
          "(is ';' the right --delimiter? Without it, it is found from the header)");
}

TEST_CASE_FIXTURE(HeaderFixture,
                  "with one column, the separator or the kind of file is suspected") {
    CHECK(refused("person#sequence").find("(is there one column only? Cells are separated by ") !=
          std::string::npos);
    CHECK(refused("\x7f"
                  "ELF\x02\x01")
              .ends_with("(that is no CSV file)"));
}

TEST_CASE_FIXTURE(HeaderFixture,
                  "a long header is not listed whole, and nothing of it reaches a terminal raw") {
    std::string header = "\x1B[31mred";
    for (int number = 2; number <= 1000; ++number)
        header += ",column " + std::to_string(number);
    const std::string shown = refused(header);
    CHECK(shown.find('\x1B') == std::string::npos);
    CHECK(shown.find("\"column 20\" and 980 more") != std::string::npos);
}

TEST_CASE_FIXTURE(HeaderFixture, "sequence and mailbox must come from a column or an option") {
    options.defaults.sequence.reset();
    CHECK(refused("contact_id,x") ==
          "1.csv: the header has no sequence_id or sequence column, and neither --sequence-id nor "
          "--sequence is given; it has \"contact_id\", \"x\" (give --sequence-id ID or --sequence "
          "NAME, or name the column: --map sequence_id=NAME, or sequence=NAME)");
    CHECK(refused("contact_id,emailer_campaign_id").empty());
    CHECK(refused("contact_id,SEQUENCE").empty());
    CHECK(refused("contact_id,Seqence")
              .ends_with("(if \"Seqence\" is meant: --map sequence=\"Seqence\")"));
    options.defaults.sequence_called = "Welcome";
    CHECK(refused("contact_id").empty());
    options.defaults.mailboxes.clear();
    CHECK(refused("contact_id,sequence_id") ==
          "1.csv: the header has no email_account_id or email_account column, and neither "
          "--email-account-id nor --email-account is given; it has \"contact_id\", \"sequence_id\" "
          "(give --email-account-id ID or --email-account ADDRESS, or name the column: --map "
          "email_account_id=NAME, or email_account=NAME)");
    CHECK(refused("contact_id,Email Account").empty());
    CHECK(refused("contact_id,Email Acount")
              .ends_with("(if \"Email Acount\" is meant: --map email_account=\"Email Acount\")"));
    options.defaults.mailboxes_called = {"robin@b.c"};
    CHECK(refused("contact_id").empty());
}

TEST_CASE_FIXTURE(HeaderFixture, "every file is checked before the first row is read") {
    add("contact_id\n" + test::contact + "\n");
    add("Name\n");
    CHECK(refusal().starts_with("2.csv: the header has no contact_id or label column"));
}

TEST_CASE_FIXTURE(HeaderFixture, "--map of a name that no file has is refused, with a suggestion") {
    options.column_names = {{Column::contact_id, "Apolo ID"}};
    CHECK(refused("Name,Apollo ID") ==
          "--map: no file has a column \"Apolo ID\" to be contact_id; there are \"Name\", \"Apollo "
          "ID\" (is \"Apollo ID\" meant?)");
    names.clear();
    add("contact_id\n");
    add("apolo-id\n");
    CHECK(refusal().empty());
}

TEST_CASE_FIXTURE(HeaderFixture, "options that cannot be meant are refused") {
    options.delimiter = ':';
    CHECK(refused("contact_id") ==
          "--delimiter: ':' cannot separate cells (use one of , ; | or a tab)");
    options.delimiter.reset();
    options.column_names = {{Column::label, "a"}, {Column::label, "b"}};
    CHECK(refused("label") == "--map: label is given two names (name each column once)");
    options.column_names = {{Column::label, " "}};
    CHECK(refused("label") ==
          "--map: label is given no name (write --map label=\"Name in the file\", or --map label= "
          "to read it from no column)");
    options.column_names.clear();
    options.defaults.auto_unpause_at = "2027-01-01";
    CHECK(refused("label") ==
          "--auto-unpause-at: \"2027-01-01\" is no moment with a zone (write it like "
          "2030-01-31T09:00:00Z)");
    options.defaults.auto_unpause_at = "2020-01-01T00:00:00Z";
    CHECK(refused("label") ==
          "--auto-unpause-at: 2020-01-01T00:00:00Z is in the past (name a moment to come)");
    options.defaults.auto_unpause_at = "2030-01-01T00:00:00Z";
    CHECK(refused("label") ==
          "--auto-unpause-at: no row can start paused (give --status paused as well)");
    CHECK(refused("label,status").empty());
    options.defaults.status = InitialStatus::paused;
    CHECK(refused("label").empty());
}
