#include "seqload/report/metrics.hpp"

#include "report/summary_fixture.hpp"
#include "support/temporary_directory.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using report::last_success_in;
using report::metrics_text;
using report::MetricsFacts;

namespace {

const WallTime began = *parse_timestamp("2026-11-23T21:36:22Z");

MetricsFacts ended_with(int exit_code) {
    return {.exit_code = exit_code,
            .started_at = began,
            .finished_at = began + std::chrono::milliseconds(75'500)};
}

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("a run is told in gauges with a help text each, all under the file's name") {
    const report::Summary summary = test::full_summary();
    MetricsFacts facts = ended_with(1);
    facts.summary = &summary;
    const std::string text = metrics_text(facts, "nightly", "1.2.3");
    for (const char* line : {
             "# TYPE seqload_last_run_exit_code gauge",
             "seqload_build_info{name=\"nightly\",version=\"1.2.3\"} 1",
             "seqload_last_run_exit_code{name=\"nightly\"} 1",
             "seqload_last_run_duration_seconds{name=\"nightly\"} 75.5",
             "seqload_last_run_timestamp_seconds{name=\"nightly\"} 1795469857.5",
             "seqload_last_success_timestamp_seconds{name=\"nightly\"} 1795469857.5",
             "seqload_last_run_rows{name=\"nightly\",status=\"added\"} 1200",
             "seqload_last_run_rows{name=\"nightly\",status=\"not_attempted\"} 0",
             "seqload_last_run_contacts{name=\"nightly\",outcome=\"skipped\"} 60",
             "seqload_last_run_requests{name=\"nightly\",kind=\"sent\"} 13",
             "seqload_last_run_bytes{name=\"nightly\",direction=\"received\"} 5000000000",
             "seqload_quota_limit{name=\"nightly\",window=\"minute\"} 200",
             "seqload_quota_left{name=\"nightly\",window=\"hour\"} 380",
         }) {
        CHECK_MESSAGE(has_line(text, line), line << " in\n" << text);
    }
    CHECK(text.find("window=\"day\"") == std::string::npos);  // unlimited
}

TEST_CASE("a run that did not even begin tells that it ended, and how") {
    const std::string text = metrics_text(ended_with(4), "nightly", "1.2.3");
    CHECK(has_line(text, "seqload_last_run_exit_code{name=\"nightly\"} 4"));
    CHECK(text.find("seqload_last_run_rows") == std::string::npos);
    CHECK(text.find("seqload_last_success") == std::string::npos);
}

TEST_CASE("codes 0 and 1 are a success, all others are none") {
    for (const int code : {0, 1, 2, 3, 4, 5, 6, 130, 143}) {
        CAPTURE(code);
        CHECK(report::is_success(code) == (code <= 1));
    }
}

TEST_CASE("the last success is read back from what was written, and from nothing else") {
    CHECK(last_success_in(metrics_text(ended_with(0), "a } 7\nname", "1")) == 1795469857.5);
    CHECK(last_success_in("") == std::nullopt);
    CHECK(last_success_in("# HELP seqload_last_success_timestamp_seconds 12\n") == std::nullopt);
    CHECK(last_success_in("seqload_last_success_timestamp_seconds{name=\"a\"} soon\n") ==
          std::nullopt);
}

TEST_CASE("the last success stays in the file while later runs fail") {
    const test::TemporaryDirectory directory;
    const auto file = directory.path() / "nightly.prom";
    const auto written = [&] {
        std::ifstream stream(file, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    };
    REQUIRE(report::write_metrics(ended_with(5), file, "1"));
    CHECK(last_success_in(written()) == std::nullopt);
    REQUIRE(report::write_metrics(ended_with(0), file, "1"));
    MetricsFacts failed = ended_with(6);
    failed.finished_at += std::chrono::hours(24);
    REQUIRE(report::write_metrics(failed, file, "1"));
    REQUIRE(report::write_metrics(failed, file, "1"));
    CHECK(last_success_in(written()) == 1795469857.5);
    CHECK(has_line(written(), "seqload_last_run_exit_code{name=\"nightly\"} 6"));
}
