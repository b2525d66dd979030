#include "seqload/input/near_miss.hpp"

#include <array>
#include <string>

#include <doctest/doctest.h>

using namespace seqload::input;

TEST_CASE("a slip of the pen is found, another word is not") {
    const std::array<std::string, 4> names{"Name", "Contact-Idd", "Sequnce ID", "E-Mail"};
    CHECK(near_miss("contact_id", names) == "Contact-Idd");
    CHECK(near_miss("sequence_id", names) == "Sequnce ID");
    CHECK_FALSE(near_miss("label", names));
    CHECK_FALSE(near_miss("user_id", names));
}
