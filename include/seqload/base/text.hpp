#pragma once

// Small work on text that the standard library of this compiler does not do.
// Everything is ASCII-only on purpose: names, ids and headers are.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seqload {

// Without the spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

// A to Z made a to z; other bytes stay.
std::string lowered(std::string_view text);

bool equal_ignoring_case(std::string_view left, std::string_view right);

// "a;b;" split at ';' gives "a", "b", "".
std::vector<std::string_view> split(std::string_view text, char separator);

// 1234567 as "1,234,567", for people.
std::string grouped(std::uint64_t number);

// "1 row", "2 rows", "1,234 rows".
std::string counted(std::uint64_t number, std::string_view singular);

// The text with control characters, also of writing's direction, escape sequences and bytes that
// are not UTF-8 made visible (\n, \x1b, \u202e …), safe to print on a terminal whatever it holds.
std::string printable(std::string_view text);

}  // namespace seqload
