#pragma once

// What an option takes besides any text: one of several words, or a number.

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace seqload::manual {

// The default of an option that a run on record brings along.
inline constexpr const char* as_the_run_has_it = "(as the run has it)";

// One of these words; anything else is refused. The help shows "WORD|WORD".
CLI::Option* takes_words(CLI::Option* option, const std::vector<std::string>& words);

// The words that takes_words() was told; none for any other option.
std::vector<std::string> words_of(const CLI::Option& option);

// A whole number of these; anything else is refused. The help shows "N".
CLI::Option* takes_number(CLI::Option* option, unsigned least, unsigned most);

// A number, also with a fraction.
CLI::Option* takes_fraction(CLI::Option* option, double least, double most);

bool takes_numbers(const CLI::Option& option);

}  // namespace seqload::manual
