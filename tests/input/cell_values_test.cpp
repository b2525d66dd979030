#include "seqload/input/cell_values.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;

TEST_CASE("mailboxes are sorted, each once, whatever their order and case") {
    const std::string a = "66e9e215ece19801b2199a01";
    const std::string b = "66E9E215ECE19801B2199A02";
    const auto both = parse_mailboxes(a + ";" + b);
    REQUIRE(both);
    CHECK(both->size() == 2);
    CHECK(parse_mailboxes(" " + b + " ; " + a + ";;" + b + ";") == both);
    CHECK(parse_mailboxes(a)->size() == 1);
    CHECK_FALSE(parse_mailboxes(""));
    CHECK_FALSE(parse_mailboxes(" ; "));
    CHECK_FALSE(parse_mailboxes(a + "," + b));
    CHECK_FALSE(parse_mailboxes(a + ";x"));
}

TEST_CASE("flags are true/false, yes/no, 1/0 in any case") {
    for (const auto* text : {"true", "TRUE", "Yes", "1", " yes "})
        CHECK(parse_flag(text) == true);
    for (const auto* text : {"false", "False", "NO", "0"})
        CHECK(parse_flag(text) == false);
    for (const auto* text : {"", "y", "on", "2", "truee", "01"})
        CHECK_FALSE(parse_flag(text));
}

TEST_CASE("a status is active or paused") {
    CHECK(parse_status("active") == InitialStatus::active);
    CHECK(parse_status("Paused ") == InitialStatus::paused);
    CHECK_FALSE(parse_status(""));
    CHECK_FALSE(parse_status("stopped"));
}

TEST_CASE("what can be an e-mail address and what cannot") {
    for (const auto* text : {"a@b.co", "first.last+tag@sub.example.com", "o'neil@example.org",
                             "jos\u00E9@b\u00FCcher.example", "x_1@example.co.uk "})
        CHECK_MESSAGE(is_email_address(text), text);
    for (const auto* text :
         {"", "a", "@b.co", "a@", "a@b", "a@@b.co", "a@b@c.co", "a b@c.co", "a@b..co", ".a@b.co",
          "a.@b.co", "a..b@c.co", "a@-b.co", "a@b-.co", "<a@b.co>", "Ann <a@b.co>", "a@b.co,c@d.co",
          "\"a b\"@c.co", "a@b_c.co"})
        CHECK_MESSAGE(!is_email_address(text), text);
    CHECK(is_email_address(std::string(64, 'a') + "@b.co"));
    CHECK_FALSE(is_email_address(std::string(65, 'a') + "@b.co"));
    CHECK_FALSE(is_email_address("a@" + std::string(64, 'b') + ".co"));
}
