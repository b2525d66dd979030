// attention.csv, loaded again as it is.

#include "report/run_fixture.hpp"
#include "seqload/report/row_files.hpp"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;
using input::Column;
using test::contact;
using test::content;
using test::outcome;
using test::ReportedRun;
using test::verdict;
using namespace std::string_literals;

namespace {

using Cells = std::vector<std::string>;

// What a pass finds in the file: every row's cells, with the header first.
std::vector<Cells> all_cells(const std::string& text, std::vector<std::string>* verdicts = nullptr,
                             const input::ReadOptions* options = nullptr) {
    test::Reading reading;
    if (options)
        reading.options = *options;
    reading.add(text);
    const auto pass = reading.reader();
    std::vector<Cells> rows(1);
    for (const auto& column : pass->schema().columns())
        rows[0].push_back(column.name);
    Row row;
    while (pass->next(row).value()) {
        rows.emplace_back(pass->cells().begin(), pass->cells().end());
        if (verdicts)
            verdicts->push_back(verdict(row));
    }
    return rows;
}

struct Failed : ReportedRun {
    // Every row needs a person. The rows of attention.csv as they are when read again.
    std::vector<Cells> load_again(std::vector<std::string>* verdicts = nullptr) {
        plan();
        std::vector<Outcome> outcomes;
        for (const Row& row : planned)
            outcomes.push_back(outcome(row.number, RowStatus::invalid, "bad_contact_id"));
        settle_unsent(std::move(outcomes));
        return all_cells(content(write().attention), verdicts, &options);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Failed, "good rows are the same rows again, with the options of before") {
    options.column_names = {{Column::contact_id, "Lead: Apollo ID"}};
    add("Lead: Apollo ID;label;contact_id;result_detail;status\n" + contact +
        ";;7;old;paused\n;\" Cold; \"\"old\"\"\n\";x;;\n");
    add("Notes\tlabel\nn\tWarm, \"hot\"\n");
    std::vector<std::string> verdicts;
    const auto rows = load_again(&verdicts);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0] == Cells{"Lead: Apollo ID", "label", "contact_id", "status", "Notes",
                           "result_status", "result_reason", "result_detail"});
    CHECK(rows[1] == Cells{contact, "", "7", "paused", "", "invalid", "bad_contact_id", ""});
    CHECK(rows[2] == Cells{"", " Cold; \"old\"\n", "x", "", "", "invalid", "bad_contact_id", ""});
    CHECK(rows[3] == Cells{"", "Warm, \"hot\"", "", "", "n", "invalid", "bad_contact_id", ""});
    CHECK(verdicts == Cells{"contact " + contact, "label  Cold; \"old\"\n", "label Warm, \"hot\""});
}

TEST_CASE_FIXTURE(Failed, "a row of too many or too few cells fits the header") {
    add("contact_id,Name\n" + contact + ",Acme, Inc.\n" + contact + "\n");
    std::vector<std::string> verdicts;
    const auto rows = load_again(&verdicts);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1] == Cells{contact, "Acme,Inc.", "invalid", "bad_contact_id", ""});
    CHECK(rows[2] == Cells{contact, "", "invalid", "bad_contact_id", ""});
    CHECK(verdicts == Cells{"contact " + contact, "contact " + contact});
}

TEST_CASE_FIXTURE(Failed, "broken records are shown as they were read, and break nothing") {
    add("contact_id,Name\n" + contact + ",\"never closed\n" + contact + ",\xFFx\n" + contact +
        ",a\0b\n"s + std::string(2 << 20U, 'z') + "\n" + contact + ",last\n");
    const auto rows = load_again();
    REQUIRE(rows.size() == 6);
    CHECK(rows[1][0] == contact);
    CHECK(rows[1][1].find("never closed") != std::string::npos);
    CHECK(rows[2][1] == "\xEF\xBF\xBDx");
    CHECK(rows[3][1] ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(rows[4][0].find_first_not_of('z') == std::string::npos);
    CHECK(rows[4][0].size() < 1 << 20U);
    CHECK(rows[5][1] == "last");
    for (const Cells& row : rows)
        CHECK(row.size() == 5);
}

TEST_CASE_FIXTURE(Failed, "mending and loading twice does not pile up result columns") {
    add("contact_id,Result Status,result-reason,RESULT_DETAIL\nx,a,b,c\n");
    const auto rows = load_again();
    CHECK(rows[0] == Cells{"contact_id", "result_status", "result_reason", "result_detail"});
    CHECK(rows[1] == Cells{"x", "invalid", "bad_contact_id", ""});
}

TEST_CASE("whatever the cells are, they are the same when attention.csv is read again") {
    const auto cell =
        rc::gen::container<std::string>(rc::gen::elementOf(std::string(",;|\t\"\n\r '=-ab")));
    CHECK(rc::check("attention.csv", [&] {
        Failed run;
        // The input's separator is any; its cells are all in quotes.
        const char separator = *rc::gen::elementOf(std::string(",;|\t"));
        const auto rows = *rc::gen::container<std::vector<std::array<std::string, 3>>>(
            rc::gen::container<std::array<std::string, 3>>(cell));
        const auto quoted = [](const std::string& text) {
            std::string out = "\"";
            for (const char character : text)
                out += character == '"' ? std::string("\"\"") : std::string(1, character);
            return out + "\"";
        };
        std::string text = std::string("contact_id") + separator + quoted("a;b;c;d;e") + separator +
                           quoted("x|y") + "\n";
        for (const auto& row : rows)
            text += quoted(row[0]) + separator + quoted(row[1]) + separator + quoted(row[2]) + "\n";
        run.state_on_disk = false;
        run.options.delimiter = separator;
        run.add(text);
        run.plan();
        RC_ASSERT(run.planned.size() == rows.size());
        std::vector<Outcome> outcomes;
        for (const Row& row : run.planned)
            outcomes.push_back(outcome(row.number, RowStatus::invalid, "bad_contact_id", "=x"));
        run.settle_unsent(std::move(outcomes));
        const auto again = all_cells(content(run.write().attention));
        RC_ASSERT(again.size() == rows.size() + 1);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            Cells expected(rows[row].begin(), rows[row].end());
            expected.insert(expected.end(), {"invalid", "bad_contact_id", "=x"});
            RC_ASSERT(again[row + 1] == expected);
        }
    }));
}
