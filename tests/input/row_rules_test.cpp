#include "seqload/input/row_rules.hpp"

#include "input/rows_of.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using test::contact;
using test::mailbox;
using test::other_mailbox;
using test::sequence;
using test::verdict;

namespace {

class RowRulesFixture : public test::Reading {
public:
    // What becomes of a single row under this header.
    std::string judged(const std::string& header, const std::string& row) {
        names.clear();
        files.clear();
        add(header + "\n" + row + "\n");
        rows_ = rows();
        REQUIRE(rows_.size() == 1);
        return verdict(rows_.front());
    }

    Target target() const { return targets[rows_.front().target]; }

    void without_defaults() {
        options.defaults.sequence.reset();
        options.defaults.mailboxes.clear();
    }

private:
    std::vector<Row> rows_;
};

}  // namespace

TEST_CASE_FIXTURE(RowRulesFixture, "a row has exactly one of contact and label") {
    CHECK(judged("contact_id,label", contact + ",") == "contact " + contact);
    CHECK(judged("contact_id,label", ",Hot leads") == "label Hot leads");
    CHECK(judged("contact_id,label", ",") == "missing_contact_or_label");
    CHECK(judged("contact_id,label", " ,\"  \"") == "missing_contact_or_label");
    CHECK(judged("contact_id,label", contact + ",Hot leads") ==
          "both_contact_and_label: " + contact + " and Hot leads");
}

TEST_CASE_FIXTURE(RowRulesFixture, "ids are trimmed and their case does not matter") {
    CHECK(judged("contact_id", "\" 66E9E215ECE19801B2190001 \"") == "contact " + contact);
    CHECK(judged("contact_id,x", "66e9e215ece19801b219000,1") ==
          "bad_contact_id: 66e9e215ece19801b219000");
    CHECK(judged("contact_id,x", "ann@example.com,1") == "bad_contact_id: ann@example.com");
}

TEST_CASE_FIXTURE(RowRulesFixture, "a label goes out byte for byte as it stands within quotes") {
    CHECK(judged("label,x", "\" two\r\nlines, \"\"so\"\" \",1") == "label  two\r\nlines, \"so\" ");
    CHECK(judged("label,x", "  plain  ,1") == "label plain");
}

TEST_CASE_FIXTURE(RowRulesFixture,
                  "sequence and mailbox come from the row, else from the options") {
    const std::string header = "contact_id,sequence_id,email_account_id";
    const std::string other_sequence = "66e9e215ece19801b2199902";
    CHECK(judged(header, contact + ",,") == "contact " + contact);
    CHECK(target().sequence.text() == sequence);
    CHECK(mailboxes_text(target()) == mailbox);
    judged(header, contact + "," + other_sequence + "," + other_mailbox);
    CHECK(target().sequence.text() == other_sequence);
    CHECK(mailboxes_text(target()) == other_mailbox);
    CHECK(judged(header, contact + ",x,") == "bad_sequence_id: x");
    CHECK(judged(header, contact + ",,x") == "bad_email_account_id: x");
    without_defaults();
    CHECK(judged(header, contact + ",," + mailbox) == "missing_sequence_id");
    CHECK(judged(header, contact + "," + sequence + ",") == "missing_email_account_id");
}

TEST_CASE_FIXTURE(RowRulesFixture, "a;b and b;a are the same target") {
    const std::string header = "contact_id;email_account_id";
    judged(header, contact + ";\"" + mailbox + ";" + other_mailbox + "\"");
    CHECK(mailboxes_text(target()) == mailbox + ";" + other_mailbox);
    judged(header, contact + ";\"" + other_mailbox + " ; " + mailbox + "\"");
    CHECK(targets.size() == 1);
}

TEST_CASE_FIXTURE(RowRulesFixture, "every flag is read, and a cell overrules its option") {
    for (std::size_t flag = 0; flag < flag_count; ++flag) {
        CAPTURE(flag_names[flag]);
        const std::string header = "contact_id," + std::string(flag_names[flag]);
        judged(header, contact + ",YES");
        CHECK(target().flags == Flags(1U << flag));
        judged(header, contact + ",");
        CHECK(target().flags.none());
        CHECK(judged(header, contact + ",maybe") ==
              "bad_flag: " + std::string(flag_names[flag]) + "=maybe");
    }
    options.defaults.flags.set();
    judged("contact_id,add_if_in_queue", contact + ",no");
    CHECK(target().flags.count() == flag_count - 1);
}

TEST_CASE_FIXTURE(RowRulesFixture,
                  "a moment to unpause is ISO 8601 with a zone, to come, and for a paused row") {
    const std::string header = "contact_id,status,auto_unpause_at";
    const auto with = [&](const std::string& cells) {
        return judged(header, contact + "," + cells);
    };
    CHECK(with("paused,2026-12-01T09:00:00+01:00") == "contact " + contact);
    CHECK(target().auto_unpause_at == "2026-12-01T09:00:00+01:00");
    CHECK(target().status == InitialStatus::paused);
    CHECK(with("paused,2026-12-01T09:00:00") ==
          "bad_auto_unpause_at: 2026-12-01T09:00:00 (not ISO 8601 with a zone)");
    CHECK(with("paused,tomorrow") == "bad_auto_unpause_at: tomorrow (not ISO 8601 with a zone)");
    CHECK(with("active,2026-12-01T09:00:00Z") ==
          "bad_auto_unpause_at: 2026-12-01T09:00:00Z (the status is not paused)");
    CHECK(with(",2026-12-01T09:00:00Z") ==
          "bad_auto_unpause_at: 2026-12-01T09:00:00Z (the status is not paused)");
    CHECK(with("paused,2026-11-23T11:59:59Z") ==
          "bad_auto_unpause_at: 2026-11-23T11:59:59Z (in the past)");
    CHECK(with("paused,2026-11-23T12:00:00Z") == "contact " + contact);
    CHECK(with("stopped,") == "bad_status: stopped");
}

TEST_CASE_FIXTURE(RowRulesFixture,
                  "the default moment to unpause applies to the rows that start paused") {
    options.defaults.auto_unpause_at = "2026-12-01T09:00:00Z";
    judged("contact_id,status", contact + ",paused");
    CHECK(target().auto_unpause_at == "2026-12-01T09:00:00Z");
    judged("contact_id,status", contact + ",active");
    CHECK(target().auto_unpause_at.empty());
}

TEST_CASE_FIXTURE(RowRulesFixture,
                  "sender's address and user are checked, and fall back to the options") {
    const std::string header = "contact_id,send_email_from_email_address,user_id";
    CHECK(judged(header, contact + ",not an address,") == "bad_email_address: not an address");
    CHECK(judged(header, contact + ",,xyz") == "bad_user_id: xyz");
    options.defaults.from_address = "sales@example.com";
    options.defaults.user = Id::parse("66e9e215ece19801b2199b01");
    judged(header, contact + ",,");
    CHECK(target().from_address == "sales@example.com");
    CHECK(target().user == options.defaults.user);
    judged(header, contact + ",Ann@example.com,66E9E215ECE19801B2199B02");
    CHECK(target().from_address == "Ann@example.com");
    CHECK(target().user->text() == "66e9e215ece19801b2199b02");
}

TEST_CASE_FIXTURE(RowRulesFixture, "a row with too few or too many cells says how many it has") {
    CHECK(judged("contact_id,a,b", contact + ",1") ==
          "wrong_column_count: expected 3 columns, found 2");
    CHECK(judged("contact_id", contact + ",1") == "wrong_column_count: expected 1 column, found 2");
}

TEST_CASE_FIXTURE(RowRulesFixture, "a record that is broken as such shows the cell at fault") {
    CHECK(judged("contact_id,name", contact + ",Jos\xE9") == "bad_utf8: Jos\uFFFD");
    CHECK(judged("contact_id,name", contact + std::string(",A\0B", 4)) == "nul_byte: A\uFFFDB");
    CHECK(judged("contact_id,name", contact + ",\"no end") == "unterminated_quote: no end");
    CHECK(judged("contact_id,name", std::string(2 << 20U, 'x')) ==
          "record_too_long: " + std::string(200, 'x'));
}

TEST_CASE_FIXTURE(RowRulesFixture, "the detail is cut at a character, after 200 bytes") {
    std::string long_name = "x";
    for (int count = 0; count < 200; ++count)
        long_name += "\u00E9";
    const std::string shown = judged("contact_id", long_name);
    CHECK(shown == "bad_contact_id: " + long_name.substr(0, 199));
}

TEST_CASE_FIXTURE(RowRulesFixture, "an invalid row adds no target") {
    judged("contact_id,sequence_id", "x,66e9e215ece19801b2199902");
    CHECK(targets.size() == 0);
}

TEST_CASE_FIXTURE(RowRulesFixture, "each distinct target is one, however its cells are written") {
    add("contact_id,sequence_id,status\n" +             //
        contact + "," + sequence + ",\n" +              //
        contact + ", " + sequence + " ,\n" +            //
        contact + ",\"66E9E215ECE19801B2199901\",\n" +  //
        contact + ",,active\n" +                        //
        contact + "," + sequence + ",ACTIVE\n");
    std::vector<TargetIndex> indexes;
    for (const Row& row : rows())
        indexes.push_back(row.target);
    CHECK(indexes == std::vector<TargetIndex>{0, 0, 0, 1, 1});
}
