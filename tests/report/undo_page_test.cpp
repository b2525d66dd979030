#include "seqload/report/undo_page.hpp"

#include "report/sent_batches.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;

namespace {

bool undo_contains(const std::string& page, std::string_view text) {
    return page.find(text) != std::string::npos;
}

report::UndoSummary some_undo() {
    report::UndoSummary summary;
    summary.run_id = "20261123-213622-k7q2";
    summary.undoes = "20261122-060000-aaaa";
    summary.mode = "remove";
    summary.started_at = test::at_ms(0);
    summary.finished_at = test::at_ms(4'200);
    summary.stop_reason = "finished";
    summary.exit_code = 1;
    summary.total = 13;
    summary.removed = 1;
    summary.failed = 12;
    return summary;
}

}  // namespace

TEST_CASE("an undo's page says what became of the contacts and what to do next") {
    std::vector<state::Removal> removals(12);
    for (state::Removal& removal : removals) {
        removal.row = 7;
        removal.status = state::RemovalStatus::failed;
        removal.reason = "<made up>";
        removal.detail = std::string(100'000, '"');
    }
    const std::string page = report::undo_page_text(some_undo(), removals);
    for (const char* words :
         {"1 of 13 contacts removed", "took 4.2 s", "failed 12 (92.3 %)", "&lt;made up&gt;",
          "seqload undo 20261122-060000-aaaa", "… and 2 more", "Exit code 1"}) {
        CAPTURE(words);
        CHECK(undo_contains(page, words));
    }
    CHECK(page.size() < 100'000);
}

TEST_CASE("an undo that only stopped contacts does not say that it removed them") {
    report::UndoSummary summary = some_undo();
    summary.mode = "stop";
    summary.failed = 0;
    const std::string page = report::undo_page_text(summary, {});
    CHECK(undo_contains(page, "1 of 13 contacts stopped"));
    CHECK(!undo_contains(page, "removed"));
    CHECK(!undo_contains(page, "could not be taken back"));
}
