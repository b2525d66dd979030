#include "seqload/app/colours.hpp"

#include <doctest/doctest.h>

using namespace seqload::app;

TEST_CASE("a word is painted, and what comes after it is not") {
    CHECK(painted("failed 3", Colour::red) == "\x1b[31mfailed 3\x1b[0m");
    CHECK(painted("failed 3", Colour::none) == "failed 3");
    CHECK(painted("", Colour::red).empty());
}

TEST_CASE("of a line that says how grave it is, that word is painted") {
    CHECK(with_painted_words("seqload: error: no file: in.csv\n") ==
          "seqload: \x1b[31merror\x1b[0m: no file: in.csv\n");
    CHECK(
        with_painted_words("seqload: warning: another key\nseqload: note: once more\n") ==
        "seqload: \x1b[33mwarning\x1b[0m: another key\nseqload: \x1b[36mnote\x1b[0m: once more\n");
}

TEST_CASE("other lines stay as they are") {
    for (const char* text : {"", "\n", "\nseqload: stopping\n", "an error: of somebody\n",
                             "seqload: run 7: error: inside\n", "seqload: ", "a\n\nb"})
        CHECK(with_painted_words(text) == text);
}
