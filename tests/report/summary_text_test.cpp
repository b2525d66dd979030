#include "seqload/report/summary_text.hpp"

#include "report/summary_fixture.hpp"
#include "support/time_zone.hpp"

#include <optional>
#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using report::RowFiles;
using report::Summary;
using report::summary_text;

namespace {

RowFiles some_files() {
    RowFiles files;
    files.report = "out/report.csv";
    files.attention = "out/attention.csv";
    files.attention_rows = 40;
    return files;
}

// Times of day are those of the machine.
struct InUtc {
    test::TimeZone zone{"UTC0"};
};

std::string first_line(const Summary& summary, bool fail_on_skipped = false) {
    const std::string text = summary_text(summary, some_files(), fail_on_skipped);
    return text.substr(0, text.find('\n'));
}

}  // namespace

TEST_CASE_FIXTURE(InUtc, "a person reads what matters, the numbers, the files and what is next") {
    CHECK(summary_text(test::full_summary(), some_files(), false) ==
          R"(Finished: 1,200 of 1,300 rows added, 40 need a person.

  added                1,200
  skipped                 60  contact_not_found 40, contacts_unverified_email 20
  invalid                 36  bad_contact_id 36
  unconfirmed              4

requests   13 sent (12 at the least), 2 retried, 1 rate limited, in 1 min 15 s
quota      hour: 380 of 400 left until 22:37
time       12 requests in 1 min 16 s, 1 min was forecast
report     out/report.csv
attention  out/attention.csv (40 rows)

mend       bad_contact_id: put in the id of the contact, as Apollo's export has it in Apollo Contact Id (--map)

next       ask Apollo about the 4 unconfirmed rows: seqload verify 20261123-213622-k7q2
           mend the rows in attention.csv, then: seqload load out/attention.csv
)");
}

TEST_CASE("where labels were loaded, people are counted apart from rows") {
    RowFiles files = some_files();
    files.label_contacts = "out/label-contacts.csv";
    const std::string text = summary_text(test::full_summary(), files, false);
    CHECK(text.find("\ncontacts   1,200 added, 60 skipped\n") != std::string::npos);
    CHECK(text.find("\nlabels     out/label-contacts.csv\n") != std::string::npos);
}

TEST_CASE("when all is well there is nothing to do next") {
    Summary summary;
    summary.stop_reason = "finished";
    summary.rows[RowStatus::added] = 1;
    summary.started_at = *parse_timestamp("2026-11-23T21:36:22Z");
    summary.finished_at = summary.started_at + std::chrono::milliseconds(850);
    summary.counters.requests.sent = 1;
    summary.minimum_requests = 1;
    RowFiles files = some_files();
    files.attention_rows = 0;
    CHECK(summary_text(summary, files, false) ==
          R"(Finished: 1 of 1 row added, none needs a person.

  added                1

requests   1 sent (1 at the least), 0 retried, 0 rate limited, in 850 ms
report     out/report.csv
attention  out/attention.csv (0 rows)
)");
}

TEST_CASE_FIXTURE(InUtc,
                  "a run that stopped says what it has left, how long that takes, and until when") {
    Summary summary = test::full_summary();
    summary.stop_reason = "deadline";
    summary.counters.remaining = {.requests = 1'412,
                                  .duration = std::chrono::minutes(72),
                                  .finishes_at = *parse_timestamp("2026-11-23T22:49:37Z")};
    std::string text = summary_text(summary, some_files(), false);
    CHECK(text.find("\nleft       1,412 requests: about 1 h 12 min, until 22:50 if resumed at "
                    "once\n") != std::string::npos);
    CHECK(text.find("was forecast") == std::string::npos);
    summary.counters.remaining->duration = {};
    text = summary_text(summary, some_files(), false);
    CHECK(text.find("\nleft       1,412 requests, no waiting for the quota\n") !=
          std::string::npos);
}

TEST_CASE("moments more or less than forecast are not worth a line") {
    Summary summary = test::full_summary();
    summary.counters.forecast->duration = {};
    summary.counters.took = std::chrono::seconds(59);
    CHECK(summary_text(summary, some_files(), false).find("was forecast") == std::string::npos);
    summary.counters.took = std::chrono::seconds(60);
    CHECK(summary_text(summary, some_files(), false)
              .find("\ntime       12 requests in 1 min, no waiting was forecast\n") !=
          std::string::npos);
}

TEST_CASE("the first line says how it ended") {
    Summary summary = test::full_summary();
    CHECK(first_line(summary, true) == "Finished: 1,200 of 1,300 rows added, 100 need a person.");
    summary.stop_reason = "gave_up";
    summary.rows[RowStatus::invalid] = 0;
    summary.rows[RowStatus::unconfirmed] = 1;
    summary.rows[RowStatus::not_attempted] = 39;
    CHECK(first_line(summary) ==
          "Stopped (gave_up): 1,200 of 1,300 rows added, 39 not attempted, 1 needs a person.");
    summary.stop_reason.clear();
    CHECK(first_line(summary).find("Not ended: 1,200 of") == 0);
    CHECK(first_line({}) == "Not ended: the input has no rows.");
}

TEST_CASE("reasons beyond the fourth are counted, and a server's words made printable") {
    Summary summary = test::full_summary();
    summary.reasons[RowStatus::skipped] = {{"a", 6}, {"\x1b[31m", 5}, {"c", 4},
                                           {"d", 3}, {"e", 2},        {"f", 1}};
    const std::string text = summary_text(summary, some_files(), false);
    CHECK(text.find("60  a 6, \\x1b[31m 5, c 4, d 3, and 2 more reasons\n") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("rows that are reported without cells are told, with why") {
    RowFiles files = some_files();
    files.rows_without_cells = 7;
    files.input_trouble = Error{ErrorKind::changed_input, "is gone", "people.csv", ""};
    CHECK(summary_text(test::full_summary(), files, false)
              .find("\nnote       7 rows reported without the input's cells: people.csv: is "
                    "gone\n") != std::string::npos);
}

TEST_CASE("without files there are no paths") {
    const std::string text = summary_text(test::full_summary(), std::nullopt, false);
    CHECK(text.find("report     ") == std::string::npos);
    CHECK(text.find("requests   13 sent") != std::string::npos);
}
