#include "seqload/base/joined.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("parts of any kind of text are put together in order") {
    const std::string name = "a.csv";
    const std::string_view line = "7";
    CHECK(joined(name, ":", line, ": ", std::string("no header")) == "a.csv:7: no header");
    CHECK(joined() == "");
    CHECK(joined("", "x", "") == "x");
}
