#include "seqload/base/shell_word.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace seqload;

namespace {

// What a real shell makes of the word.
std::string as_the_shell_reads(const std::string& word) {
    const std::string command = "printf %s " + word;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    std::string text;
    for (int byte = std::fgetc(pipe.get()); byte != EOF; byte = std::fgetc(pipe.get()))
        text += static_cast<char>(byte);
    return text;
}

}  // namespace

TEST_CASE("a word without special characters stays as it is") {
    for (const char* word : {"seqload-out/20261123-213622-k7q2/attention.csv", "a=b", "50%"})
        CHECK(shell_word(word) == word);
}

TEST_CASE("spaces, quotes and nothing at all are quoted") {
    CHECK(shell_word("my list.csv") == "'my list.csv'");
    CHECK(shell_word("Ann's.csv") == "'Ann'\\''s.csv'");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("~/x") == "'~/x'");
}

TEST_CASE("a shell reads every word as the text that it was") {
    const auto text = rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(std::string("'\"\\$`!*?[]{}();<>|&~# \t\n")),
                       rc::gen::inRange<char>(' ', '~')));
    CHECK(rc::check("shell_word", [&] {
        const std::string wanted = *text;
        RC_ASSERT(as_the_shell_reads(shell_word(wanted)) == wanted);
    }));
}
