#pragma once

// Statements that put many rows into a table at once: SQLite takes half as long for each as with
// a statement of its own.

#include <cstddef>
#include <string>

namespace seqload::state {

inline constexpr std::size_t rows_at_once = 50;

// "(HEAD, ?N, ?N+1, …), (HEAD, …), …": count of them, each with so many parameters of its own.
// head: what all share, its parameters among ?1 to ?first-1. first: the number of the first row's
// first parameter.
std::string value_rows(const std::string& head, int first, int parameters,
                       std::size_t count = rows_at_once);

}  // namespace seqload::state
