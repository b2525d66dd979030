#include "seqload/report/row_files.hpp"

#include "report/run_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;
using test::contact;
using test::content;
using test::mailbox;
using test::must;
using test::numbered;
using test::other_mailbox;
using test::outcome;
using test::ReportedRun;
using test::sequence;

namespace {

const std::string target = sequence + "," + mailbox;
const std::string own_columns =
    "row,line,contact_id,label,sequence_id,email_account_id,status,reason,detail,contacts_added,"
    "contacts_skipped,http_status,attempts,request_id,settled_at";
const std::string own_columns_with_file =
    "row,line,file,contact_id,label,sequence_id,email_account_id,status,reason,detail,"
    "contacts_added,contacts_skipped,http_status,attempts,request_id,settled_at";

Outcome added(RowNumber row) {
    Outcome made = outcome(row, RowStatus::added);
    made.contacts_added = 1;
    made.contacts_skipped = 0;
    return made;
}

Outcome duplicate_of(RowNumber row, RowNumber first) {
    Outcome made = outcome(row, RowStatus::duplicate, reason::same_as_row);
    made.same_as = first;
    return made;
}

}  // namespace

TEST_CASE_FIXTURE(ReportedRun,
                  "a row by names has the ids that were found, and none for the rest") {
    options.defaults.sequence.reset();
    options.defaults.mailboxes.clear();
    options.names.put(input::Column::sequence, "Welcome", *Id::parse(sequence));
    options.names.put(input::Column::email_account, "robin@b.c", *Id::parse(mailbox));
    add("contact_id,Sequence,email_account\n" +  //
        contact + ",Welcome,Robin@b.c\n" +       //
        "66e9e215ece19801b2190002,Nobody,him@b.c;robin@b.c\n"
        "x,Welcome,robin@b.c\n");
    plan();
    settle_unsent({outcome(2, RowStatus::failed, reason::sequence_not_found, "not sent"),
                   outcome(3, RowStatus::invalid, "bad_contact_id", "x")});
    settle({added(1)});
    const auto made = write();
    CHECK(
        content(made.report) ==
        own_columns + ",Sequence,email_account\n" +  //
            "1,2," + contact + ",," + target +
            ",added,,,1,0,200,1,request-1,2026-11-23T21:36:25.000Z,Welcome,Robin@b.c\n"
            "2,3,66e9e215ece19801b2190002,,," +
            mailbox +
            ",failed,sequence_not_found,not sent,,,,,,2026-11-23T21:36:23.000Z,Nobody,"
            "him@b.c;robin@b.c\n"
            "3,4,x,,,,invalid,bad_contact_id,x,,,,,,2026-11-23T21:36:23.000Z,Welcome,robin@b.c\n");
    CHECK(content(made.attention) ==
          "contact_id,Sequence,email_account,result_status,result_reason,result_detail\n"
          "66e9e215ece19801b2190002,Nobody,him@b.c;robin@b.c,failed,sequence_not_found,not sent\n"
          "x,Welcome,robin@b.c,invalid,bad_contact_id,x\n");
}

TEST_CASE_FIXTURE(ReportedRun, "a report has every row in order, with what became of it") {
    const std::string other_sequence = "66e9e215ece19801b2199902";
    add("Name,contact_id,label,sequence_id,email_account_id,Company\n"
        "Ann,  66E9E215ECE19801B2190001 ,,,,\"Acme, Inc.\"\n"
        "Bob,66e9e215ece19801b2190002,," +
        other_sequence + "," + other_mailbox + ";" + mailbox +
        ",\"say \"\"hi\"\"\"\n"
        "\n"
        "Cid,\"not an id\",,,,x\n"
        "Dan,66e9e215ece19801b2190001,,,,x\n"
        ",,\" Leads, cold \",,,\n"
        "Eve,66e9e215ece19801b2190006,,,,x\n");
    plan();
    settle_unsent(
        {outcome(3, RowStatus::invalid, "bad_contact_id", "not an id"), duplicate_of(4, 1)});
    settle({outcome(1, RowStatus::added, reason::paused, "waits, for a person")});
    Outcome label = outcome(5, RowStatus::added);
    label.contacts_added = 2;
    label.contacts_skipped = 1;
    settle({label}, {{5, numbered(7), RowStatus::added, ""},
                     {5, numbered(8), RowStatus::skipped, "contact_not_found"},
                     {5, numbered(9), RowStatus::added, ""}});
    settle({outcome(2, RowStatus::failed, reason::mailbox_inactive, "no such\nmailbox")});

    const auto made = write();
    CHECK(content(made.report) ==
          own_columns + ",Name,Company\n" +  //
              "1,2," + contact + ",," + target +
              ",added,paused,\"waits, for a person\",,,200,1,request-1,2026-11-23T21:36:25.000Z,"
              "Ann,\"Acme, Inc.\"\n"
              "2,3,66e9e215ece19801b2190002,," +
              other_sequence + "," + mailbox + ";" + other_mailbox +
              ",failed,mailbox_inactive,\"no such\nmailbox\",,,200,1,request-3,"
              "2026-11-23T21:36:25.000Z,Bob,\"say \"\"hi\"\"\"\n"
              "3,5,not an id,,,,invalid,bad_contact_id,not an id,,,,,,"
              "2026-11-23T21:36:23.000Z,Cid,x\n"
              "4,6," +
              contact + ",," + target +
              ",duplicate,same_as_row_1,,,,,,,2026-11-23T21:36:23.000Z,Dan,x\n"
              "5,7,,\" Leads, cold \"," +
              target +
              ",added,,,2,1,200,1,request-2,2026-11-23T21:36:25.000Z,,\n"
              "6,8,66e9e215ece19801b2190006,," +
              target + ",not_attempted,,,,,,,,,Eve,x\n");
    CHECK(content(made.attention) ==
          "Name,contact_id,label,sequence_id,email_account_id,Company,"
          "result_status,result_reason,result_detail\n"
          "Bob,66e9e215ece19801b2190002,," +
              other_sequence + "," + other_mailbox + ";" + mailbox +
              ",\"say \"\"hi\"\"\",failed,mailbox_inactive,\"no such\nmailbox\"\n"
              "Cid,not an id,,,,x,invalid,bad_contact_id,not an id\n");
    REQUIRE(made.label_contacts);
    CHECK(content(*made.label_contacts) ==
          "row,label,contact_id,status,reason\n"
          "5,\" Leads, cold \"," +
              numbered(7).text() + ",added,\n5,\" Leads, cold \"," + numbered(8).text() +
              ",skipped,contact_not_found\n5,\" Leads, cold \"," + numbered(9).text() +
              ",added,\n");
    CHECK(made.rows[RowStatus::added] == 2);
    CHECK(made.rows[RowStatus::not_attempted] == 1);
    CHECK(made.rows.total() == 6);
    CHECK(made.attention_rows == 2);
    CHECK(made.rows_without_cells == 0);
    CHECK_FALSE(made.input_trouble);
}

TEST_CASE_FIXTURE(ReportedRun, "an input without rows gives headers, and no file of labels") {
    add("contact_id,Name\n");
    plan();
    const auto made = write();
    CHECK(content(made.report) == own_columns + ",Name\n");
    CHECK(content(made.attention) == "contact_id,Name,result_status,result_reason,result_detail\n");
    CHECK_FALSE(made.label_contacts);
    CHECK_FALSE(std::filesystem::exists(report.directory / "label-contacts.csv"));
}

TEST_CASE_FIXTURE(ReportedRun, "without labels, what an earlier run left of its own goes") {
    add("contact_id,Name\n");
    plan();
    const auto earlier = report.directory / "label-contacts.csv";
    std::filesystem::create_directories(report.directory);
    std::ofstream(earlier) << "row,label,contact_id,status,reason\n";
    CHECK_FALSE(write().label_contacts);
    CHECK_FALSE(std::filesystem::exists(earlier));
}

TEST_CASE_FIXTURE(ReportedRun, "labels that reached nobody have their file all the same") {
    add("label\nCold\n");
    plan();
    CHECK(content(write().label_contacts.value()) == "row,label,contact_id,status,reason\n");
}

TEST_CASE_FIXTURE(ReportedRun, "several files are one report, with the file beside the line") {
    add("contact_id,Name,file\n" + contact + ",Ann,a\n");
    add("City;Name;Apollo Contact Id\nRome;Bob;x\n");
    add("label\nCold\n");
    plan();
    settle_unsent({outcome(2, RowStatus::invalid, "bad_contact_id", "x")});
    const auto made = write();
    CHECK(content(made.report) ==
          own_columns_with_file + ",Name,input_file,City\n" +  //
              "1,2,1.csv," + contact + ",," + target + ",not_attempted,,,,,,,,,Ann,a,\n" +
              "2,2,2.csv,x,,,,invalid,bad_contact_id,x,,,,,,2026-11-23T21:36:23.000Z,Bob,,Rome\n" +
              "3,2,3.csv,,Cold," + target + ",not_attempted,,,,,,,,,,,\n");
    CHECK(content(made.attention) ==
          "contact_id,Name,file,City,label,result_status,result_reason,result_detail\n"
          "x,Bob,,Rome,,invalid,bad_contact_id,x\n");
}

TEST_CASE_FIXTURE(ReportedRun, "columns whose names are taken stay apart") {
    add("contact_id,row,status,detail,Notes,Notes,result_status,file\n" + contact +
        ",1,active,2,3,4,5,6\n");
    plan();
    const std::string text = content(write().report);
    CHECK(text == own_columns + ",input_row,input_detail,Notes,Notes_2,file\n1,2," + contact +
                      ",," + target + ",not_attempted,,,,,,,,,1,2,3,4,6\n");
}

TEST_CASE_FIXTURE(ReportedRun, "without passthrough the report has only our columns") {
    add("contact_id,Name\n" + contact + ",Ann\n");
    plan();
    report.passthrough = false;
    const auto made = write();
    CHECK(content(made.report) ==
          own_columns + "\n1,2," + contact + ",," + target + ",not_attempted,,,,,,,,\n");
    CHECK(content(made.attention) == "contact_id,Name,result_status,result_reason,result_detail\n");
}

TEST_CASE_FIXTURE(ReportedRun,
                  "ids of an invalid row are in their usual form as far as they are any") {
    add("contact_id,sequence_id,email_account_id,label\n"
        " 66E9E215ECE19801B2190001 ,X," +
        other_mailbox + " ; " + mailbox + ",\n" + contact + ",,nobody;" + mailbox + ",Cold\n");
    plan();
    settle_unsent({outcome(1, RowStatus::invalid, "bad_sequence_id"),
                   outcome(2, RowStatus::invalid, "both_contact_and_label")});
    report.passthrough = false;
    CHECK(content(write().report) ==
          own_columns + "\n1,2," + contact + ",,X," + mailbox + ";" + other_mailbox +
              ",invalid,bad_sequence_id,,,,,,,2026-11-23T21:36:23.000Z\n2,3," + contact +
              ",Cold,,nobody;" + mailbox +
              ",invalid,both_contact_and_label,,,,,,,2026-11-23T21:36:23.000Z\n");
}

TEST_CASE_FIXTURE(ReportedRun, "free text that a spreadsheet would run is defused on request") {
    add("contact_id,=Name,label\n" + contact + ",=1+1,\n,-2,@Cold\n=cmd,x,\n");
    plan();
    settle({outcome(1, RowStatus::failed, reason::rejected, "+1 for you")});
    settle_unsent({outcome(3, RowStatus::invalid, "bad_contact_id", "=cmd")});
    settle({outcome(2, RowStatus::added)}, {{2, numbered(1), RowStatus::added, ""}});
    report.spreadsheet_safe = true;
    const auto made = write();
    CHECK(content(made.report) ==
          own_columns + ",'=Name\n1,2," + contact + ",," + target +
              ",failed,rejected,'+1 for you,,,200,1,request-1,2026-11-23T21:36:25.000Z,'=1+1\n"
              "2,3,,'@Cold," +
              target +
              ",added,,,,,200,1,request-2,2026-11-23T21:36:25.000Z,'-2\n"
              "3,4,'=cmd,,,,invalid,bad_contact_id,'=cmd,,,,,,2026-11-23T21:36:23.000Z,x\n");
    CHECK(content(made.attention) ==
          "contact_id,'=Name,label,result_status,result_reason,result_detail\n" + contact +
              ",'=1+1,,failed,rejected,'+1 for you\n'=cmd,x,,invalid,bad_contact_id,'=cmd\n");
    CHECK(content(*made.label_contacts) ==
          "row,label,contact_id,status,reason\n2,'@Cold," + numbered(1).text() + ",added,\n");
}

TEST_CASE_FIXTURE(ReportedRun, "skipped rows need a person where that is asked for") {
    add("contact_id\n" + contact + "\n");
    plan();
    settle({outcome(1, RowStatus::skipped, "contact_not_found")});
    CHECK(write().attention_rows == 0);
    report.fail_on_skipped = true;
    CHECK(content(write().attention) == "contact_id,result_status,result_reason,result_detail\n" +
                                            contact + ",skipped,contact_not_found,\n");
}

TEST_CASE_FIXTURE(ReportedRun, "writing again replaces the files, and leaves nothing else") {
    add("contact_id\n" + contact + "\n");
    plan();
    write();
    settle({added(1)});
    const auto made = write();
    CHECK(content(made.report).find(",added,,,1,0,200,") != std::string::npos);
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(report.directory))
        ++count;
    CHECK(count == 2);
}

TEST_CASE_FIXTURE(ReportedRun, "a directory that cannot be made is told with its path") {
    add("contact_id\n");
    plan();
    report.directory = directory.write("file", "x") + "/out";
    const auto refused = try_to_write();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::local_fault);
    CHECK(shown(refused.error()) ==
          "file/out: cannot be made: Not a directory (choose another directory)");
}

TEST_CASE_FIXTURE(ReportedRun, "a file that cannot be written leaves the others untouched") {
    add("contact_id\n" + contact + "\n");
    plan();
    write();
    const std::string earlier = written("report.csv");
    std::filesystem::remove(report.directory / "attention.csv");
    std::filesystem::create_directory(report.directory / "attention.csv");
    settle({added(1)});
    const auto refused = try_to_write();
    REQUIRE_FALSE(refused);
    CHECK(shown(refused.error()).find("out/attention.csv: is no regular file") == 0);
    CHECK(written("report.csv") == earlier);
}

TEST_CASE_FIXTURE(ReportedRun, "an input that is gone costs its cells, not its rows") {
    add("contact_id\n" + contact + "\nx\n,\n");
    add("label\nCold\n");
    plan();
    settle_unsent({outcome(2, RowStatus::invalid, "bad_contact_id", "x"),
                   outcome(3, RowStatus::invalid, "wrong_column_count")});
    settle({outcome(4, RowStatus::added)}, {{4, numbered(1), RowStatus::added, ""}});
    const Error gone{ErrorKind::changed_input, "is gone", "1.csv", ""};
    const auto made = must(try_to_write(gone));
    CHECK(content(made.report) ==
          own_columns_with_file +
              "\n1,,,,,,,not_attempted,,,,,,,,\n"
              "2,,,,,,,invalid,bad_contact_id,x,,,,,,2026-11-23T21:36:23.000Z\n"
              "3,,,,,,,invalid,wrong_column_count,,,,,,,2026-11-23T21:36:23.000Z\n"
              "4,,,,,,,added,,,,,200,1,request-1,2026-11-23T21:36:25.000Z\n");
    CHECK(content(made.attention) ==
          "result_status,result_reason,result_detail\n"
          "invalid,bad_contact_id,\"row 2 of the input, which cannot be read any more: x\"\n"
          "invalid,wrong_column_count,\"row 3 of the input, which cannot be read any more\"\n");
    CHECK(content(*made.label_contacts) ==
          "row,label,contact_id,status,reason\n4,," + numbered(1).text() + ",added,\n");
    CHECK(made.rows_without_cells == 4);
    CHECK(made.input_trouble == gone);
}

TEST_CASE_FIXTURE(ReportedRun, "an input that changed costs the cells behind the change") {
    constexpr RowNumber count = 10'000;
    std::string text = "contact_id,Name\n";
    for (RowNumber row = 0; row < count; ++row)
        text += "x," + std::string(1000, 'y') + "\n";
    add(text);
    plan();
    std::vector<Outcome> outcomes;
    for (const Row& row : planned)
        outcomes.push_back(outcome(row.number, RowStatus::invalid, "bad_contact_id", "x"));
    settle_unsent(outcomes);
    directory.write("1.csv", text.replace(8 << 20U, 7, "changed"));
    const auto made = write();
    REQUIRE(made.input_trouble);
    CHECK(made.input_trouble->kind == ErrorKind::changed_input);
    CHECK(made.rows[RowStatus::invalid] == count);
    CHECK(made.attention_rows == count);
    CHECK(made.rows_without_cells > 1'000);
    CHECK(made.rows_without_cells < 9'000);

    std::ifstream stream(made.report);
    std::string line;
    std::getline(stream, line);
    for (RowNumber number = 1; number <= count; ++number) {
        REQUIRE(std::getline(stream, line));
        const bool has_cells = number <= count - made.rows_without_cells;
        const std::string begin = std::to_string(number) + ",";
        REQUIRE(line.find(begin + (has_cells ? std::to_string(number + 1) + ",x," : ",,,,,")) == 0);
        REQUIRE(line.ends_with(has_cells ? "yyyyyyyy" : "Z,"));
    }
    CHECK_FALSE(std::getline(stream, line));
}
