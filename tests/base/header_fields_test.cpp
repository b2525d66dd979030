#include "seqload/base/header_fields.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace seqload;

TEST_CASE("a field is found whatever the case of its name") {
    const HeaderFields fields{{"Retry-After", "30"}, {"x-minute-usage", "7"}};
    CHECK(fields.find("retry-after") == "30");
    CHECK(fields.find("X-MINUTE-USAGE") == "7");
    CHECK(fields.find("retry") == std::nullopt);
    CHECK(fields.find("") == std::nullopt);
}

TEST_CASE("of several fields of one name the first is found, and all are kept in order") {
    HeaderFields fields;
    CHECK(fields.size() == 0);
    fields.add("Via", "one");
    fields.add("Date", "");
    fields.add("via", "two");
    CHECK(fields.find("VIA") == "one");
    CHECK(fields.find("date") == "");
    const std::vector<HeaderFields::Field> all(fields.begin(), fields.end());
    CHECK(all == std::vector<HeaderFields::Field>{{"Via", "one"}, {"Date", ""}, {"via", "two"}});
    CHECK(fields.size() == 3);
}
