#include "seqload/apollo/message.hpp"

#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using seqload::apollo::message_in;
using seqload::apollo::message_limit;
using seqload::apollo::one_line;

TEST_CASE("the message of a JSON body is its error or message, however deep it is put") {
    CHECK(message_in(R"({"error": "no"})") == "no");
    CHECK(message_in(R"({"message": "no"})") == "no");
    CHECK(message_in(R"({"error_code": "X", "error_message": "no"})") == "no");
    CHECK(message_in(R"({"errors": ["no", "never"]})") == "no");
    CHECK(message_in(R"({"error": {"code": 7, "message": "no"}})") == "no");
    CHECK(message_in(R"({"error": "", "message": "no"})") == "no");
    CHECK(message_in(R"({"error": true})") == R"({"error": true})");
    CHECK(message_in(R"({"error": "cut)") == R"({"error": "cut)");
}

TEST_CASE("of HTML the title remains, or else its text") {
    CHECK(message_in("<!DOCTYPE html><html><head><TITLE lang=en> 502 Bad\n\tGateway </TITLE>") ==
          "502 Bad Gateway");
    CHECK(message_in("<html><head><style>p{}</style></head><body><h1>Gone</h1><p>for good") ==
          "p{} Gone for good");
    CHECK(message_in("<html><body class=x><h1>Gone</h1></body></html>") == "Gone");
    CHECK(message_in("<title></title><body>text</body>") == "text");
    CHECK(message_in("<") == "no message");
}

TEST_CASE("plain text stays, on one line") {
    CHECK(message_in("Invalid API key.\r\nSee the docs.\n") == "Invalid API key. See the docs.");
    CHECK(message_in("") == "no message");
    CHECK(message_in(" \n\t ") == "no message");
}

TEST_CASE("nothing in a line drives a terminal, and bad bytes are replaced") {
    CHECK(one_line("a\x1b[31mb") == "a\\x1b[31mb");
    CHECK(one_line(std::string("a\0b", 3)) == "a\\x00b");
    CHECK(one_line("caf\xe9!") == "caf\uFFFD!");
    CHECK(one_line("a\u0085b") == "a\\x85b");
}

TEST_CASE("a long text is cut between characters, at its limit and not before") {
    CHECK(one_line("abcdef", 6) == "abcdef");
    CHECK(one_line("abcdefg", 6) == "abc\u2026");
    CHECK(one_line("ab\u20ac\u20ac\u20ac", 7) == "ab\u2026");
    CHECK(one_line(std::string(1000, 'x')).size() == message_limit);
}

TEST_CASE("whatever the bytes, the message is one line of valid UTF-8 within its limit") {
    CHECK(rc::check([](const std::string& start, const std::string& text) {
        for (const std::string& body :
             {text, start + text, "<" + text, "{" + text, text + std::string(400, 'x') + text}) {
            const std::string message = message_in(body);
            RC_ASSERT(!message.empty());
            RC_ASSERT(message.size() <= message_limit);
            RC_ASSERT(message.find_first_of("\n\r\t\x1b") == std::string::npos);
            (void)nlohmann::json(message).dump();  // throws for anything but UTF-8
        }
    }));
}
