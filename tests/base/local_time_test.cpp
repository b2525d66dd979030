#include "seqload/base/local_time.hpp"

#include "seqload/base/timestamp.hpp"
#include "support/time_zone.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;

namespace {

struct TwoHoursAhead {
    test::TimeZone zone{"AHEAD-2"};

    static std::string text(const char* time) {
        return local_time_text(*parse_timestamp(time), *parse_timestamp("2026-11-25T15:30:00Z"));
    }
};

}  // namespace

TEST_CASE_FIXTURE(TwoHoursAhead, "a time of this day is the time of the clock on the wall") {
    CHECK(text("2026-11-25T17:48:00Z") == "19:48");
    CHECK(text("2026-11-25T21:59:00Z") == "23:59");
    CHECK(text("2026-11-25T10:00:00Z") == "12:00");
}

TEST_CASE_FIXTURE(TwoHoursAhead, "a time within ten minutes has its seconds") {
    CHECK(text("2026-11-25T15:30:00Z") == "17:30:00");
    CHECK(text("2026-11-25T15:39:59.999Z") == "17:40:00");
    CHECK(text("2026-11-25T15:40:00Z") == "17:40");
    CHECK(text("2026-11-25T15:29:58Z") == "17:29:58");
}

TEST_CASE_FIXTURE(TwoHoursAhead, "another day is named, and another year in full") {
    CHECK(text("2026-11-25T22:00:00Z") == "Thu 26 Nov 00:00");
    CHECK(text("2026-11-26T04:12:00Z") == "Thu 26 Nov 06:12");
    CHECK(text("2027-01-03T04:12:00Z") == "Sun 03 Jan 06:12");
    CHECK(text("2027-06-01T04:12:00Z") == "2027-06-01 06:12");
}

TEST_CASE_FIXTURE(TwoHoursAhead,
                  "what ends within a minute has ended at the minute that is shown") {
    CHECK(text("2026-11-25T17:48:00.001Z") == "19:49");
    CHECK(text("2026-11-25T21:59:01Z") == "Thu 26 Nov 00:00");
}
