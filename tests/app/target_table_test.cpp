#include "seqload/app/target_table.hpp"

#include "seqload/app/columns.hpp"
#include "seqload/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace seqload::app {

namespace {

std::vector<TargetLine> two_targets() {
    return {{"Welcome", "robin@mail.example.com", 2'240, 0, 23, ""},
            {"Renewal 2026, Säulen", "pool@mail.example.com +1", 12, 3, 4,
             "paused until 2026-12-01 as kim@example.com sequence_no_email"}};
}

std::size_t widest(std::string_view text) {
    std::size_t columns = 0;
    for (const std::string_view line : split(text, '\n'))
        columns = std::max(columns, columns_of(line));
    return columns;
}

}  // namespace

TEST_CASE("a table is as wide as its widest cells where nobody says how wide it may be") {
    CHECK(target_table(two_targets(), std::nullopt) ==
          "sequence              mailbox                    rows  labels  requests\n"
          "Welcome               robin@mail.example.com    2,240       0        23\n"
          "Renewal 2026, Säulen  pool@mail.example.com +1     12       3         4\n"
          "  paused until 2026-12-01 as kim@example.com sequence_no_email\n");
}

TEST_CASE("where it does not fit, mailboxes stand below their sequences") {
    CHECK(target_table(two_targets(), 60) ==
          "sequence               rows  labels  requests\n"
          "  mailbox\n"
          "Welcome               2,240       0        23\n"
          "  robin@mail.example.com\n"
          "Renewal 2026, Säulen     12       3         4\n"
          "  pool@mail.example.com +1\n"
          "  paused until 2026-12-01 as kim@example.com\n"
          "  sequence_no_email\n");
}

TEST_CASE("on a terminal that is narrow names are cut, numbers are not") {
    const std::string table = target_table(two_targets(), 40);
    CHECK(table.find("Renewal 2026, …     12       3         4\n") != std::string::npos);
    for (std::size_t columns = 34; columns < 100; ++columns) {
        CAPTURE(columns);
        CHECK(widest(target_table(two_targets(), columns)) <= columns);
    }
    CHECK(target_table(two_targets(), 1).find("2,240       0        23\n") != std::string::npos);
}

TEST_CASE("it fits at just its own width, and in one column less it is another") {
    const std::string whole = target_table(two_targets(), std::nullopt);
    CHECK(target_table(two_targets(), 71) == whole);
    CHECK(target_table(two_targets(), 70) != whole);
}

}  // namespace seqload::app
